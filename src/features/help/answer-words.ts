import type { FaqEntry } from '../../base/faq.ts';
import { type Language, span } from '../../base/language.ts';
import type { Operator } from '../../base/operator.ts';

type Support = Operator['support'];

export const telOf = ({ phone }: Support) => `tel:${phone.replace(/[^\d+]/g, '')}`;

/** The answer's paragraphs with the operator's number and hours in their places. */
export function answerWords(entry: FaqEntry, support: Support, language: Language): string[] {
  return entry.body.map((paragraph) =>
    paragraph.replaceAll('{phone}', support.phone).replaceAll('{hours}', span(support.hours, language)),
  );
}
