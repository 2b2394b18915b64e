import type { Temporal } from 'temporal-polyfill';
import { type LinkState, linkStateOfLinks } from '../../base/link-state.ts';
import type { SqlRunner } from '../../infra/db/index.ts';

export interface UserLink {
  readonly userLinkId: string;
  readonly subscriptionId: string;
  readonly contractorId: string;
  readonly lineUserId: string;
  readonly linkedAt: Temporal.Instant;
  /** Of the code that made the link. */
  readonly lastFour: string;
}

export interface ContractorLink {
  readonly contractorLinkId: string;
  readonly contractorId: string;
  readonly contractorName: string;
  readonly lineUserId: string;
  readonly linkedAt: Temporal.Instant;
  /** From when it is a second proof; null: from the beginning. */
  readonly countsFrom: Temporal.Instant | null;
}

/** Where a link was undone. */
export type UnlinkedFrom = 'talk' | 'my-page' | 'console' | 're-issue' | 'replaced' | 'account-deleted' | 'ended';

const USER_LINK = `l.user_link_id as "userLinkId", l.subscription_id as "subscriptionId",
  s.contractor_id as "contractorId", l.line_user_id as "lineUserId", l.linked_at as "linkedAt", k.last_four as "lastFour"`;
const USER_LINK_FROM = `user_link l join subscription s using (subscription_id) join link_code k using (link_code_id)`;

const CONTRACTOR_LINK = `l.contractor_link_id as "contractorLinkId", l.contractor_id as "contractorId",
  c.name as "contractorName", l.line_user_id as "lineUserId", l.linked_at as "linkedAt",
  l.counts_from as "countsFrom"`;

/** A link as the operator's systems know it: not by whom, which is between a person and LINE. */
export interface LiveLink {
  readonly linkId: string;
  readonly kind: 'contractor' | 'user';
  readonly contractorId: string;
  /** Null of a contractor link. */
  readonly subscriptionId: string | null;
  readonly linkedAt: Temporal.Instant;
}

/** The links there are behind an id, of both kinds, in id order; of one contractor where one is named. */
export function loadLinksAfter(
  sql: SqlRunner,
  { after, limit, contractorId }: { after: string; limit: number; contractorId: string | null },
): Promise<readonly LiveLink[]> {
  return sql.query<LiveLink>(
    `select "linkId", kind, "contractorId", "subscriptionId", "linkedAt" from (
       (select contractor_link_id as "linkId", 'contractor' as kind, contractor_id as "contractorId",
          null::uuid as "subscriptionId", linked_at as "linkedAt" from contractor_link
        where contractor_link_id > $1 and unlinked_at is null and ($3::uuid is null or contractor_id = $3)
        order by contractor_link_id limit $2)
       union all
       (select l.user_link_id, 'user', s.contractor_id, s.subscription_id, l.linked_at
        from user_link l join subscription s using (subscription_id)
        where l.user_link_id > $1 and l.unlinked_at is null and ($3::uuid is null or s.contractor_id = $3)
        order by l.user_link_id limit $2)) as links
     order by "linkId" limit $2`,
    [after, limit, contractorId],
  );
}

export function loadUserLinksOf(sql: SqlRunner, lineUserId: string): Promise<readonly UserLink[]> {
  return sql.query<UserLink>(
    `select ${USER_LINK} from ${USER_LINK_FROM}
     where l.line_user_id = $1 and l.unlinked_at is null order by l.linked_at, l.user_link_id`,
    [lineUserId],
  );
}

export function loadUserLinksTo(sql: SqlRunner, subscriptionIds: readonly string[]): Promise<readonly UserLink[]> {
  return sql.query<UserLink>(
    `select ${USER_LINK} from ${USER_LINK_FROM}
     where l.subscription_id = any ($1::uuid[]) and l.unlinked_at is null order by l.linked_at, l.user_link_id`,
    [subscriptionIds],
  );
}

/** Whether an account is linked to a subscription; while the transaction lasts, nobody undoes that link. */
export async function holdUserLink(
  sql: SqlRunner,
  link: { lineUserId: string; subscriptionId: string },
): Promise<boolean> {
  const rows = await sql.query(
    `select from user_link where line_user_id = $1 and subscription_id = $2 and unlinked_at is null for share`,
    [link.lineUserId, link.subscriptionId],
  );
  return rows.length > 0;
}

