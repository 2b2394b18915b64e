import type pg from 'pg';
import type { SqlRunner } from './runner.ts';

/** Statements are named in the order in which they were first met. Beyond this many they go unnamed. */
const NAMED_AT_MOST = 500;
const names = new Map<string, string>();

/** What a statement is prepared under on every connection: it is planned there once, then sent by its name. */
export function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= NAMED_AT_MOST) return known;
  const name = `prepared-${names.size}`;
  names.set(text, name);
  return name;
}

/** Runs plain SQL on a pool, prepared: for the few statements that are asked thousands of times a second. */
export function preparedRunnerOf(pool: pg.Pool): SqlRunner {
  return {
    async query(text: string, values: readonly unknown[] = []) {
      const name = nameOf(text);
      return (await pool.query({ ...(name !== undefined && { name }), text, values: [...values] })).rows;
    },
  };
}
