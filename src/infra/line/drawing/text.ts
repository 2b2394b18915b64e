import type { Language } from '../../../base/language.ts';

interface DrawingText {
  picture: string;
  sticker: string;
  video: string;
  audio: string;
  location: string;
  unknown: string;
  quickReplies: string;
  cards: (count: number) => string;
}

const catalogue: Record<Language, DrawingText> = {
  ja: {
    picture: '画像',
    sticker: 'スタンプ',
    video: '動画',
    audio: '音声',
    location: '位置情報',
    unknown: 'ここでは表示できないメッセージ',
    quickReplies: 'えらべる返事',
    cards: (count) => `カード${count}枚`,
  },
  en: {
    picture: 'Picture',
    sticker: 'Sticker',
    video: 'Video',
    audio: 'Sound',
    location: 'Place',
    unknown: 'A message that cannot be shown here',
    quickReplies: 'Replies offered',
    cards: (count) => `${count} cards`,
  },
};

export function drawingText(language: Language): DrawingText {
  return catalogue[language];
}
