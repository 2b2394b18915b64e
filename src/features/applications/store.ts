import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../infra/db/runner.ts';
import type { Applicant } from './applicant.ts';

export interface DraftRow {
  readonly draftId: string;
  readonly lineUserId: string | null;
  readonly contractorId: string | null;
  readonly sealed: Buffer;
  readonly mailCodeHash: Buffer | null;
  readonly mailCodeSentAt: Temporal.Instant | null;
  readonly expiresAt: Temporal.Instant;
}

const DRAFT = `d.draft_id as "draftId", d.line_user_id as "lineUserId", d.contractor_id as "contractorId", d.sealed,
  d.mail_code_hash as "mailCodeHash", d.mail_code_sent_at as "mailCodeSentAt", d.expires_at as "expiresAt"`;

/** A contractor's draft is the contractor's alone; others belong to the LINE account, or to the browsers that hold them. */
const IS_OWN = `(d.contractor_id = $2::uuid
  or (d.contractor_id is null and d.line_user_id = $3::text)
  or (d.contractor_id is null
      and exists (select from application_browser b where b.draft_id = d.draft_id and b.secret_hash = $4::bytea)))`;

const ownerValues = ({ contractorId, lineUserId, browserHash }: Applicant) => [contractorId, lineUserId, browserHash];

/** Does nothing when the id is taken: the button pressed twice begins once. */
export async function insertDraft(
  sql: SqlRunner,
  now: Temporal.Instant,
  draft: Pick<DraftRow, 'draftId' | 'lineUserId' | 'contractorId' | 'sealed' | 'expiresAt'> & {
    readonly browserHash: Buffer | null;
    /** The order and its version that are corrected. */
    readonly corrects?: { readonly orderId: string; readonly version: number } | undefined;
  },
): Promise<void> {
  await sql.query(
    `with made as (
       insert into application_draft (draft_id, line_user_id, contractor_id, sealed, begun_at, expires_at,
         corrects_order_id, corrects_version)
       values ($1, $2, $3, $4, $5::timestamptz, $6, $8, $9) on conflict do nothing returning draft_id)
     insert into application_browser (secret_hash, draft_id, since) select $7::bytea, draft_id, $5::timestamptz from made where $7::bytea is not null`,
    [
      draft.draftId,
      draft.lineUserId,
      draft.contractorId,
      draft.sealed,
      now.toString(),
      draft.expiresAt.toString(),
      draft.browserHash,
      draft.corrects?.orderId ?? null,
      draft.corrects?.version ?? null,
    ],
  );
}

/** What the applicant has begun as the answer to a question, the last begun; null when there is none. */
export async function loadCorrection(
  sql: SqlRunner,
  now: Temporal.Instant,
  applicant: Applicant,
  corrects: { orderId: string; version: number },
): Promise<DraftRow | null> {
  const rows = await sql.query<DraftRow>(
    `select ${DRAFT} from application_draft d
     where d.corrects_order_id = $5 and d.corrects_version = $6 and ${IS_OWN} and d.expires_at > $1
     order by d.begun_at desc, d.draft_id desc limit 1`,
    [now.toString(), ...ownerValues(applicant), corrects.orderId, corrects.version],
  );
  return rows[0] ?? null;
}

/** A question is answered: what anybody has typed for it is forgotten. */
export async function deleteCorrections(sql: SqlRunner, orderId: string): Promise<void> {
  await sql.query('delete from application_draft where corrects_order_id = $1', [orderId]);
}

/** The applicant's own draft; anybody else's, one that is over and one that was sent are as if there were none. */
export async function loadDraft(
  sql: SqlRunner,
  now: Temporal.Instant,
  applicant: Applicant,
  draftId: string,
  { isForChange = false } = {},
): Promise<DraftRow | null> {
  const rows = await sql.query<DraftRow>(
    `select ${DRAFT} from application_draft d
     where d.draft_id = $1 and ${IS_OWN} and d.sealed is not null and d.expires_at > $5
     ${isForChange ? 'for update of d' : ''}`,
    [draftId, ...ownerValues(applicant), now.toString()],
  );
  return rows[0] ?? null;
}

/** The applicant's drafts, last begun first. */
export function loadDrafts(sql: SqlRunner, now: Temporal.Instant, applicant: Applicant): Promise<readonly DraftRow[]> {
  return sql.query<DraftRow>(
    `select ${DRAFT} from application_draft d
     where ${IS_OWN} and d.sealed is not null and d.expires_at > $1 and d.corrects_order_id is null
     order by d.begun_at desc, d.draft_id desc`,
    [now.toString(), ...ownerValues(applicant)],
  );
}

/** What a LINE account has begun, its contractor's included: for its talk. */
export async function loadLastDraftInLine(
  sql: SqlRunner,
  now: Temporal.Instant,
  lineUserId: string,
): Promise<DraftRow | null> {
  const rows = await sql.query<DraftRow>(
    `select ${DRAFT} from application_draft d
     where d.line_user_id = $1 and d.sealed is not null and d.expires_at > $2 and d.corrects_order_id is null
     order by d.begun_at desc, d.draft_id desc limit 1`,
    [lineUserId, now.toString()],
  );
  return rows[0] ?? null;
}

