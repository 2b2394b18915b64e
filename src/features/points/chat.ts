import { fold, type Language } from '../../base/language.ts';
import type { Operator } from '../../base/operator.ts';
import { runnerOf } from '../../infra/db/runner.ts';
import { type BubbleParts, bubble, button, carousel, ink, paragraph, row, separator } from '../../infra/line/flex.ts';
import { buttonData, type Message, type TalkHandler } from '../../infra/line/talk.ts';
import { comingWords } from './coming-words.ts';
import { pointsUrl } from './messages.ts';
import { loadOverview, type PointOverview } from './overview.ts';
import { pointsWord, text } from './text.ts';
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
  const zone = operator.timeZone;
  const title = name === null ? text.title[language]() : `${text.title[language]()} ${name}`;
  const points = pointsWord[language](balance);
  const until = end === null ? text.none[language]() : text.until[language](lastDayWords(end, zone, language));
  const next = coming.map((grant) => comingWords(grant, operator, language));
  return {
    title,
    altText: [`${title} ${points} ${until}`, ...next.map(({ name, value, when }) => `${name} ${value} ${when}`)].join(
      '\n',
    ),
    body: [
      paragraph(text.balance[language](), { size: 'sm', color: ink.soft }),
      paragraph(points, { size: 'xxl', isBold: true, margin: 'none' }),
      paragraph(until, { size: 'sm', color: ink.soft, margin: 'none' }),
      ...(next.length > 0 ? [separator()] : []),
      ...next.flatMap(({ value, when }) => [
        row(text.nextShort[language](), value, { isBold: true }),
        paragraph(when, { size: 'xs', color: ink.soft, margin: 'none' }),
      ]),
    ],
    buttons: [
      button(text.open[language](), pointsUrl(publicUrl), 'primary'),
      ...(operator.stickers.length > 0
        ? [button(text.stickers[language](), pointsUrl(publicUrl, '/points/stickers'))]
        : []),
    ],
  };
}

function notLinked(language: Language): Message {
  const [title, why] = [text.notLinkedTitle[language](), text.notLinkedWhy[language]()];
  return bubble({
    altText: `${title} ${why}`,
    title,
    body: [why],
    buttons: [button(text.link[language](), buttonData('link-contractor', 'open'), 'primary')],
  });
}
