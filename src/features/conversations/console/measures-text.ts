import { catalogue } from '../../../base/language.ts';
import type { Cut } from '../rules/measures.ts';

const ja = {
  title: '対応の指標',
  hint: '待ち時間、回答までの時間、ボットで解決した割合、満足度。日ごと、時間帯ごと。',
  lead: '「–」は、もとになる件数がないことを示します。数字は1分ほど遅れることがあります。',
  from: 'この日から',
  to: 'この日まで',
  cut: '分け方',
  cuts: { day: '日ごと', hour: '時間帯ごと' } satisfies Record<Cut, string>,
  show: '表示する',
  csv: 'CSVをダウンロード',
  csvName: '対応の指標',
  period: (from: string, to: string) => `${from}から${to}まで`,
  most: (days: number) => `一度に見られるのは${days}日分までです。`,
  unknown: '–',
  day: '日',
  hourName: '時間帯',
  hour: (hour: string) => `${hour}時台`,
  duration(seconds: number): string {
    const whole = Math.round(seconds);
    if (whole < 60) return `${whole}秒`;
    const minutes = Math.floor(whole / 60);
    if (minutes < 60) return whole % 60 === 0 ? `${minutes}分` : `${minutes}分${whole % 60}秒`;
    return minutes % 60 === 0 ? `${Math.floor(minutes / 60)}時間` : `${Math.floor(minutes / 60)}時間${minutes % 60}分`;
  },
  percent: (of: number) => `${Math.round(of * 100)}%`,
  highest: (value: string) => `最大 ${value}`,
  says: (title: string, value: string) => `${title}の棒グラフ。期間全体では${value}。`,
  waiting: '待ち時間',
  waitingLead: '担当者と話したいと伝えてから、担当者が引き受けるまで。半数の人はこの時間以内です。',
  answer: '回答までの時間',
  answerLead: '担当者と話したいと伝えてから、担当者の最初の返事まで。半数の人はこの時間以内です。',
  bot: 'ボットで解決した割合',
  botLead: 'トークでの質問のうち、答えが見つかり、担当者を呼ばずにすんだもの。人ではなく件数で数えます。',
  satisfaction: '満足度',
  satisfactionLead: '担当者との会話が終わったあと、「よかった」と答えた人の割合。答えなかった人は含みません。',
  columns: {
    wishes: '担当者の希望',
    taken: '引き受けた会話',
    leftBefore: '引き受ける前に終了',
    waitedMedian: '待ち時間（半数）',
    waitedMost: '待ち時間（9割）',
    answeredMedian: '返事まで（半数）',
    messageAnsweredMedian: '伝言の返事まで（半数）',
    questions: 'ボットへの質問',
    unanswered: '答えなし',
    botSolved: '解決した割合',
    closed: '終わった会話',
    rated: '評価した人',
    good: 'よかった',
    fair: 'ふつう',
    poor: 'よくなかった',
    satisfied: '満足度',
  },
  seconds: '秒',
};

const en: typeof ja = {
  title: 'Measures',
  hint: 'Waiting, answer time, what the bot solved, satisfaction; by day and by hour.',
  lead: '“–” means that there is nothing to compute it from. Figures may be about a minute old.',
  from: 'From this day',
  to: 'To this day',
  cut: 'By',
  cuts: { day: 'By day', hour: 'By hour of the day' },
  show: 'Show',
  csv: 'Download as CSV',
  csvName: 'measures',
  period: (from, to) => `${from} to ${to}`,
  most: (days) => `At most ${days} days are shown at once.`,
  unknown: '–',
  day: 'Day',
  hourName: 'Hour',
  hour: (hour) => `${hour.padStart(2, '0')}:00–`,
  duration(seconds) {
    const whole = Math.round(seconds);
    if (whole < 60) return `${whole} s`;
    const minutes = Math.floor(whole / 60);
    if (minutes < 60) return whole % 60 === 0 ? `${minutes} min` : `${minutes} min ${whole % 60} s`;
    return minutes % 60 === 0 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  },
  percent: (of) => `${Math.round(of * 100)}%`,
  highest: (value) => `most: ${value}`,
  says: (title, value) => `Bar chart: ${title}. Over the whole period: ${value}.`,
  waiting: 'Waiting time',
  waitingLead: 'From asking for a person until somebody takes it. Half of the people wait no longer.',
  answer: 'Answer time',
  answerLead: 'From asking for a person until the first reply of staff. Half of the people wait no longer.',
  bot: 'Solved by the bot',
  botLead:
    'Of the questions in the talk, those that got an answer and led to no wish for a person. Counts, not people.',
  satisfaction: 'Satisfaction',
  satisfactionLead: 'Of those who said something after a conversation with staff, how many said “good”.',
  columns: {
    wishes: 'Wishes for a person',
    taken: 'Taken',
    leftBefore: 'Over before taken',
    waitedMedian: 'Waiting (half)',
    waitedMost: 'Waiting (nine of ten)',
    answeredMedian: 'Answer (half)',
    messageAnsweredMedian: 'Answer to a message (half)',
    questions: 'Questions to the bot',
    unanswered: 'No answer found',
    botSolved: 'Solved',
    closed: 'Closed',
    rated: 'Rated',
    good: 'Good',
    fair: 'Fair',
    poor: 'Poor',
    satisfied: 'Satisfaction',
  },
  seconds: 's',
};

export const measuresText = catalogue(ja, en);
