import type { Language } from '../../base/language.ts';

const ja = {
  title: '担当者とのトークの記録',
  lead: (days: number) => `担当者とのトークを読み返したり、保存したりできます。終了から${days}日で削除されます。`,
  none: 'まだ記録はありません。',
  howTo: 'トークで「担当者と話したい」と送ると、担当者とお話しいただけます。',
  you: 'あなた',
  staff: (name: string) => (name === '' ? '担当者' : `担当 ${name}`),
  sticker: 'スタンプ',
  picture: '（写真）',
  pictureComing: '（写真を受け取っています）',
  pictureLost: '（写真は受け取れませんでした）',
  yourPicture: 'あなたが送った写真',
  file: '（ファイル）',
  place: '（位置情報）',
  other: '（動画や音声など）',
  button: '（ボタンを押しました）',
  unsent: '（送信を取り消しました）',
  notDelivered: '（お届けできませんでした）',
  save: 'テキストで保存する',
  fileName: 'トークの記録',
  states: {
    waiting: '順番待ち',
    open: '相談中',
    leaving: '伝言の途中',
    left: 'お返事待ち',
    closed: '終了',
  },
  happened: {
    asked: '担当者をお呼びになりました。',
    taken: '担当者につながりました。',
    'message-begun': '伝言を書きはじめました。',
    'message-left': '伝言をお預かりしました。',
    closed: '終了しました。',
  },
};

type RecordWords = typeof ja;

const en: RecordWords = {
  title: 'Your conversations with our staff',
  lead: (days) => `Read and save your conversations with our staff. They are deleted ${days} days after their end.`,
  none: 'There are none yet.',
  howTo: 'Send “talk to staff” in the talk, and our staff answer there.',
  you: 'You',
  staff: (name) => (name === '' ? 'Our staff' : `${name}, our staff`),
  sticker: 'Sticker',
  picture: '(a picture)',
  pictureComing: '(a picture is being fetched)',
  pictureLost: '(a picture that could not be fetched)',
  yourPicture: 'A picture you sent',
  file: '(a file)',
  place: '(a place)',
  other: '(a video or a sound)',
  button: '(you tapped a button)',
  unsent: '(you took this back)',
  notDelivered: '(this did not arrive)',
  save: 'Save as text',
  fileName: 'conversation',
  states: {
    waiting: 'Waiting',
    open: 'Going on',
    leaving: 'Message being written',
    left: 'Waiting for the answer',
    closed: 'Ended',
  },
  happened: {
    asked: 'You asked for our staff.',
    taken: 'You were connected with our staff.',
    'message-begun': 'You began a message.',
    'message-left': 'Your message was left.',
    closed: 'It ended.',
  },
};

/** The words of a person's own transcripts. */
export const recordWords = (language: Language): RecordWords => (language === 'ja' ? ja : en);