export async function saveDraft(
  sql: SqlRunner,
  draft: Pick<DraftRow, 'draftId' | 'sealed' | 'expiresAt'>,
): Promise<void> {
  await sql.query('update application_draft set sealed = $2, expires_at = $3 where draft_id = $1', [
    draft.draftId,
    draft.sealed,
    draft.expiresAt.toString(),
  ]);
}

export async function saveMailCode(
  sql: SqlRunner,
  now: Temporal.Instant,
  { draftId, hash }: { draftId: string; hash: Buffer },
): Promise<void> {
  await sql.query('update application_draft set mail_code_hash = $2, mail_code_sent_at = $3 where draft_id = $1', [
    draftId,
    hash,
    now.toString(),
  ]);
}

export async function forgetMailCode(sql: SqlRunner, draftId: string): Promise<void> {
  await sql.query('update application_draft set mail_code_hash = null, mail_code_sent_at = null where draft_id = $1', [
    draftId,
  ]);
}

export async function saveLink(
  sql: SqlRunner,
  now: Temporal.Instant,
  { draftId, hash }: { draftId: string; hash: Buffer },
): Promise<void> {
  await sql.query('update application_draft set link_hash = $2, link_sent_at = $3 where draft_id = $1', [
    draftId,
    hash,
    now.toString(),
  ]);
}

/** The draft a mailed link leads to, while the link is good. */
export async function loadLinked(
  sql: SqlRunner,
  link: { hash: Buffer; sentSince: Temporal.Instant; now: Temporal.Instant },
): Promise<string | null> {
  const rows = await sql.query<{ draftId: string }>(
    `select draft_id as "draftId" from application_draft
     where link_hash = $1 and link_sent_at > $2 and sealed is not null and expires_at > $3`,
    [link.hash, link.sentSince.toString(), link.now.toString()],
  );
  return rows[0]?.draftId ?? null;
}

/** Uses a mailed link up and lets a browser in; null when somebody was faster or its time is over. */
export async function useLink(
  sql: SqlRunner,
  link: { hash: Buffer; sentSince: Temporal.Instant; now: Temporal.Instant; browserHash: Buffer },
): Promise<string | null> {
  const rows = await sql.query<{ draftId: string }>(
    `with used as (
       update application_draft set link_hash = null, link_sent_at = null
       where link_hash = $1 and link_sent_at > $2 and sealed is not null and expires_at > $3::timestamptz
       returning draft_id)
     insert into application_browser (secret_hash, draft_id, since)
     select $4::bytea, draft_id, $3::timestamptz from used
     on conflict (secret_hash, draft_id) do update set since = excluded.since
     returning draft_id as "draftId"`,
    [link.hash, link.sentSince.toString(), link.now.toString(), link.browserHash],
  );
  return rows[0]?.draftId ?? null;
}

type Deleted = { readonly draftId: string; readonly sealed: Buffer | null };

export async function deleteDraft(sql: SqlRunner, applicant: Applicant, draftId: string): Promise<Deleted | null> {
  const rows = await sql.query<Deleted>(
    `delete from application_draft d where d.draft_id = $1 and ${IS_OWN} and d.sealed is not null
     returning d.draft_id as "draftId", d.sealed`,
    [draftId, ...ownerValues(applicant)],
  );
  return rows[0] ?? null;
}

/** The draft became an order: what was typed is forgotten, who may see the last page is not. */
export async function markSent(
  sql: SqlRunner,
  now: Temporal.Instant,
  { draftId, orderId }: { draftId: string; orderId: string },
): Promise<void> {
  await sql.query(
    `update application_draft
     set sealed = null, order_id = $2, sent_at = $3, mail_code_hash = null, link_hash = null where draft_id = $1`,
    [draftId, orderId, now.toString()],
  );
}

/** The order that the applicant's draft became, and when, while the draft's row is kept. */
export async function loadSentOrder(
  sql: SqlRunner,
  applicant: Applicant,
  draftId: string,
): Promise<{ orderId: string; sentAt: Temporal.Instant } | null> {
  const rows = await sql.query<{ orderId: string; sentAt: Temporal.Instant }>(
    `select d.order_id as "orderId", d.sent_at as "sentAt" from application_draft d
     where d.draft_id = $1 and ${IS_OWN} and d.order_id is not null`,
    [draftId, ...ownerValues(applicant)],
  );
  return rows[0] ?? null;
}

/** Removes drafts whose time is over, at most so many. */
export function deleteExpired(sql: SqlRunner, now: Temporal.Instant, atMost: number): Promise<readonly Deleted[]> {
  return sql.query<Deleted>(
    `delete from application_draft where draft_id in (
       select draft_id from application_draft where expires_at <= $1 order by expires_at limit $2 for update skip locked)
     returning draft_id as "draftId", sealed`,
    [now.toString(), atMost],
  );
}
