import { execFile } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../tests/support/database.ts';
import { systemClock } from '../../base/clock.ts';
import { audit, auditAll } from './audit.ts';
import { auditChainJob, type ChainHead, verifyAuditChain } from './audit-chain.ts';
import { type Database, inTransaction, runnerOf } from './index.ts';

let database: Database;
const heads: ChainHead[] = [];
const now = systemClock.now();
const entry = (n: number) => ({ actor: { kind: 'system' as const }, action: `test.${n}`, detail: { n, b: true } });

async function chain(): Promise<number> {
  const job = auditChainJob({ db: database.db, onHead: (head) => heads.push(head) });
  let all = 0;
  for (let done = await job.run(now); done > 0; done = await job.run(now)) all += done;
  return all;
}

beforeAll(async () => {
  database = await testDatabase();
  for (let n = 1; n <= 5; n += 1) await audit(runnerOf(database.db), now, entry(n));
  await auditAll(runnerOf(database.db), now, [entry(6), entry(7)]);
});
afterAll(() => database.close());

describe('the chain', () => {
  test('takes every row once, in portions', async () => {
    expect((await verifyAuditChain(database.db)).waiting).toBe(7);
    expect(await chain()).toBe(7);
    expect(await chain()).toBe(0);
    const { findings, head, waiting } = await verifyAuditChain(database.db);
    expect([findings, head.position, waiting]).toEqual([[], 7, 0]);
    expect(heads).toEqual([head]);
  });

  test('does not wait for a row that is still being written, and takes it afterwards', async () => {
    const before = (await verifyAuditChain(database.db)).head.position;
    await inTransaction(database.db, async (tx) => {
      await audit(runnerOf(tx), now, entry(8));
      await audit(runnerOf(database.db), now, entry(9));
      expect(await chain()).toBe(1);
    });
    expect(await chain()).toBe(1);
    const { findings, head } = await verifyAuditChain(database.db);
    expect([findings, head.position]).toEqual([[], before + 2]);
  });

  test('of two that chain at once, each row is taken by one', async () => {
    await auditAll(runnerOf(database.db), now, [10, 11, 12].map(entry));
    await Promise.all([chain(), chain(), chain()]);
    expect((await verifyAuditChain(database.db)).findings).toEqual([]);
  });
});

describe('a LINE account in the log', () => {
  const [hanako, jiro] = [`U${'a'.repeat(32)}`, `U${'b'.repeat(32)}`];
  const ofHanako = { actor: { kind: 'line-account' as const, id: hanako }, action: 'test.alias' };
  const written = async () => {
    const { rows } = await database.pool.query<{ actor: string; named: string | null }>(
      `select actor_id as actor, detail ->> 'lineUserId' as named from audit_log where action = 'test.alias' order by audit_id`,
    );
    return rows;
  };

  test('stands there under one alias, whichever way it is written and however many write at once', async () => {
    const sql = runnerOf(database.db);
    await Promise.all(Array.from({ length: 8 }, () => audit(sql, now, ofHanako)));
    await auditAll(sql, now, [{ ...ofHanako, detail: { lineUserId: jiro } }, ofHanako]);
    const rows = await written();
    const [alias] = new Set(rows.map(({ actor }) => actor));
    const named = rows.find((row) => row.named)?.named;
    expect(rows.map(({ actor }) => actor)).toEqual(Array(10).fill(alias));
    expect(alias).toMatch(/^L[0-9a-f]{32}$/);
    expect(named).toMatch(/^L[0-9a-f]{32}$/);
    expect(named).not.toBe(alias);
  });

  test('is forgotten, and the chain still verifies; a new alias is another', async () => {
    await chain();
    const before = await written();
    await database.pool.query('delete from audit_person');
    expect((await verifyAuditChain(database.db)).findings).toEqual([]);
    expect(await written()).toEqual(before);
    await audit(runnerOf(database.db), now, ofHanako);
    const [latest] = (await written()).slice(-1);
    expect(before.map(({ actor }) => actor)).not.toContain(latest?.actor);
  });
});

