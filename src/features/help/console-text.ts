import { catalogue, type Language } from '../../base/language.ts';

const ja = {
  title: 'ヘルプの評価',
  hint: 'よくある質問の答えが、どれだけ表示され、役に立ったか。「いいえ」の多いものから並びます。',
  lead: (days: number) => `直近${days}日間に表示した答えと、「役に立ちましたか」への返事です。「いいえ」の多い順です。`,
  questions: ({ asked, unanswered }: { asked: number; unanswered: number }) =>
    `自由な言葉での質問は${asked}件。答えが見つからなかったものは${unanswered}件です。`,
  entry: '質問',
  shown: '表示',
  language: '言語',
  helped: 'はい',
  notHelped: 'いいえ',
  share: '「いいえ」の割合',
  none: 'まだ表示した答えがありません。',
  day: '日',
  byDay: (title: string) => `日ごと：${title}`,
  languages: { ja: '日本語', en: '英語' } satisfies Record<Language, string>,
};

const en: typeof ja = {
  title: 'Help figures',
  hint: 'How often the answers of the FAQ were shown and helped; those with many a "no" first.',
  lead: (days) =>
    `What was shown in the last ${days} days and what people said to "did this help", the most "no" first.`,
  questions: ({ asked, unanswered }) =>
    `${asked} questions in people's own words, of which ${unanswered} found no answer.`,
  entry: 'Entry',
  shown: 'Shown',
  language: 'Language',
  helped: 'Yes',
  notHelped: 'No',
  share: 'Share of "no"',
  none: 'No answer has been shown yet.',
  day: 'Day',
  byDay: (title) => `By day: ${title}`,
  languages: { ja: 'Japanese', en: 'English' },
};

export const helpConsoleText = catalogue(ja, en);
