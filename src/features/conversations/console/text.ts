import type { Language } from '../../../base/language.ts';
import type { ActRefusal } from '../staff-actions.ts';

export type Section = 'mine' | 'waiting' | 'left' | 'others' | 'closed';

interface InboxText {
  title: string;
  hint: string;
  skips: { list: string; talk: string; desk: string; person: string; label: string };
  live: { off: string; failed: string };
  sections: Record<Section, string>;
  none: Record<Section, string>;
  more: (count: number) => string;
  waitingNow: (count: number) => string;
  ends: Record<'untouched' | 'long-day', (at: string) => string>;
  unanswered: string;
  chooseOne: string;
  unnamed: string;
  minutes: (minutes: number) => string;
  with: (name: string) => string;
  keys: { title: string; rows: readonly (readonly [key: string, does: string])[] };
  talk: {
    title: string;
    empty: string;
    person: string;
    bot: string;
    note: string;
    sending: string;
    dropped: string;
    failed: string;
    unknown: string;
    unsent: (was: string) => string;
    button: string;
    sticker: string;
    file: string;
    place: string;
    other: string;
    picture: string;
    pictureComing: string;
    pictureLost: Record<'gone' | 'too-large' | 'no-picture' | 'unavailable', string>;
  };
  kinds: Readonly<Record<string, string>>;
  happened: {
    asked: string;
    taken: (who: string) => string;
    assigned: (who: string, to: string) => string;
    'handed-over': (who: string, to: string) => string;
    'back-to-queue': (who: string) => string;
    'message-begun': string;
    'message-left': string;
    blocked: string;
    rated: (face: string) => string;
  };
  because: Readonly<Record<string, (who: string) => string>>;
  faces: Readonly<Record<string, string>>;
  desk: {
    title: string;
    waiting: string;
    left: string;
    leaving: string;
    othersHave: (name: string) => string;
    isClosed: string;
    cannotReceive: string;
    take: string;
    reply: string;
    replyHint: string;
    send: string;
    canned: string;
    note: string;
    noteHint: string;
    saveNote: string;
    handOver: string;
    to: string;
    queue: string;
    withNote: string;
    doHandOver: string;
    assign: string;
    doAssign: string;
    close: string;
    closeLead: string;
    doClose: string;
  };
  person: string;
  earlier: string;
  refusals: Record<ActRefusal, string>;
}

