import { fold, type Language } from '../../base/language.ts';
import type { Operator } from '../../base/operator.ts';
import { runnerOf } from '../../infra/db/runner.ts';
import { type BubbleParts, bubble, button, carousel, ink, paragraph, row, separator } from '../../infra/line/flex.ts';
import { buttonData, type Message, type TalkHandler } from '../../infra/line/talk.ts';
import { comingWords } from './coming-words.ts';
import { pointsUrl } from './messages.ts';
import { loadOverview, type PointOverview } from './overview.ts';
import { pointText } from './text.ts';
import { contractorsOf } from './view-store.ts';
import { lastDayWords } from './words.ts';

export interface PointTalkDeps {
  readonly operator: Operator;
  readonly publicUrl: string;
}

/** A carousel holds twelve cards; a LINE account is linked to a few contractors. */
const CARDS = 10;

/** ポイント in the talk: what there is, until when, and what comes next. */
export function pointTalk(deps: PointTalkDeps): TalkHandler {
  return {
    name: 'points',
    words: [
      'ポイント',
      'ぽいんと',
      'ポイント残高',
      'ポイントを見る',
      'ポイント交換',
      'スタンプ',
      'スタンプ交換',
      'point',
      'points',
      'my points',
      'stickers',
    ].map(fold),
    async hear({ db, now, lineUserId, language }) {
      const sql = runnerOf(db);
      const contractors = (await contractorsOf(sql, lineUserId)).slice(0, CARDS);
      if (contractors.length === 0) return [notLinked(language)];
      const { operator } = deps;
      const cards = await Promise.all(
        contractors.map(async ({ contractorId, name }) => {
          const overview = await loadOverview(sql, { contractorId, now, operator });
          return card(deps, language, overview, contractors.length > 1 ? name : null);
        }),
      );
      const [only] = cards;
      if (cards.length === 1 && only) return [bubble(only)];
      return [carousel(cards.map(({ altText }) => altText).join('\n'), cards)];
    },
  };
}

function card(
  { operator, publicUrl }: PointTalkDeps,
  language: Language,
  { balance, end, coming }: PointOverview,
  name: string | null,
): BubbleParts {
  const t = pointText(language);
  const zone = operator.timeZone;
  const title = name === null ? t.title : `${t.title} ${name}`;
  const points = t.amount(balance);
  const until = end === null ? t.none : t.until(lastDayWords(end, zone, language));
  const next = coming.map((grant) => comingWords(grant, operator, language));
  return {
    title,
    altText: [`${title} ${points} ${until}`, ...next.map(({ name, value, when }) => `${name} ${value} ${when}`)].join(
      '\n',
    ),
    body: [
      paragraph(t.balance, { size: 'sm', color: ink.soft }),
      paragraph(points, { size: 'xxl', isBold: true, margin: 'none' }),
      paragraph(until, { size: 'sm', color: ink.soft, margin: 'none' }),
      ...(next.length > 0 ? [separator()] : []),
      ...next.flatMap(({ value, when }) => [
        row(t.nextShort, value, { isBold: true }),
        paragraph(when, { size: 'xs', color: ink.soft, margin: 'none' }),
      ]),
    ],
    buttons: [
      button(t.open, pointsUrl(publicUrl), 'primary'),
      ...(operator.stickers.length > 0 ? [button(t.stickers, pointsUrl(publicUrl, '/points/stickers'))] : []),
    ],
  };
}

function notLinked(language: Language): Message {
  const t = pointText(language);
  const [title, why] = [t.notLinkedTitle, t.notLinkedWhy];
  return bubble({
    altText: `${title} ${why}`,
    title,
    body: [why],
    buttons: [button(t.link, buttonData('link-contractor', 'open'), 'primary')],
  });
}
