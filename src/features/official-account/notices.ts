import { catalogue, type Language } from '../../base/language.ts';
import type { LinkState } from '../../base/link-state.ts';
import type { Bilingual } from '../../base/operator.ts';
import { runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import { bubble, toggle } from '../../infra/line/flex.ts';
import { buttonData, type Message, type TalkHandler } from '../../infra/line/talk.ts';
import { kindsOff, switchKind } from './notice-store.ts';

/** Something people are told without asking. Features bring theirs; who tells it leaves out whoever switched it off. */
export interface NoticeKind {
  readonly kind: string;
  /** Whom it concerns: nobody is shown a switch for what they never get. */
  readonly for: 'user' | 'contractor' | 'both';
  /** When it comes: 残りが少なくなったとき. */
  readonly when: Bilingual;
  /** On its switch, a few characters: 少ない. */
  readonly short: Bilingual;
}

interface NoticeTalkDeps {
  readonly kinds: readonly NoticeKind[];
  linkStateOf(sql: SqlRunner, lineUserId: string): Promise<LinkState>;
}

/** お知らせ: which notices this LINE account gets, and the switches. */
export function createNoticeTalk({ kinds, linkStateOf }: NoticeTalkDeps): TalkHandler {
  return {
    name: 'notices',
    words: ['お知らせ', 'おしらせ', 'お知らせ設定', '通知', 'notices', 'notice', 'notifications'],
    async hear({ db, now, lineUserId, language }, heard) {
      const sql = runnerOf(db);
      if (heard.kind === 'button') {
        const known = kinds.find(({ kind }) => kind === heard.params.get('kind'));
        const isOn = heard.action === 'on';
        if (known !== undefined && (isOn || heard.action === 'off')) {
          await switchKind(sql, { lineUserId, kind: known.kind, isOn, now });
        }
      }
      const state = await linkStateOf(sql, lineUserId);
      const mine = kinds.filter((each) => isFor(state, each));
      return [switches(mine, await kindsOff(sql, lineUserId), language)];
    },
  };
}

/** Whoever is linked to nothing yet sees them all. */
function isFor(state: LinkState, kind: NoticeKind): boolean {
  return state === 'nobody' || state === 'both' || kind.for === 'both' || kind.for === state;
}

function switches(kinds: readonly NoticeKind[], off: ReadonlySet<string>, language: Language): Message {
  const t = switchText(language);
  const states = kinds.map((each) => ({
    ...each,
    isOn: !off.has(each.kind),
    says: off.has(each.kind) ? t.isOff : t.isOn,
  }));
  return bubble({
    title: t.title,
    altText: [t.title, ...states.map(({ when, says }) => `${when[language]}: ${says}`)].join('\n'),
    body: [
      t.lead,
      ...states.map(({ kind, when, short, isOn, says }) =>
        toggle(
          when[language],
          { isOn, says },
          {
            label: (isOn ? t.switchOff : t.switchOn)(short[language]),
            target: buttonData('notices', isOn ? 'off' : 'on', { kind }),
          },
        ),
      ),
    ],
  });
}

const ja = {
  title: 'お知らせの設定',
  lead: 'このトークに届くお知らせです。押すたびに切り替わります。',
  isOn: '受け取る',
  isOff: '受け取らない',
  switchOn: (short: string) => `「${short}」を受け取る`,
  switchOff: (short: string) => `「${short}」を止める`,
};

const en: typeof ja = {
  title: 'Notices',
  lead: 'The notices you get in this talk. A tap turns one on or off.',
  isOn: 'On',
  isOff: 'Off',
  switchOn: (short) => `${short}: on`,
  switchOff: (short) => `${short}: off`,
};

const switchText = catalogue(ja, en);
