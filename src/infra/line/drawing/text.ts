import { catalogue } from '../../../base/language.ts';

const ja = {
  picture: '画像',
  sticker: 'スタンプ',
  video: '動画',
  audio: '音声',
  location: '位置情報',
  unknown: 'ここでは表示できないメッセージ',
  quickReplies: 'えらべる返事',
  cards: (count: number) => `カード${count}枚`,
};

const en: typeof ja = {
  picture: 'Picture',
  sticker: 'Sticker',
  video: 'Video',
  audio: 'Sound',
  location: 'Place',
  unknown: 'A message that cannot be shown here',
  quickReplies: 'Replies offered',
  cards: (count) => `${count} cards`,
};

export const drawingText = catalogue(ja, en);
