import type { PartnerWorld } from './partner-world.ts';

/** A partner's question in the talk: who hears it, and what they tap. */

/** A user link as the dialogue would have made it. */
export async function linkUser(
  world: PartnerWorld,
  { subscriptionId }: { subscriptionId: string },
  lineUserId: string,
): Promise<void> {
  const { pool } = world.database;
  await pool.query(
    `insert into line_account (line_user_id, is_friend, updated_at) values ($1, true, $2) on conflict do nothing`,
    [lineUserId, world.clock.now().toString()],
  );
  await pool.query(
    `insert into user_link (user_link_id, subscription_id, line_user_id, link_code_id, linked_at)
     select gen_random_uuid(), subscription_id, $2, link_code_id, $3 from link_code
     where subscription_id = $1 and revoked_at is null`,
    [subscriptionId, lineUserId, world.clock.now().toString()],
  );
}

/** The newest question to this person: its words, and what its buttons carry. */
export async function questionTo(
  world: PartnerWorld,
  lineUserId: string,
): Promise<{ words: string; requestId: string }> {
  const { rows } = await world.database.pool.query<{ body: unknown }>(
    `select body from outbox where line_user_id = $1 order by created_at desc, outbox_id desc limit 1`,
    [lineUserId],
  );
  const words = JSON.stringify(rows[0]?.body ?? '');
  return { words, requestId: /agree\?request=([0-9a-f-]{36})/.exec(words)?.[1] ?? '' };
}

/** The person answers; what the talk then says. */
export async function tapAnswer(
  world: PartnerWorld,
  tap: { lineUserId: string; action: 'agree' | 'decline'; requestId: string },
): Promise<string> {
  const messages = await world.app.ageProof.talk.hear(
    {
      db: world.database.db,
      now: world.clock.now(),
      eventId: `tap-${crypto.randomUUID()}`,
      lineUserId: tap.lineUserId,
      displayName: null,
      language: 'ja',
    },
    { kind: 'button', action: tap.action, params: new URLSearchParams({ request: tap.requestId }) },
  );
  return JSON.stringify(messages);
}