export function loadContractorLinksOf(sql: SqlRunner, lineUserId: string): Promise<readonly ContractorLink[]> {
  return sql.query<ContractorLink>(
    `select ${CONTRACTOR_LINK} from contractor_link l join contractor c using (contractor_id)
     where l.line_user_id = $1 and l.unlinked_at is null order by l.linked_at, l.contractor_link_id`,
    [lineUserId],
  );
}

export function loadContractorLinksTo(sql: SqlRunner, contractorId: string): Promise<readonly ContractorLink[]> {
  return sql.query<ContractorLink>(
    `select ${CONTRACTOR_LINK} from contractor_link l join contractor c using (contractor_id)
     where l.contractor_id = $1 and l.unlinked_at is null order by l.linked_at, l.contractor_link_id`,
    [contractorId],
  );
}

export async function loadLinkState(sql: SqlRunner, lineUserId: string): Promise<LinkState> {
  const [row] = await sql.query<{ hasContractorLink: boolean; hasUserLink: boolean }>(
    `select
       exists (select from contractor_link where line_user_id = $1 and unlinked_at is null) as "hasContractorLink",
       exists (select from user_link where line_user_id = $1 and unlinked_at is null) as "hasUserLink"`,
    [lineUserId],
  );
  return linkStateOfLinks(row ?? { hasContractorLink: false, hasUserLink: false });
}

/** The chosen subscription while it is linked, else the one linked first; null without any. */
export async function loadChosenSubscription(sql: SqlRunner, lineUserId: string): Promise<string | null> {
  const [row] = await sql.query<{ subscriptionId: string }>(
    `select l.subscription_id as "subscriptionId"
     from user_link l left join line_account a using (line_user_id)
     where l.line_user_id = $1 and l.unlinked_at is null
     order by (a.chosen_subscription_id = l.subscription_id) desc nulls last, l.linked_at, l.user_link_id
     limit 1`,
    [lineUserId],
  );
  return row?.subscriptionId ?? null;
}

/** False when the account is not linked to the subscription. */
export async function saveChosenSubscription(
  sql: SqlRunner,
  now: Temporal.Instant,
  choice: { lineUserId: string; subscriptionId: string },
): Promise<boolean> {
  const rows = await sql.query(
    `insert into line_account (line_user_id, chosen_subscription_id, updated_at)
     select line_user_id, subscription_id, $3 from user_link
     where line_user_id = $1 and subscription_id = $2 and unlinked_at is null
     on conflict (line_user_id) do update set chosen_subscription_id = excluded.chosen_subscription_id
     returning 1`,
    [choice.lineUserId, choice.subscriptionId, now.toString()],
  );
  return rows.length > 0;
}

/** Links of one LINE account change one after another, until the end of the transaction. */
export async function lockLineAccount(sql: SqlRunner, lineUserId: string): Promise<void> {
  await sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`linking:${lineUserId}`]);
}

export async function lockContractor(sql: SqlRunner, contractorId: string): Promise<void> {
  await sql.query('select 1 from contractor where contractor_id = $1 for no key update', [contractorId]);
}

export async function insertContractorLink(
  sql: SqlRunner,
  link: Omit<ContractorLink, 'contractorName'>,
): Promise<void> {
  await sql.query(
    `insert into contractor_link (contractor_link_id, contractor_id, line_user_id, linked_at, counts_from)
     values ($1, $2, $3, $4, $5)`,
    [
      link.contractorLinkId,
      link.contractorId,
      link.lineUserId,
      link.linkedAt.toString(),
      link.countsFrom?.toString() ?? null,
    ],
  );
}

export async function insertUserLink(
  sql: SqlRunner,
  link: {
    userLinkId: string;
    subscriptionId: string;
    lineUserId: string;
    linkCodeId: string;
    linkedAt: Temporal.Instant;
  },
): Promise<void> {
  await sql.query(
    `insert into user_link (user_link_id, subscription_id, line_user_id, link_code_id, linked_at)
     values ($1, $2, $3, $4, $5)`,
    [link.userLinkId, link.subscriptionId, link.lineUserId, link.linkCodeId, link.linkedAt.toString()],
  );
}

/** Which live links are meant: all that is given must match. `contractorId` is the owner check of My Page. */
export interface LinkMatch {
  readonly linkId?: string;
  readonly lineUserId?: string;
  readonly subscriptionId?: string;
  readonly contractorId?: string;
}

