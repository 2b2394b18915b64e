import type { Temporal } from 'temporal-polyfill';
import type { WorkingBook } from './book.ts';
import type { Conversation } from './conversation.ts';
import type { Json, Opened, Submitted } from './family.ts';
import { type Held, lockAndLoad } from './owner-row.ts';
import type { AnyFamily, Queued } from './queued.ts';
import { answersTo, type Entry, type StoredAnswer, save } from './tables.ts';
import { createBook } from './working-book.ts';

/** What became of each command of a batch, in the batch's order. */
export type Outcomes = readonly Submitted<Json>[];

/**
 * One batch, one transaction: lock → load → decide → save. The caller commits, answers, and rolls back when this fails.
 *
 * In READ COMMITTED every statement sees what is committed when it starts, so what is loaded after the lock is what the last
 * holder of the lock left. Everything before the decisions is one round trip; everything after them, with COMMIT, is the
 * second.
 */
export async function runBatch(
  conversation: Conversation,
  batch: readonly Queued[],
  now: Temporal.Instant,
  newId: () => string,
): Promise<Outcomes> {
  const families = byFamily(batch);
  const ownerIds = [...new Set(batch.flatMap((queued) => queued.ownerIds))];

  const begun = conversation.begin();
  const opened = lockAndLoad(conversation, ownerIds, now).then((held) => ({ held, book: bookOf(held, newId) }));
  const [, { held, book }, stored, facts] = await allOf(conversation, [
    begun,
    opened,
    answersTo(
      conversation,
      batch.flatMap((queued) => queued.answerKeys ?? []),
    ),
    factsOf(conversation, families, { now, opened }),
  ] as const);

  const decided = decideAll(batch, { book, stored, facts, now });

  if (decided.families.size > 0) {
    save(conversation, now, newId, { held, book, ...decided });
    for (const family of decided.families) await family.save(conversation.teller, facts.get(family), now);
  }
  return decided.outcomes;
}

function bookOf(held: ReadonlyMap<string, Held>, newId: () => string): WorkingBook {
  const lots = [...held.values()].flatMap((owner) => owner.lots);
  return createBook(lots, newId, (ownerId) => held.get(ownerId)?.notes);
}

function byFamily(batch: readonly Queued[]): ReadonlyMap<AnyFamily, readonly Queued[]> {
  return Map.groupBy(batch, (queued) => queued.family);
}

async function factsOf(
  conversation: Conversation,
  families: ReadonlyMap<AnyFamily, readonly Queued[]>,
  { now, opened }: { now: Temporal.Instant; opened: Opened },
): Promise<ReadonlyMap<AnyFamily, unknown>> {
  return new Map(
    await Promise.all(
      [...families].map(async ([family, queued]) => {
        const commands = queued.map(({ command }) => command);
        return [family, await family.load(conversation, commands, now, opened)] as const;
      }),
    ),
  );
}

interface Decided {
  readonly outcomes: Outcomes;
  /** New answers to store; a repeat stores none. */
  readonly answers: readonly StoredAnswer[];
  readonly entries: readonly Entry[];
  /** Families that decided at least one command. */
  readonly families: ReadonlySet<AnyFamily>;
}

interface Loaded {
  readonly book: WorkingBook;
  readonly stored: readonly StoredAnswer[];
  readonly facts: ReadonlyMap<AnyFamily, unknown>;
  readonly now: Temporal.Instant;
}

/** Decides one command after another; each sees what those before it did. Changes nothing but the book and the facts. */
function decideAll(batch: readonly Queued[], { book, stored, facts, now }: Loaded): Decided {
  const known = new Map(stored.map((answer) => [answer.requestKey, answer]));
  const answers: StoredAnswer[] = [];
  const entries: Entry[] = [];
  const families = new Set<AnyFamily>();

  const outcomes = batch.map((queued): Submitted<Json> => {
    const { family, command, answerKeys, bodyHash } = queued;
    const before = answerKeys && (known.get(answerKeys.key) ?? known.get(answerKeys.formerKey));
    if (before) {
      if (before.bodyHash !== bodyHash) return { ok: false, code: 'request-id-reused' };
      return { ok: true, answer: JSON.parse(before.answer), isReplay: true };
    }
    const movedBefore = book.movements.length;
    book.restrictTo(queued.ownerIds);
    const answer = family.decide(command, facts.get(family), book, now);
    if (answer === undefined) throw new TypeError(`${family.scope} answered nothing`);

    families.add(family);
    if (answerKeys !== null) {
      const requestKey = answerKeys.key;
      const made = { requestKey, bodyHash, answer: JSON.stringify(answer) };
      known.set(requestKey, made);
      answers.push(made);
    }
    for (let i = movedBefore; i < book.movements.length; i++) {
      const movement = book.movements[i];
      if (movement === undefined) continue;
      entries.push({ scope: family.scope, requestId: movement.requestId ?? command.requestId, movement });
    }
    return { ok: true, answer, isReplay: false };
  });
  return { outcomes, answers, entries, families };
}

/**
 * Waits for all of them, so that nothing is still running when the transaction ends, and then fails with the first error: every
 * statement after a failed one only reports that the transaction is aborted.
 */
async function allOf<T extends readonly unknown[]>(
  conversation: Conversation,
  promises: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(promises);
  if (conversation.fault !== undefined) throw conversation.fault;
  return Promise.all(promises);
}
