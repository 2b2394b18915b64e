import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../../infra/db/index.ts';
import { type Content, readContent } from '../content.ts';
import type { Section } from './text.ts';

/** A line of the inbox. */
export interface InboxRow {
  readonly conversationId: string;
  readonly section: Section;
  /** How many there are in its section, those that are not shown included. */
  readonly total: number;
  readonly displayName: string | null;
  readonly staffId: string | null;
  readonly queuedAt: Temporal.Instant;
  readonly personSpokeAt: Temporal.Instant | null;
  readonly staffSpokeAt: Temporal.Instant | null;
  readonly closedAt: Temporal.Instant | null;
  /** What was said last, by the person or by staff. */
  readonly last: { readonly author: 'person' | 'staff'; readonly content: Content } | null;
}

/** Rows shown of one section: more would be read by nobody, and the page stays quick however long the queue is. */
const ROWS = 50;

/** The inbox of a member of staff, section by section: the queue by age, the rest in an order that does not jump about. */
export async function loadInbox(
  sql: SqlRunner,
  { staffId, today }: { staffId: string; today: Temporal.Instant },
): Promise<readonly InboxRow[]> {
  const rows = await sql.query<Omit<InboxRow, 'last'> & { author: 'person' | 'staff' | null; content: unknown }>(
    `with sorted as (
       select c.*, case when c.state = 'open' then case when c.staff_id = $1 then 'mine' else 'others' end
                        else c.state end as section
       from conversation c
       where c.state in ('waiting', 'open', 'left') or (c.state = 'closed' and c.closed_at >= $2)
     ), ranked as (
       select sorted.*, count(*) over (partition by section)::int as total, row_number() over (
         partition by section order by
           case when section = 'closed' then closed_at end desc,
           case when section in ('mine', 'others') then taken_at else queued_at end, conversation_id) as place
       from sorted
     )
     select r.conversation_id as "conversationId", r.section, r.total, a.display_name as "displayName",
       r.staff_id as "staffId", r.queued_at as "queuedAt", r.person_spoke_at as "personSpokeAt",
       r.staff_spoke_at as "staffSpokeAt", r.closed_at as "closedAt", said.author, said.content
     from ranked r
     left join line_account a using (line_user_id)
     left join lateral (
       select m.author, m.content from conversation_message m
       where m.conversation_id = r.conversation_id and m.author in ('person', 'staff') and m.content ->> 'kind' not in ('note', 'button')
         and m.unsent_at is null
       order by m.at desc, m.position desc limit 1
     ) said on true
     where r.place <= $3
     order by r.section, r.place`,
    [staffId, today.toString(), ROWS],
  );
  return rows.map(({ author, content, ...row }) => ({
    ...row,
    last: author === null ? null : { author, content: readContent(content) },
  }));
}

/** An earlier conversation of the same person. */
export interface Earlier {
  readonly conversationId: string;
  readonly askedAt: Temporal.Instant;
}

export function loadEarlier(
  sql: SqlRunner,
  of: { lineUserId: string; conversationId: string },
): Promise<readonly Earlier[]> {
  return sql.query<Earlier>(
    `select conversation_id as "conversationId", asked_at as "askedAt" from conversation
     where line_user_id = $1 and conversation_id <> $2 and state = 'closed' order by asked_at desc limit 5`,
    [of.lineUserId, of.conversationId],
  );
}

/** Whether the person is in a conversation now: a reason to read their earlier ones. */
export async function isInConversation(sql: SqlRunner, lineUserId: string): Promise<boolean> {
  const rows = await sql.query(`select 1 from conversation where line_user_id = $1 and state <> 'closed'`, [
    lineUserId,
  ]);
  return rows.length > 0;
}

/** How many wait for somebody: in the queue, and messages that were left. */
export async function countWaiting(sql: SqlRunner): Promise<number> {
  const [row] = await sql.query<{ count: number }>(
    `select count(*)::int as count from conversation where state in ('waiting', 'left')`,
  );
  return row?.count ?? 0;
}

/** The mark for the last of the person's words, once: whoever takes it has them before their eyes. */
export async function takeReadToken(
  sql: SqlRunner,
  of: { conversationId: string; staffId: string },
): Promise<string | null> {
  const [taken] = await sql.query<{ token: string }>(
    `with unread as (
       select conversation_id, read_token from conversation
       where conversation_id = $1 and staff_id = $2 and read_token is not null for update
     )
     update conversation c set read_token = null from unread
     where c.conversation_id = unread.conversation_id returning unread.read_token as token`,
    [of.conversationId, of.staffId],
  );
  return taken?.token ?? null;
}