const ja: InboxText = {
  title: '受信箱',
  hint: 'お客さまとの会話。新しい会話は、読み込みなおさなくても届きます。',
  skips: {
    label: 'この画面のなかで移動',
    list: '会話の一覧へ',
    talk: 'やりとりへ',
    desk: '返信へ',
    person: 'お客さまの情報へ',
  },
  live: {
    off: 'つながっていません。つなぎなおしています。入力したものは残ります。',
    failed: '送れませんでした。入力したものは残っています。もう一度送ってください。',
  },
  sections: {
    mine: '自分の担当',
    waiting: '待っている方',
    left: '伝言',
    others: 'ほかの担当',
    closed: 'きょう終わったもの',
  },
  none: {
    mine: '担当している会話はありません。',
    waiting: '待っている方はいません。',
    left: '返事を待つ伝言はありません。',
    others: 'ありません。',
    closed: 'まだありません。',
  },
  more: (count) => `ほかに${count}件`,
  waitingNow: (count) => `待っている方 ${count}人`,
  ends: {
    untouched: (at) =>
      `しばらく操作がないため、${at}にログアウトします。続けるときは、この画面のどこかを押してください。`,
    'long-day': (at) => `ログインから12時間になるため、${at}にログアウトします。書きかけの返信は残ります。`,
  },
  unanswered: '未返信',
  chooseOne: '左の一覧から会話をえらんでください。',
  unnamed: '名前のわからない方',
  minutes: (minutes) =>
    minutes < 1
      ? 'いま'
      : minutes < 60
        ? `${minutes}分`
        : minutes < 1_440
          ? `${Math.floor(minutes / 60)}時間`
          : `${Math.floor(minutes / 1_440)}日`,
  with: (name) => `担当 ${name}`,
  keys: {
    title: 'キーボード',
    rows: [
      ['Ctrl + Enter', '返信を送る'],
      ['Esc', '入力欄から一覧へ'],
      ['↑ ↓ Home End', '一覧のなかで動く'],
      ['Enter', '一覧の会話を開く'],
    ],
  },
  talk: {
    title: 'やりとり',
    empty: 'まだ何もありません。',
    person: 'お客さま',
    bot: '自動応答',
    note: '担当者どうしのメモ',
    sending: '送っています',
    dropped: '届いていません（ブロックされています）',
    failed: '届きませんでした',
    unknown: '届いたかわかりません',
    unsent: (was) => `送信が取り消されました（${was}）`,
    button: 'ボタン',
    sticker: 'スタンプ',
    file: 'ファイル',
    place: '場所',
    other: 'ここでは見られないもの',
    picture: 'お客さまから届いた画像',
    pictureComing: '画像を受け取っています',
    pictureLost: {
      gone: '画像はLINEにもうありません',
      'too-large': '画像が大きすぎて受け取れませんでした',
      'no-picture': '画像がこわれていて表示できません',
      unavailable: '画像をLINEから受け取れませんでした',
    },
  },
  kinds: {
    text: '文章',
    sticker: 'スタンプ',
    picture: '画像',
    file: 'ファイル',
    place: '場所',
    image: '画像',
    video: '動画',
    audio: '音声',
  },
  happened: {
    asked: '担当者との会話を希望しました',
    taken: (who) => `${who}が引き受けました`,
    assigned: (who, to) => `${who}が${to}に割り当てました`,
    'handed-over': (who, to) => `${who}から${to}に引き継ぎました`,
    'back-to-queue': (who) => `${who}が待ちの列に戻しました`,
    'message-begun': '伝言を書きはじめました',
    'message-left': '伝言を残しました',
    blocked: 'お客さまが公式アカウントをブロックしました',
    rated: (face) => `評価：${face}`,
  },
  because: {
    staff: (who) => `${who}が会話を終えました`,
    person: () => 'お客さまが会話を終えました',
    silence: () => 'お返事がないまま時間がたち、会話が終わりました',
    'nothing-said': () => '伝言は何も書かれずに終わりました',
  },
  faces: { '1': 'よくなかった', '2': 'ふつう', '3': 'よかった' },
  desk: {
    title: '対応',
    waiting: 'お客さまが待っています。',
    left: '伝言です。引き受けると返信できます。',
    leaving: 'お客さまが伝言を書いています。',
    othersHave: (name) => `${name}が対応しています。`,
    isClosed: 'この会話は終わっています。',
    cannotReceive: 'お客さまが公式アカウントをブロックしているため、返信は届きません。',
    take: '引き受ける',
    reply: '返信',
    replyHint: 'Ctrl + Enter で送ります',
    send: '送る',
    canned: '定型文',
    note: 'メモ',
    noteHint: 'お客さまには見えません。',
    saveNote: 'メモを残す',
    handOver: '引き継ぐ',
    to: 'だれに',
    queue: '待ちの列に戻す',
    withNote: '引き継ぎのメモ',
    doHandOver: '引き継ぐ',
    assign: '割り当てる',
    doAssign: '割り当てる',
    close: '終える',
    closeLead: 'お客さまに会話の終わりを伝え、どうだったかをたずねます。',
    doClose: '会話を終える',
  },
  person: 'お客さまの情報',
  earlier: 'これまでの会話',
  refusals: {
    'not-allowed': 'この操作はあなたの役割ではできません。',
    closed: 'この会話はもう終わっています。',
    'still-writing': 'お客さまが伝言を書きおえるまでお待ちください。',
    'has-somebody': 'ほかの担当者が先に引き受けました。',
    'not-yours': 'この会話はあなたの担当ではありません。',
    'nobody-to-give-it-to': 'だれに渡すかをえらんでください。',
    'text-missing': '文章を入力してください。',
    'text-too-long': '5,000文字までで入力してください。',
    'cannot-receive': 'お客さまが公式アカウントをブロックしているため、送れません。',
    'changed-meanwhile': 'お客さまから新しいメッセージが届いています。読んでから終えてください。',
    'not-found': 'この会話はもうありません。',
    'request-id-reused': 'この画面は古くなりました。もう一度お試しください。',
  },
};