/** Undoes the live user links that match; answers those it undid, so that an effect happens once. */
export function endUserLinks(
  sql: SqlRunner,
  now: Temporal.Instant,
  match: LinkMatch,
  from: UnlinkedFrom,
): Promise<readonly UserLink[]> {
  return sql.query<UserLink>(
    `update user_link l set unlinked_at = $1, unlinked_from = $2
     from subscription s, link_code k
     where s.subscription_id = l.subscription_id and k.link_code_id = l.link_code_id and l.unlinked_at is null
       and ($3::uuid is null or l.user_link_id = $3) and ($4::text is null or l.line_user_id = $4)
       and ($5::uuid is null or l.subscription_id = $5) and ($6::uuid is null or s.contractor_id = $6)
     returning ${USER_LINK}`,
    [now.toString(), from, ...matchValues(match)],
  );
}

/** Undoes the live contractor links that match; answers those it undid. */
export function endContractorLinks(
  sql: SqlRunner,
  now: Temporal.Instant,
  match: Omit<LinkMatch, 'subscriptionId'>,
  from: UnlinkedFrom,
): Promise<readonly ContractorLink[]> {
  return sql.query<ContractorLink>(
    `update contractor_link l set unlinked_at = $1, unlinked_from = $2
     from contractor c
     where c.contractor_id = l.contractor_id and l.unlinked_at is null
       and ($3::uuid is null or l.contractor_link_id = $3) and ($4::text is null or l.line_user_id = $4)
       and $5::uuid is null and ($6::uuid is null or l.contractor_id = $6)
     returning ${CONTRACTOR_LINK}`,
    [now.toString(), from, ...matchValues(match)],
  );
}

/** At least one link must be named: an empty match would undo everybody's. */
function matchValues(match: LinkMatch): (string | null)[] {
  const values = [match.linkId, match.lineUserId, match.subscriptionId, match.contractorId];
  if (match.linkId === undefined && match.subscriptionId === undefined && match.lineUserId === undefined) {
    throw new Error('which link is to be undone?');
  }
  return values.map((value) => value ?? null);
}

/** Whether a link of this account or this contractor was undone at that place: the same tap heard again gets the same answer. */
export async function wasUndone(
  sql: SqlRunner,
  link: { linkId: string; from: UnlinkedFrom; lineUserId?: string | null; contractorId?: string | null },
): Promise<boolean> {
  const rows = await sql.query(
    `select from user_link l join subscription s using (subscription_id)
     where l.user_link_id = $1 and l.unlinked_from = $2 and (l.line_user_id = $3 or s.contractor_id = $4)
     union all
     select from contractor_link l
     where l.contractor_link_id = $1 and l.unlinked_from = $2 and (l.line_user_id = $3 or l.contractor_id = $4)`,
    [link.linkId, link.from, link.lineUserId ?? null, link.contractorId ?? null],
  );
  return rows.length > 0;
}

/** Forgets whose alias in the audit log is whose, of accounts without any link, also of one that was undone. Answers how many. */
export async function forgetAliases(sql: SqlRunner, before: Temporal.Instant, portion: number): Promise<number> {
  const rows = await sql.query(
    `delete from audit_person where alias in (
       select alias from audit_person p where made_at < $1
         and not exists (select from contractor_link l where l.line_user_id = p.line_user_id)
         and not exists (select from user_link l where l.line_user_id = p.line_user_id) limit $2) returning 1`,
    [before.toString(), portion],
  );
  return rows.length;
}

/** Forgets LINE accounts that are no friends and have no link, with what they switched off. Answers how many. */
export async function forgetStrangers(sql: SqlRunner, before: Temporal.Instant, portion: number): Promise<number> {
  const rows = await sql.query(
    `with gone as (
       delete from line_account where line_user_id in (
         select line_user_id from line_account a where not is_friend and updated_at < $1
           and not exists (select from contractor_link l where l.line_user_id = a.line_user_id)
           and not exists (select from user_link l where l.line_user_id = a.line_user_id) limit $2)
       returning line_user_id
     ), switches as (delete from notice_off where line_user_id in (select line_user_id from gone))
     select from gone`,
    [before.toString(), portion],
  );
  return rows.length;
}

/** Every link and code there ever was; a user link goes before the code it was made with. */
export async function deleteLinks(
  sql: SqlRunner,
  { contractorId, subscriptionIds }: { contractorId: string; subscriptionIds: readonly string[] },
): Promise<void> {
  await sql.query('delete from contractor_link where contractor_id = $1', [contractorId]);
  await sql.query('delete from user_link where subscription_id = any ($1::uuid[])', [subscriptionIds]);
  await sql.query('delete from link_code where subscription_id = any ($1::uuid[])', [subscriptionIds]);
}
