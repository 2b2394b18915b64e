import type { Temporal } from 'temporal-polyfill';
import { newId } from '../base/ids.ts';
import type { SqlRunner } from '../infra/db/runner.ts';
import { runBatch } from './batch.ts';
import type { Conversation } from './conversation.ts';
import type { Family, Json, LedgerCommand, Submitted } from './family.ts';
import { queuedFor } from './queued.ts';

/**
 * Runs commands in the caller's transaction, for what must succeed or fail together with something else: a subscription and its
 * first data, a bill and the points used on it. The owners stay locked until that transaction ends, so use it for owners that
 * nobody else knows yet, or in short transactions that lock their owners in id order, as batches do.
 */
export async function submitWithin<Command extends LedgerCommand, Facts, Answer extends Json>(
  sql: SqlRunner,
  now: Temporal.Instant,
  family: Family<Command, Facts, Answer>,
  commands: readonly Command[],
): Promise<readonly Submitted<Answer>[]> {
  const told: Promise<unknown>[] = [];
  const conversation: Conversation = {
    query: (text, values) => sql.query(text, values),
    ask: ({ text }, values) => sql.query(text, values),
    tell({ text }, values) {
      const sent = sql.query(text, values);
      // Awaited below. If the batch fails first nobody would, and an unhandled rejection ends the process.
      sent.catch(() => undefined);
      told.push(sent);
    },
    teller: sql,
    begin: async () => undefined,
    commit: async () => undefined,
    rollback: async () => false,
    leave: () => undefined,
    fault: undefined,
  };
  const answers: Submitted<Answer>[] = [];
  const batch = commands.map((command) =>
    queuedFor(family, command, {
      answer: (submitted: Submitted<Answer>) => void answers.push(submitted),
      fail: () => undefined,
    }),
  );
  const outcomes = await runBatch(conversation, batch, now, () => newId());
  await Promise.all(told);
  for (const [index, outcome] of outcomes.entries()) batch[index]?.answer(outcome);
  return answers;
}