const en: InboxText = {
  title: 'Inbox',
  hint: 'Conversations with customers. New ones arrive without loading the page again.',
  skips: {
    label: 'Within this page',
    list: 'To the conversations',
    talk: 'To what was said',
    desk: 'To the reply',
    person: 'To the customer',
  },
  live: {
    off: 'Not connected; connecting again. What you typed is kept.',
    failed: 'It could not be sent. What you typed is kept; please send it again.',
  },
  sections: { mine: 'Mine', waiting: 'Waiting', left: 'Messages left', others: 'With others', closed: 'Closed today' },
  none: {
    mine: 'You have no conversation.',
    waiting: 'Nobody is waiting.',
    left: 'No message waits for an answer.',
    others: 'None.',
    closed: 'None yet.',
  },
  more: (count) => `${count} more`,
  waitingNow: (count) => `${count} waiting`,
  ends: {
    untouched: (at) => `Nothing was done here for a while: you are signed out at ${at}. Press anywhere to stay.`,
    'long-day': (at) => `After 12 hours you are signed out at ${at}. What you are writing is kept.`,
  },
  unanswered: 'Unanswered',
  chooseOne: 'Choose a conversation on the left.',
  unnamed: 'Somebody without a known name',
  minutes: (minutes) =>
    minutes < 1
      ? 'now'
      : minutes < 60
        ? `${minutes} min`
        : minutes < 1_440
          ? `${Math.floor(minutes / 60)} h`
          : `${Math.floor(minutes / 1_440)} d`,
  with: (name) => `with ${name}`,
  keys: {
    title: 'Keyboard',
    rows: [
      ['Ctrl + Enter', 'send the reply'],
      ['Esc', 'from the reply to the list'],
      ['↑ ↓ Home End', 'move within the list'],
      ['Enter', 'open a conversation of the list'],
    ],
  },
  talk: {
    title: 'What was said',
    empty: 'Nothing yet.',
    person: 'Customer',
    bot: 'Bot',
    note: 'Note among staff',
    sending: 'being sent',
    dropped: 'not delivered: blocked',
    failed: 'not delivered',
    unknown: 'may not have been delivered',
    unsent: (was) => `Unsent (${was})`,
    button: 'Button',
    sticker: 'Sticker',
    file: 'File',
    place: 'Place',
    other: 'Cannot be shown here',
    picture: 'Picture from the customer',
    pictureComing: 'A picture is being fetched',
    pictureLost: {
      gone: 'LINE no longer has the picture',
      'too-large': 'The picture is too large to be fetched',
      'no-picture': 'The picture is broken and cannot be shown',
      unavailable: 'The picture could not be fetched from LINE',
    },
  },
  kinds: {
    text: 'words',
    sticker: 'sticker',
    picture: 'picture',
    file: 'file',
    place: 'place',
    image: 'picture',
    video: 'video',
    audio: 'sound',
  },
  happened: {
    asked: 'Asked to talk with staff',
    taken: (who) => `Taken by ${who}`,
    assigned: (who, to) => `Given to ${to} by ${who}`,
    'handed-over': (who, to) => `Handed over from ${who} to ${to}`,
    'back-to-queue': (who) => `Handed back to the queue by ${who}`,
    'message-begun': 'Began a message',
    'message-left': 'Left a message',
    blocked: 'Blocked the official account',
    rated: (face) => `Rated: ${face}`,
  },
  because: {
    staff: (who) => `Closed by ${who}`,
    person: () => 'Ended by the customer',
    silence: () => 'Ended after silence',
    'nothing-said': () => 'Ended without a message',
  },
  faces: { '1': 'poor', '2': 'fair', '3': 'good' },
  desk: {
    title: 'What to do',
    waiting: 'The customer is waiting.',
    left: 'A message was left. Take it to answer.',
    leaving: 'The customer is writing a message.',
    othersHave: (name) => `${name} has this conversation.`,
    isClosed: 'This conversation is over.',
    cannotReceive: 'The customer has blocked the official account: a reply would not arrive.',
    take: 'Take',
    reply: 'Reply',
    replyHint: 'Ctrl + Enter sends it',
    send: 'Send',
    canned: 'Canned answers',
    note: 'Note',
    noteHint: 'The customer does not see it.',
    saveNote: 'Save the note',
    handOver: 'Hand over',
    to: 'To whom',
    queue: 'Back to the queue',
    withNote: 'Note for whoever takes over',
    doHandOver: 'Hand over',
    assign: 'Assign',
    doAssign: 'Assign',
    close: 'Close',
    closeLead: 'The customer is told that the conversation ends and asked how it was.',
    doClose: 'Close the conversation',
  },
  person: 'The customer',
  earlier: 'Earlier conversations',
  refusals: {
    'not-allowed': 'Your role does not allow this.',
    closed: 'This conversation is over.',
    'still-writing': 'Please wait until the customer has written the message.',
    'has-somebody': 'Somebody else took it first.',
    'not-yours': 'This conversation is not yours.',
    'nobody-to-give-it-to': 'Choose whom to give it to.',
    'text-missing': 'Type something.',
    'text-too-long': 'Type at most 5,000 characters.',
    'cannot-receive': 'The customer has blocked the official account: it cannot be sent.',
    'changed-meanwhile': 'The customer has said something new. Please read it before closing.',
    'not-found': 'This conversation is gone.',
    'request-id-reused': 'This page is out of date. Please try again.',
  },
};

const catalogue: Record<Language, InboxText> = { ja, en };

export function inboxText(language: Language): InboxText {
  return catalogue[language];
}
