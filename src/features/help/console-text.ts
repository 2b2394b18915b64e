import type { Language } from '../../base/language.ts';

interface HelpConsoleText {
  title: string;
  hint: string;
  lead: (days: number) => string;
  entry: string;
  language: string;
  helped: string;
  notHelped: string;
  share: string;
  none: string;
  day: string;
  byDay: (title: string) => string;
  languages: Record<Language, string>;
}

const ja: HelpConsoleText = {
  title: 'ヘルプの評価',
  hint: 'よくある質問の答えが役に立ったか。「いいえ」の多いものから並びます。',
  lead: (days) => `直近${days}日間の「役に立ちましたか」への答えです。「いいえ」の多い順です。`,
  entry: '質問',
  language: '言語',
  helped: 'はい',
  notHelped: 'いいえ',
  share: '「いいえ」の割合',
  none: 'まだ答えがありません。',
  day: '日',
  byDay: (title) => `日ごと：${title}`,
  languages: { ja: '日本語', en: '英語' },
};

const en: HelpConsoleText = {
  title: 'Help figures',
  hint: 'Whether the answers of the FAQ helped; those with many a "no" first.',
  lead: (days) => `Answers to "did this help" of the last ${days} days, those with the most "no" first.`,
  entry: 'Entry',
  language: 'Language',
  helped: 'Yes',
  notHelped: 'No',
  share: 'Share of "no"',
  none: 'Nobody has answered yet.',
  day: 'Day',
  byDay: (title) => `By day: ${title}`,
  languages: { ja: 'Japanese', en: 'English' },
};

const catalogue: Record<Language, HelpConsoleText> = { ja, en };

export function helpConsoleText(language: Language): HelpConsoleText {
  return catalogue[language];
}
