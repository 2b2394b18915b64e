import { createHash, randomBytes } from 'node:crypto';
import { newId } from '../../src/base/ids.ts';
import type { Database } from '../../src/infra/db/index.ts';

/** An agent at work: their session's secret, and their conversations, the first of them on the screen. */
export interface SeededAgent {
  readonly secret: string;
  readonly conversations: readonly { readonly conversationId: string; readonly lineUserId: string }[];
}

/** How much was said in each before the measuring begins. */
const SAID_BEFORE = 20;

/** Agents who share so many open conversations. */
export async function seedInbox(
  { pool }: Database,
  { agents, talks, now }: { agents: number; talks: number; now: string },
): Promise<readonly SeededAgent[]> {
  const staff = Array.from({ length: agents }, (_, index) => ({
    staffId: newId(),
    secret: randomBytes(32).toString('base64url'),
    loginId: `bench-${index}`,
  }));
  for (const { staffId, secret, loginId } of staff) {
    await pool.query(
      `insert into staff (staff_id, login_id, name, role, password_hash, created_at)
       values ($1, $2, $2, 'agent', '', $3)`,
      [staffId, loginId, now],
    );
    await pool.query(
      `insert into staff_session (session_id, secret_hash, staff_id, created_at, seen_at) values ($1, $2, $3, $4, $4)`,
      [newId(), createHash('sha256').update(secret).digest(), staffId, now],
    );
  }
  const people = Array.from({ length: talks }, (_, index) => ({
    conversationId: newId(),
    lineUserId: `U${randomBytes(16).toString('hex')}`,
    staffId: staff[index % agents]?.staffId ?? '',
  }));
  const columns = (of: (person: (typeof people)[number]) => string) => people.map(of);
  await pool.query(
    `insert into line_account (line_user_id, display_name, is_friend, updated_at)
     select line_user_id, 'ひと' || number, true, $2 from unnest($1::text[]) with ordinality as p (line_user_id, number)`,
    [columns(({ lineUserId }) => lineUserId), now],
  );
  await pool.query(
    `insert into conversation (conversation_id, line_user_id, state, origin, language, staff_id, begun_by_event, asked_at,
       queued_at, taken_at, person_spoke_at)
     select id, line_user_id, 'open', 'talk', 'ja', staff_id, line_user_id, $4, $4, $4, $4
     from unnest($1::uuid[], $2::text[], $3::uuid[]) as c (id, line_user_id, staff_id)`,
    [
      columns(({ conversationId }) => conversationId),
      columns(({ lineUserId }) => lineUserId),
      columns(({ staffId }) => staffId),
      now,
    ],
  );
  await pool.query(
    `insert into conversation_message (message_id, conversation_id, at, author, content)
     select gen_random_uuid(), id, $2::timestamptz - interval '1 hour' + n * interval '1 minute', 'person',
       jsonb_build_object('kind', 'text', 'text', 'これは' || n || 'つめのことばです。')
     from unnest($1::uuid[]) as c (id), generate_series(1, ${SAID_BEFORE}) n`,
    [columns(({ conversationId }) => conversationId), now],
  );
  return staff.map(({ secret, staffId }) => ({
    secret,
    conversations: people.filter((person) => person.staffId === staffId),
  }));
}
