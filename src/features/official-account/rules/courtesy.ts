/** Words that ask for nothing, and are not to be met with "I did not understand". */
export type Courtesy = 'thanked' | 'greeted';

const MARKS = /[\p{P}\p{S}\p{M}ー]/gu;
const ENDING = /(?:です|ね|よ|w)+$/u;

const KINDS: readonly { readonly courtesy: Courtesy; readonly all: RegExp; readonly one: RegExp }[] = [
  {
    courtesy: 'thanked',
    all: /^(?:はい|了解|わかりました|分かりました|いつも|本当に|ほんとに|どうも|とても|大変|助かりました|たすかりました|ありがとう|ありがと|有難う|サンキュ|感謝します|ございました|ございます|ok|many|thanks|thank|thx|you|so|very|much|for|your|help)+$/u,
    one: /ありがと|有難う|どうも|助かり|たすかり|サンキュ|感謝|thank|thx/u,
  },
  {
    courtesy: 'greeted',
    all: /^(?:もしもし|こんにち[はわ]|こんばん[はわ]|いつも|おはよう|おやすみなさい|おやすみ|はじめまして|初めまして|お世話に|なります|なっています|なっております|よろしく|お願いします|おねがいします|ございます|hello|hi|hey|there|good|morning|afternoon|evening|night)+$/u,
    one: /もしもし|こん|おはよ|おやすみ|めまして|世話|よろしく|hello|hi|hey|good/u,
  },
];

/** The courtesy that a folded text is, if it is nothing else. */
export function courtesyIn(said: string): Courtesy | null {
  const bare = said.replace(MARKS, '').replace(ENDING, '');
  return KINDS.find(({ all, one }) => all.test(bare) && one.test(bare))?.courtesy ?? null;
}
