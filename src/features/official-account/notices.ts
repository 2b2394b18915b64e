import type { Language, Words } from '../../base/language.ts';
import type { LinkState } from '../../base/link-state.ts';
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
  readonly when: Words;
  /** On its switch, a few characters: 少ない. */
  readonly short: Words;
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
  const states = kinds.map((each) => ({
    ...each,
    isOn: !off.has(each.kind),
    says: (off.has(each.kind) ? words.isOff : words.isOn)[language](),
  }));
  return bubble({
    title: words.title[language](),
    altText: [words.title[language](), ...states.map(({ when, says }) => `${when[language]()}: ${says}`)].join('\n'),
    body: [
      words.lead[language](),
      ...states.map(({ kind, when, short, isOn, says }) =>
        toggle(
          when[language](),
          { isOn, says },
          {
            label: (isOn ? words.switchOff : words.switchOn)[language](short[language]()),
            target: buttonData('notices', isOn ? 'off' : 'on', { kind }),
          },
        ),
      ),
    ],
  });
}

const words = {
  title: { ja: () => 'お知らせの設定', en: () => 'Notices' } satisfies Words,
  lead: {
    ja: () => 'このトークに届くお知らせです。押すたびに切り替わります。',
    en: () => 'The notices you get in this talk. A tap turns one on or off.',
  } satisfies Words,
  isOn: { ja: () => '受け取る', en: () => 'On' } satisfies Words,
  isOff: { ja: () => '受け取らない', en: () => 'Off' } satisfies Words,
  switchOn: { ja: (short) => `「${short}」を受け取る`, en: (short) => `${short}: on` } satisfies Words<[string]>,
  switchOff: { ja: (short) => `「${short}」を止める`, en: (short) => `${short}: off` } satisfies Words<[string]>,
};
