import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from '../../../tests/support/linking.ts';
import { type StaffWorld, staffWorld } from '../../../tests/support/staff.ts';
import { audit } from '../../infra/db/index.ts';

let world: StaffWorld;
let auditor: Browser;
beforeAll(async () => {
  world = await staffWorld();
  auditor = await world.signIn('auditor');
  for (let n = 0; n < 120; n += 1) {
    // Several in one moment: the order is total all the same.
    if (n % 3 === 0) world.clock.advance('PT1S');
    await audit(world.sql, world.clock.now(), { actor: { kind: 'system' }, action: 'test.counted', detail: { n } });
  }
});
afterAll(() => world.close());

const numbers = (html: string) => [...html.matchAll(/n: (\d+)</g)].map(([, n]) => Number(n));
const olderThan = (html: string) =>
  /class="button secondary" href="(\/console\/audit\?[^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&');

test('page by page every entry stands once, newest first', async () => {
  const seen: number[] = [];
  let path: string | undefined = '/console/audit?action=test.';
  let pages = 0;
  while (path) {
    const { status, text } = await auditor.get(path);
    expect(status).toBe(200);
    seen.push(...numbers(text));
    path = olderThan(text);
    pages += 1;
  }
  expect([pages, seen]).toEqual([3, Array.from({ length: 120 }, (_, n) => 119 - n)]);
});

test('is filtered by who, what, whose and when', async () => {
  const { contractorId } = await world.contractor('filtered');
  const rows = async (query: string) =>
    ((await auditor.get(`/console/audit?${query}`)).text.match(/<tr>/g)?.length ?? 1) - 1;
  expect(await rows(`about=${contractorId}`)).toBe(1);
  expect(await rows('about=nobody')).toBe(0);
  expect(await rows(`about=${contractorId}&action=contractors.contractor-created`)).toBe(1);
  expect(await rows(`about=${contractorId}&action=linking.`)).toBe(0);
  expect(await rows('actor=staff&action=staff.signed-in')).toBe(1);
  expect(await rows('actor=system&action=staff.signed-in')).toBe(0);
  const made = `about=${contractorId}`;
  expect(await rows(`${made}&from=2026-11-18&to=2026-11-18`)).toBe(1);
  expect(await rows(`${made}&to=2026-11-17`)).toBe(0);
  expect(await rows('from=2026-11-18&to=2026-11-18&action=test.')).toBe(50);
  expect(await rows('from=2026-11-19&action=test.')).toBe(0);
  expect(await rows('from=2026-02-31&actor=nobody&after=x~y&action=test.')).toBe(50);
});

test('names a LINE account while it is known, and afterwards only what stands in the log', async () => {
  const lineUserId = `U${'c'.repeat(32)}`;
  const actor = { kind: 'line-account', id: lineUserId } as const;
  await audit(world.sql, world.clock.now(), { actor, action: 'test-line.done', detail: { lineUserId } });
  const page = async () => (await auditor.get('/console/audit?action=test-line.')).text;
  expect((await page()).split(lineUserId)).toHaveLength(3);
  await world.database.pool.query('delete from audit_person');
  const after = await page();
  expect(after).not.toContain(lineUserId);
  expect(after.match(/L[0-9a-f]{32}/g)).toHaveLength(2);
});

test('leaves as a file with what the page shows, and that it did is on record; no cell is a formula', async () => {
  const typed = { typed: 'a, "b"' };
  await audit(world.sql, world.clock.now(), { actor: { kind: 'system' }, action: '=test.formula', detail: typed });
  const exported = async (action: string) => {
    const answer = await auditor.post('/console/audit/export', { action, actor: 'system' });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    return answer.text.split('\r\n');
  };
  const [head, first] = await exported('=test');
  expect(head).toBe('at,actor,actor id,name,action,contractor,subscription,detail,position');
  expect(first).toContain(`,system,,,'=test.formula,,,"{""typed"":""a, \\""b\\""""}",`);
  expect(await exported('test.')).toHaveLength(1 + 120 + 1);
  const { rows } = await world.database.pool.query(
    `select detail from audit_log where action = 'staff.audit-exported' and actor_id = $1 order by at, audit_id`,
    [world.member('auditor').staffId],
  );
  expect(rows.map(({ detail }) => detail)).toEqual([
    { action: '=test', actor: 'system', rows: 1 },
    { action: 'test.', actor: 'system', rows: 120 },
  ]);
  const supervisor = await world.signIn('supervisor');
  expect((await supervisor.post('/console/audit/export', {})).status).toBe(404);
});

test('says what was done in words, passkeys too, with the name that the filter goes by', async () => {
  for (const what of ['credentials.passkey-signed-in', 'staff.passkey-removed', 'newer.than-this'])
    await audit(world.sql, world.clock.now(), { actor: { kind: 'system' }, action: what });
  const { text } = await auditor.get('/console/audit');
  for (const words of ['パスキーでログインした<code', 'パスキーを削除した<code', '>newer.than-this</code>'])
    expect(text).toContain(words);
});
