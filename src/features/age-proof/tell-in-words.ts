import type { Temporal } from 'temporal-polyfill';
import type { Language } from '../../base/language.ts';
import type { SqlRunner } from '../../infra/db/index.ts';
import { text } from '../../infra/line/flex.ts';
import { enqueueMessages } from '../../infra/line/outbox/outbox.ts';
import { lineAccountsOf } from '../official-account/index.ts';

/** What somebody is told, in their own language. */
export interface Telling {
  readonly lineUserId: string;
  readonly dedupeKey: string;
  readonly words: (language: Language) => string;
}

/** Tells each of them, in the caller's transaction; the same `dedupeKey` once. */
export async function tellInWords(sql: SqlRunner, now: Temporal.Instant, tellings: readonly Telling[]): Promise<void> {
  const people = await lineAccountsOf(sql, [...new Set(tellings.map(({ lineUserId }) => lineUserId))]);
  await enqueueMessages(
    sql,
    now,
    tellings.map(({ lineUserId, dedupeKey, words }) => {
      const language = people.get(lineUserId)?.language ?? 'ja';
      return { lineUserId, messages: [text(words(language))], dedupeKey };
    }),
  );
}
