import type { Temporal } from 'temporal-polyfill';
import { newId } from '../../src/base/ids.ts';
import type { SqlRunner } from '../../src/infra/db/index.ts';
import type { Book, Family } from '../../src/ledger/index.ts';

/** The smallest family there can be: coins that owners are given and pass on. Each effect leaves an audit row. */
export type CoinCommand = { readonly requestId: string } & (
  | { readonly kind: 'grant'; readonly to: string; readonly amount: number }
  | { readonly kind: 'transfer'; readonly from: string; readonly to: string; readonly amount: number }
  /** A rule with a bug: moves what it can, then throws. */
  | { readonly kind: 'broken'; readonly from: string }
);

export type CoinAnswer = { readonly left: number } | { readonly refused: 'not-enough' };

export function grant(to: string, amount: number, requestId = newId()): CoinCommand {
  return { requestId, kind: 'grant', to, amount };
}

export function transfer(from: string, to: string, amount: number, requestId = newId()): CoinCommand {
  return { requestId, kind: 'transfer', from, to, amount };
}

interface CoinFacts {
  readonly deeds: string[];
}

export function createCoinFamily(scope = 'coin'): Family<CoinCommand, CoinFacts, CoinAnswer> {
  return {
    scope,
    owners: (command) =>
      command.kind === 'grant' ? [command.to] : command.kind === 'broken' ? [command.from] : [command.from, command.to],
    body: ({ requestId: _, ...rest }) => rest,
    load: async () => ({ deeds: [] }),
    decide(command, facts, book, now) {
      if (command.kind === 'broken') {
        for (const lot of book.lotsOf(command.from)) if (lot.remaining > 0) book.take(lot, 'usage', lot.remaining);
        facts.deeds.push(command.requestId);
        throw new Error('a bug in a rule');
      }
      if (command.kind === 'grant') {
        book.bring('plan-grant', purse(book, command.to, now), command.amount);
      } else {
        if (coins(book, command.from) < command.amount) return { refused: 'not-enough' };
        if (command.from !== command.to) {
          book.move(purse(book, command.from, now), purse(book, command.to, now), command.amount, 'transfer');
        }
      }
      facts.deeds.push(command.requestId);
      return { left: coins(book, command.kind === 'grant' ? command.to : command.from) };
    },
    async save(sql: SqlRunner, facts, now) {
      await sql.query(
        `insert into audit_log (audit_id, at, actor_kind, action, detail)
         select id, $3, 'system', 'coin.moved', jsonb_build_object('requestId', request_id)
         from unnest($1::uuid[], $2::text[]) as deed (id, request_id)`,
        [facts.deeds.map(() => newId()), facts.deeds, now.toString()],
      );
    },
  };
}

/** An owner has one lot. */
function purse(book: Book, ownerId: string, now: Temporal.Instant) {
  const expiresAt = now.add({ hours: 1_000 });
  return book.lotsOf(ownerId)[0] ?? book.open({ ownerId, unit: 'byte', kind: 'base', grantedAt: now, expiresAt });
}

function coins(book: Book, ownerId: string): number {
  return book.lotsOf(ownerId).reduce((sum, lot) => sum + lot.remaining, 0);
}
