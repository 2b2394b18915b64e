import { expect, test } from 'vitest';
import type { SqlRunner } from '../../db/index.ts';
import { fileArrivals } from './arrivals-store.ts';

/** A database that answers with each in turn: rows, or an error of that state. */
function scripted(...answers: readonly (readonly object[] | string)[]) {
  const asked: string[] = [];
  const sql: SqlRunner = {
    query: async (text) => {
      const answer = answers[asked.length] ?? [];
      asked.push(text.trimStart().split(' ')[0] ?? '');
      if (typeof answer === 'string') throw Object.assign(new Error(answer), { code: answer });
      return answer as never[];
    },
  };
  return { sql, asked };
}

const TAKEN_BACK = '40P01';

test.each<[what: string, answers: readonly (readonly object[] | string)[], asked: readonly string[]]>([
  ['at once', [TAKEN_BACK], ['with']],
  ['one by one', ['22P02', [{ id: 1 }, { id: 2 }], TAKEN_BACK], ['with', 'select', 'with']],
])('what is no fault of what came sets nothing aside: %s', async (_, answers, asked) => {
  const database = scripted(...answers);
  const refused: unknown[] = [];
  await expect(fileArrivals(database.sql, (error) => refused.push(error))).rejects.toThrow(TAKEN_BACK);
  expect([database.asked, refused]).toEqual([asked, []]);
});
