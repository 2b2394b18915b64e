/** They can only be staff: their name alone asks for them. */
const STAFF = {
  ja: [
    'オペレーター',
    'オペレータ',
    '担当者',
    '担当の人',
    '担当の方',
    '窓口の人',
    '窓口の方',
    '有人チャット',
    '有人対応',
    'チャットで相談',
  ],
  en: ['operator', 'agent', 'human', 'representative', 'livechat', 'customer service', 'customer support'],
};

/** They may be anybody, so it takes a wish too. */
const PEOPLE = {
  ja: ['人間', '人', 'スタッフ', '担当', '係の方', '係員', 'サポート', '窓口', 'コールセンター', '責任者', '有人'],
  en: 'person people someone somebody anyone anybody staff support team member'.split(' '),
};

const WISH = {
  ja: (
    '話したい 話がしたい 話をしたい お話ししたい はなしたい 話をさせて 話させて 話せますか 話せませんか 話せる 話すには 話を聞いて ' +
    '会話したい 相談したい 相談できますか 相談できる 相談に乗って 相談 聞きたい ききたい 質問したい 問い合わせたい 対応して ' +
    'つないで 繋いで つなげて 繋げて つなぎたい つながりたい 代わって かわって 替わって 呼んで 出して 出せ いますか いませんか ' +
    'お願い おねがい 希望 必要'
  ).split(' '),
  en: 'talk talking speak speaking chat connect connected transfer transferred through contact need want'.split(' '),
};

/** What may stand around it: politeness, particles, hurry. Whatever else is said is about something else. */
const AROUND = {
  ja: (
    'ほしいのですが ほしいです ほしい 欲しい もらいたい もらえますか もらえませんか もらえない もらえる くれませんか くれない くれる ' +
    'いただけますか いただけませんか いただきたい ください 下さい できますか できませんか したい しますか します です んですが のですが のですけれど のですけど ' +
    'です ますか やっぱり やはり すみません 直接 電話で チャットで 早く すぐに すぐ 今すぐ いま 今 一度 ちょっと 少し 誰か だれか 本物 生身 ちゃんと ' +
    'さん 様 の と に を へ は が で も ー'
  ).split(' '),
  en: (
    'please can could may i id we me you to with a an the your our one of some any like would now here right away real live actual ' +
    'directly instead hi hello hey have is there from at in on phone call get put pass hand over let be else asap just really being for'
  ).split(' '),
};

/** What comes before tells what it is about: 料金のことで担当者と話したい. */
const ABOUT_JA = /^.*(?:について|のことで|の件で|に関して|ので(?!す)|から|けど|のに)/u;
/** … and in English after it. */
const ABOUT_EN = /\b(?:about|regarding|because|since|who can|that can)\b.*$/u;

const longestFirst = (words: readonly string[]) => words.toSorted((a, b) => b.length - a.length).join('|');
const inJapanese = {
  all: new RegExp(longestFirst([...STAFF.ja, ...PEOPLE.ja, ...WISH.ja, ...AROUND.ja]), 'gu'),
  staff: new RegExp(longestFirst(STAFF.ja), 'u'),
  people: new RegExp(longestFirst(PEOPLE.ja), 'u'),
  wish: new RegExp(longestFirst(WISH.ja), 'u'),
};
const inEnglish = {
  all: new RegExp(String.raw`\b(?:${longestFirst([...STAFF.en, ...PEOPLE.en, ...WISH.en, ...AROUND.en])})\b`, 'gu'),
  staff: new RegExp(String.raw`\b(?:${longestFirst(STAFF.en)})\b`, 'u'),
  people: new RegExp(String.raw`\b(?:${longestFirst(PEOPLE.en)})\b`, 'u'),
  wish: new RegExp(String.raw`\b(?:${longestFirst(WISH.en)})\b`, 'u'),
};

/**
 * Whether a text asks for staff: one of its sentences says nothing else. A word inside is not enough: 友人と話したい has
 * 人と話したい in it, and who complains of a 担当者 need not want another.
 * @param text as the person wrote it.
 */
export function asksForStaff(text: string): boolean {
  const sentences = text
    .normalize('NFKC')
    .toLowerCase()
    .split(/[。、.,!?\n;…]+/u);
  return sentences.some((sentence) => {
    const japanese = sentence.replace(/[\s〜~]+/gu, '').replace(ABOUT_JA, '');
    const english = sentence.replace(/[’‘']/gu, '').replace('live chat', 'livechat').replace(ABOUT_EN, '');
    return saysOnly(japanese, inJapanese) || saysOnly(english, inEnglish);
  });
}

function saysOnly(said: string, { all, staff, people, wish }: typeof inJapanese): boolean {
  const asks = staff.test(said) || (people.test(said) && wish.test(said));
  return asks && said.replace(all, '').trim() === '';
}
