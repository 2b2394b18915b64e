import { createHash } from 'node:crypto';
import type { Temporal } from 'temporal-polyfill';
import type { Job } from '../jobs/jobs.ts';
import { type Db, runnerOf, type SqlRunner } from './runner.ts';
import { inTransaction } from './transaction.ts';

/** A row of the audit log as its hash sees it. */
interface ChainedRow {
  audit_id: string;
  at: Temporal.Instant;
  actor_kind: string;
  actor_id: string | null;
  action: string;
  contractor_id: string | null;
  subscription_id: string | null;
  /** As PostgreSQL writes the jsonb: keys in its own order, so the same content is the same text. */
  detail: string;
}

export interface ChainHead {
  readonly position: number;
  readonly hash: string;
}

export interface ChainReport {
  readonly findings: readonly string[];
  /** The last link; note it elsewhere, and a chain that was cut or rewritten as a whole will show. */
  readonly head: ChainHead;
  /** Rows that are not chained yet: written in the last moments. */
  readonly waiting: number;
}

const PORTION = 2_000;
const START: Pick<ChainLink, 'position' | 'hash'> = { position: 0, hash: Buffer.alloc(32) };

interface ChainLink {
  position: number;
  hash: Buffer;
}

/** SHA-256 over the previous hash and the row's content as one JSON text. */
function linkHash(previous: Buffer, row: ChainedRow): Buffer {
  const { audit_id, at, actor_kind, actor_id, action, contractor_id, subscription_id, detail } = row;
  const content = [audit_id, at.toString(), actor_kind, actor_id, action, contractor_id, subscription_id, detail];
  return createHash('sha256').update(previous).update(JSON.stringify(content)).digest();
}

const ROW = `l.audit_id, l.at, l.actor_kind, l.actor_id, l.action, l.contractor_id, l.subscription_id, l.detail::text as detail`;

/**
 * Chains what has been written to the audit log since the last time, a portion a transaction. Nobody who writes to the
 * log waits for this; a row that is still being committed is taken by a later run.
 *
 * @param onHead told the chain's head when it has grown: written to the process's log, it is an anchor outside the database
 */
export function auditChainJob({ db, onHead }: { db: Db; onHead?: (head: ChainHead) => void }): Job {
  return {
    name: 'audit.chain',
    everySeconds: 10,
    async run() {
      const { count, head } = await inTransaction(db, (tx) => chainPortion(runnerOf(tx)));
      if (count > 0) onHead?.({ position: head.position, hash: head.hash.toString('hex') });
      return count;
    },
  };
}

async function chainPortion(sql: SqlRunner): Promise<{ count: number; head: ChainLink }> {
  // The job's own lock lets one process in; this one also keeps out whoever calls it past the job.
  await sql.query(`select pg_advisory_xact_lock(hashtextextended('audit chain', 0))`);
  let head = await loadHead(sql);
  const rows = await sql.query<ChainedRow>(
    `with taken as (
       delete from audit_unchained
       where audit_id in (select audit_id from audit_unchained order by audit_id limit ${PORTION})
       returning audit_id
     )
     select ${ROW} from taken join audit_log l using (audit_id) order by l.audit_id`,
  );
  const links = rows.map((row) => {
    head = { position: head.position + 1, hash: linkHash(head.hash, row) };
    return { ...head, auditId: row.audit_id };
  });
  if (links.length > 0) {
    await sql.query(
      `insert into audit_chain (position, audit_id, hash)
       select position, audit_id, decode(hash, 'hex')
       from unnest($1::bigint[], $2::uuid[], $3::text[]) as link (position, audit_id, hash)`,
      [
        links.map((link) => link.position),
        links.map((link) => link.auditId),
        links.map((link) => link.hash.toString('hex')),
      ],
    );
  }
  return { count: rows.length, head };
}

async function loadHead(sql: SqlRunner): Promise<ChainLink> {
  const [last] = await sql.query<ChainLink>('select position, hash from audit_chain order by position desc limit 1');
  return last ?? START;
}

/**
 * Walks the whole chain: every link in its place, every row as it was written, no row that never came in by the log's
 * own door. With an anchor noted earlier it also finds a chain that was cut short or rewritten as a whole.
 */
export async function verifyAuditChain(db: Db, anchor?: ChainHead): Promise<ChainReport> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((tx) => verify(runnerOf(tx), anchor));
}

async function verify(sql: SqlRunner, anchor: ChainHead | undefined): Promise<ChainReport> {
  const findings: string[] = [];
  let head: ChainLink = START;
  let isAnchorSeen = anchor === undefined;
  for (;;) {
    const links = await sql.query<ChainLink & { linkedId: string } & (ChainedRow | { audit_id: null })>(
      `select c.position, c.hash, c.audit_id as "linkedId", ${ROW}
       from audit_chain c left join audit_log l using (audit_id)
       where c.position > $1 order by c.position limit ${PORTION}`,
      [head.position],
    );
    if (links.length === 0) break;
    for (const link of links) {
      const { position, hash, linkedId } = link;
      if (position !== head.position + 1) findings.push(`links ${head.position + 1} to ${position - 1} are missing`);
      if (link.audit_id === null) findings.push(`entry ${linkedId} (link ${position}) has been removed`);
      else if (!linkHash(head.hash, link).equals(hash)) {
        findings.push(`entry ${linkedId} (link ${position}) is not what was written, or not in its place`);
      }
      if (anchor?.position === position) isAnchorSeen = anchor.hash === hash.toString('hex');
      // Goes on from the stored hash, so that one fault is one finding.
      head = { position, hash };
    }
  }
  if (!isAnchorSeen) findings.push(`link ${anchor?.position} is not the one that was noted`);
  const strangers = await sql.query<{ audit_id: string }>(
    `select l.audit_id from audit_log l
     where not exists (select 1 from audit_chain c where c.audit_id = l.audit_id)
       and not exists (select 1 from audit_unchained u where u.audit_id = l.audit_id)
     order by l.audit_id limit 100`,
  );
  for (const { audit_id } of strangers) findings.push(`entry ${audit_id} was put in past the log's door`);
  const [waiting] = await sql.query<{ count: number; gone: number }>(
    `select count(*)::integer as count, count(*) filter (where l.audit_id is null)::integer as gone
     from audit_unchained u left join audit_log l using (audit_id)`,
  );
  if (waiting && waiting.gone > 0) findings.push(`${waiting.gone} entries were removed before they were chained`);
  return {
    findings,
    head: { position: head.position, hash: head.hash.toString('hex') },
    waiting: waiting?.count ?? 0,
  };
}
