import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import {
  CARD_FAILURES,
  type Card,
  type CardEntryResult,
  type CardFailure,
  card,
} from '../../infra/payments/payments.ts';
import { openJournal } from '../simulated-company/journal.ts';

/** What somebody is sent here with. */
export const visit = z.strictObject({ returnUrl: z.url(), language: z.enum(['ja', 'en']) });
export type Visit = z.infer<typeof visit>;

const entry = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('opened'), key: z.string(), entryId: z.string(), openedAtMs: z.number(), visit }),
  /** The card was typed and its issuer asks for a proof. */
  z.object({ kind: z.literal('typed'), entryId: z.string(), card }),
  z.object({ kind: z.literal('registered'), entryId: z.string() }),
  z.object({ kind: z.literal('failed'), entryId: z.string(), outcome: z.enum(CARD_FAILURES) }),
  z.object({ kind: z.literal('forgotten'), reference: z.string() }),
]);
type Entry = z.infer<typeof entry>;

export interface CardVisit {
  readonly key: string;
  readonly entryId: string;
  readonly openedAtMs: number;
  readonly visit: Visit;
  typed: Card | null;
  result: CardEntryResult | null;
}

const MINUTES = 15;

/** The visits to a simulated gateway, and the cards it keeps: never a number, only what a token stands for. */
export function createEntries({ clock, file }: { clock: Clock; file: string | null }) {
  const journal = openJournal(file, entry);
  const visits = new Map<string, CardVisit>();
  const byKey = new Map<string, CardVisit>();
  const cards = new Set<string>();
  for (const each of journal.entries) take(each);
  const nowMs = () => clock.now().epochMilliseconds;

  return {
    open(key: string, asked: Visit): CardVisit | 'conflict' {
      const known = byKey.get(key);
      if (known) return JSON.stringify(known.visit) === JSON.stringify(asked) ? known : 'conflict';
      const entryId = randomBytes(18).toString('base64url');
      write({ kind: 'opened', key, entryId, openedAtMs: nowMs(), visit: asked });
      return visits.get(entryId) ?? 'conflict';
    },
    /** As it is now: one that nobody finished in time has ended by itself. */
    of(entryId: string): CardVisit | undefined {
      const visited = visits.get(entryId);
      if (visited && nowMs() - visited.openedAtMs >= MINUTES * 60_000) fail(visited, 'time-out');
      return visited;
    },
    type(visited: CardVisit, typed: Omit<Card, 'reference'>): void {
      if (visited.result) return;
      const reference = `card_${randomBytes(15).toString('base64url')}`;
      write({ kind: 'typed', entryId: visited.entryId, card: { ...typed, reference } });
    },
    register(visited: CardVisit): void {
      if (!visited.result && visited.typed) write({ kind: 'registered', entryId: visited.entryId });
    },
    fail,
    forget(reference: string): boolean {
      if (!cards.has(reference)) return false;
      write({ kind: 'forgotten', reference });
      return true;
    },
    empty() {
      journal.empty();
      for (const each of [visits, byKey, cards]) each.clear();
    },
    close: () => journal.close(),
  };

  function fail(visited: CardVisit, outcome: CardFailure): void {
    if (!visited.result) write({ kind: 'failed', entryId: visited.entryId, outcome });
  }

  function write(each: Entry): void {
    journal.write(each);
    take(each);
  }

  function take(each: Entry): void {
    if (each.kind === 'forgotten') return void cards.delete(each.reference);
    if (each.kind === 'opened') {
      const { kind: _, ...opened } = each;
      const visited = { ...opened, typed: null, result: null };
      visits.set(each.entryId, visited);
      byKey.set(each.key, visited);
      return;
    }
    const visited = visits.get(each.entryId);
    if (!visited) return;
    if (each.kind === 'typed') visited.typed = each.card;
    else if (each.kind === 'failed') visited.result = { outcome: each.outcome };
    else if (visited.typed) {
      visited.result = { outcome: 'registered', card: visited.typed };
      cards.add(visited.typed.reference);
    }
  }
}
