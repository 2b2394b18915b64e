import type { Language } from '../../base/language.ts';
import { runnerOf } from '../../infra/db/runner.ts';
import { bubble, button, row } from '../../infra/line/flex.ts';
import { buttonData, type Message, type TalkHandler } from '../../infra/line/talk.ts';
import { kindsOff, NOTICE_KINDS, type NoticeKind, switchKind } from './notice-store.ts';
import { noticeText } from './notice-text.ts';

/** お知らせ: which notices this LINE account gets, and the switches. */
export const noticeTalk: TalkHandler = {
  name: 'notices',
  words: ['お知らせ', 'おしらせ', 'お知らせ設定', '通知', 'notices', 'notice', 'notifications'],
  async hear({ db, now, lineUserId, language }, heard) {
    const sql = runnerOf(db);
    if (heard.kind === 'button') {
      const kind = NOTICE_KINDS.find((known) => known === heard.params.get('kind'));
      const isOn = heard.action === 'on';
      if (kind !== undefined && (isOn || heard.action === 'off')) {
        await switchKind(sql, { lineUserId, kind, isOn, now });
      }
    }
    return [switches(await kindsOff(sql, lineUserId), language)];
  },
};

function switches(off: ReadonlySet<NoticeKind>, language: Language): Message {
  const states = NOTICE_KINDS.map((kind) => ({ kind, isOn: !off.has(kind) }));
  const rows = states.map(({ kind, isOn }) => ({
    name: noticeText.kinds[kind][language](),
    value: (isOn ? noticeText.isOn : noticeText.isOff)[language](),
  }));
  return bubble({
    title: noticeText.title[language](),
    altText: [noticeText.title[language](), ...rows.map(({ name, value }) => `${name}: ${value}`)].join('\n'),
    body: [noticeText.lead[language](), ...rows.map(({ name, value }) => row(name, value, { isBold: true }))],
    buttons: states.map(({ kind, isOn }) =>
      button(
        noticeText.switchTo[kind][isOn ? 'off' : 'on'][language](),
        buttonData('notices', isOn ? 'off' : 'on', { kind }),
      ),
    ),
  });
}