describe('whoever owns the tables and disables the triggers', () => {
  /** Tampers, looks, and leaves no trace. */
  async function findingsAfter(tampering: string, anchor?: ChainHead): Promise<readonly string[]> {
    await database.pool.query('create table audit_log_before as table audit_log');
    await database.pool.query('create table audit_chain_before as table audit_chain');
    await tamper(tampering);
    const { findings } = await verifyAuditChain(database.db, anchor);
    await tamper(`
      delete from audit_log; insert into audit_log select * from audit_log_before;
      delete from audit_chain; insert into audit_chain select * from audit_chain_before;
      drop table audit_log_before; drop table audit_chain_before`);
    return findings;
  }
  const tamper = (sql: string) =>
    database.pool.query(`alter table audit_log disable trigger user; alter table audit_chain disable trigger user; ${sql};
      alter table audit_log enable trigger user; alter table audit_chain enable trigger user`);
  const third = `(select audit_id from audit_chain where position = 3)`;

  test.each([
    ['changes an action', `update audit_log set action = 'x' where audit_id = ${third}`, 'is not what was written'],
    [
      'changes a detail',
      `update audit_log set detail = '{"n": 99, "b": true}' where audit_id = ${third}`,
      'is not what was written',
    ],
    [
      'changes when it was',
      `update audit_log set at = at - interval '1 microsecond' where audit_id = ${third}`,
      'is not what was written',
    ],
    ['removes a row', `delete from audit_log where audit_id = ${third}`, 'has been removed'],
    [
      'removes a row and its link',
      `delete from audit_log where audit_id = ${third}; delete from audit_chain where position = 3`,
      'links 3 to 3 are missing',
    ],
    [
      'removes a row and closes the gap',
      `delete from audit_log where audit_id = ${third}; delete from audit_chain where position = 3;
       update audit_chain set position = -position where position > 3;
       update audit_chain set position = -position - 1 where position < 0`,
      'not in its place',
    ],
    [
      'swaps two rows',
      `update audit_chain c set audit_id = s.audit_id from
         (select gen_random_uuid() as audit_id) s where c.position = 3;
       update audit_chain set audit_id = (select audit_id from audit_log_before l join audit_chain_before b using (audit_id) where b.position = 3)
         where position = 4;
       update audit_chain set audit_id = (select b.audit_id from audit_chain_before b where b.position = 4) where position = 3`,
      'not in its place',
    ],
    [
      'slips a row in',
      `insert into audit_log (audit_id, at, actor_kind, action) values (gen_random_uuid(), now(), 'system', 'never.was')`,
      "was put in past the log's door",
    ],
  ])('and %s is found', async (_, tampering, says) => {
    const findings = await findingsAfter(tampering);
    expect(findings.join('\n')).toContain(says);
    expect((await verifyAuditChain(database.db)).findings).toEqual([]);
  });

  test('and cuts the end off is found by a head noted elsewhere', async () => {
    const { head } = await verifyAuditChain(database.db);
    const cut = `delete from audit_log where audit_id = (select audit_id from audit_chain where position = ${head.position});
      delete from audit_chain where position = ${head.position}`;
    expect(await findingsAfter(cut)).toEqual([]);
    expect(await findingsAfter(cut, head)).toEqual([`link ${head.position} is not the one that was noted`]);
  });
});

describe('npm run audit:verify', () => {
  const run = (...args: string[]) =>
    new Promise<{ code: number; out: string }>((done) => {
      const command = ['--import', './jsx.ts', 'src/commands/audit-verify.ts', ...args];
      const env = { ...process.env, DATABASE_URL: database.url };
      execFile(process.execPath, command, { env }, (error, out) =>
        done({ code: typeof error?.code === 'number' ? error.code : 0, out }),
      );
    });

  test('ends well, prints the head, and knows a noted one again', async () => {
    const { head } = await verifyAuditChain(database.db);
    const first = await run();
    expect([first.code, first.out]).toEqual([0, expect.stringContaining(`head ${head.position}:${head.hash}`)]);
    expect((await run(`${head.position}:${'0'.repeat(64)}`)).code).toBe(1);
  });
});
