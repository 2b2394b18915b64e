import { catalogue, counted } from '../../../base/language.ts';

const ja = {
  title: 'メッセージ',
  hint: '届かなかったメッセージと、処理できなかったトークのできごと。',
  lead: '届かなかったもの、届いたかどうかわからないものは、自動では送り直しません。責任者が理由を付けて送り直せます。',
  lost: '届かなかったメッセージ',
  noneLost: '届かなかったメッセージはありません。',
  when: '日時',
  to: 'あて先',
  unnamed: '名前のわからないLINEアカウント',
  kind: '種類',
  state: '状態',
  error: 'くわしく',
  again: '送り直す',
  sentAgain: '送り直しました',
  kinds: { message: 'メッセージ', 'rich-menu': 'メニュー' },
  states: { failed: '届きませんでした', unknown: '届いたかわかりません' },
  parked: '処理できなかったできごと',
  noneParked: '処理できなかったできごとはありません。',
  event: 'できごと',
  tries: '試した回数',
  waiting: (count: number) =>
    count === 0 ? '送信を待っているメッセージはありません。' : `送信を待っているメッセージは${count}件です。`,
  page: {
    title: 'もう一度送りますか？',
    lead: {
      failed: 'LINEに断られたメッセージです。同じ内容を、新しいメッセージとして送ります。',
      unknown: '届いたかどうかわからないメッセージです。送ると、お客さまに2回届くことがあります。',
    },
    reason: '理由',
    reasonHint: '例：お客さまに届いていないことを電話で確認',
    missing: '理由を5文字以上で入力してください。',
    submit: '送り直す',
    done: '送り直しました。',
  },
  retry: {
    link: 'もう一度処理する',
    title: 'もう一度処理しますか？',
    lead: 'お客さまには、うまく処理できなかったとお伝え済みです。もう一度処理すると、答えがいま届きます。原因が直ってから行ってください。',
    reasonHint: '例：データベースの不具合が直ったため',
    submit: 'もう一度処理する',
    done: 'もう一度処理します。うまくいかなければ、またここに並びます。',
  },
};

const en: typeof ja = {
  title: 'Messages',
  hint: 'Messages that did not arrive, and what happened in talks that could not be handled.',
  lead: 'What did not arrive, or may not have, is never sent again by itself. A supervisor can, with a reason.',
  lost: 'Messages that did not arrive',
  noneLost: 'Every message has arrived.',
  when: 'When',
  to: 'To',
  unnamed: 'a LINE account without a known name',
  kind: 'Kind',
  state: 'State',
  error: 'Detail',
  again: 'Send again',
  sentAgain: 'sent again',
  kinds: { message: 'message', 'rich-menu': 'menu' },
  states: { failed: 'did not arrive', unknown: 'may not have arrived' },
  parked: 'What could not be handled',
  noneParked: 'Everything was handled.',
  event: 'Event',
  tries: 'Tries',
  waiting: (count) =>
    count === 0
      ? 'No message waits to be sent.'
      : `${counted(count, 'message')} ${count === 1 ? 'waits' : 'wait'} to be sent.`,
  page: {
    title: 'Send it again?',
    lead: {
      failed: 'LINE refused this message. The same words go out as a new message.',
      unknown: 'This message may have arrived. Sent again, the customer may get it twice.',
    },
    reason: 'Reason',
    reasonHint: 'For example: the customer says on the phone that nothing came',
    missing: 'Type a reason of at least five characters.',
    submit: 'Send again',
    done: 'Sent again.',
  },
  retry: {
    link: 'Try again',
    title: 'Try it again?',
    lead: 'The person was told that something went wrong. Tried again, the answer reaches them now. Do it once the cause is mended.',
    reasonHint: 'For example: the database is back',
    submit: 'Try again',
    done: 'It is being tried again. If it fails, it will be back in this list.',
  },
};

export type MessagesText = typeof ja;

export const messagesText = catalogue(ja, en);
