import type { Language } from '../../../base/language.ts';
import type { Cut } from '../rules/measures.ts';
import type { MeasuresOfPeriod } from './measures.ts';
import { measuresText } from './measures-text.ts';

const COUNTS = ['wishes', 'taken', 'leftBefore'] as const;
const SECONDS = ['waitedMedian', 'waitedMost', 'answeredMedian', 'messageAnsweredMedian'] as const;
const QUESTIONS = ['questions', 'unanswered', 'botSolved'] as const;
const CLOSED = ['closed', 'rated', 'good', 'fair', 'poor', 'satisfied'] as const;

/** A row a day or an hour. What cannot be known is an empty cell. Begins with the mark by which spreadsheets know UTF-8. */
export function measuresCsv({ slots }: MeasuresOfPeriod, cut: Cut, language: Language): string {
  const t = measuresText(language);
  const head = [
    cut === 'day' ? t.day : t.hourName,
    ...COUNTS.map((key) => t.columns[key]),
    ...SECONDS.map((key) => `${t.columns[key]} [${t.seconds}]`),
    ...[...QUESTIONS, ...CLOSED].map((key) => t.columns[key]),
  ];
  const rows = slots.map((slot) => [
    slot.name,
    ...[...COUNTS, ...SECONDS, ...QUESTIONS, ...CLOSED].map((key) => cell(slot[key])),
  ]);
  return `\uFEFF${[head, ...rows].map((row) => `${row.join(',')}\r\n`).join('')}`;
}

function cell(value: number | null): string {
  if (value === null) return '';
  return Number.isInteger(value) ? String(value) : String(Math.round(value * 1_000) / 1_000);
}
