import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../../infra/db/index.ts';

/** Why a picture cannot be shown. */
export type PictureFault = 'gone' | 'too-large' | 'no-picture' | 'unavailable';

export type PictureState =
  | { readonly state: 'waiting' }
  | { readonly state: 'kept'; readonly width: number; readonly height: number }
  | { readonly state: 'refused'; readonly reason: PictureFault };

interface PictureRow {
  readonly lineMessageId: string;
  readonly state: PictureState['state'];
  readonly reason: PictureFault | null;
  readonly width: number | null;
  readonly height: number | null;
}

/** How the pictures of a conversation stand, by LINE's number of the message. */
export async function loadPictures(sql: SqlRunner, conversationId: string): Promise<ReadonlyMap<string, PictureState>> {
  const rows = await sql.query<PictureRow>(
    `select line_message_id as "lineMessageId", state, reason, width, height from conversation_picture
     where conversation_id = $1`,
    [conversationId],
  );
  return new Map(rows.map((row) => [row.lineMessageId, stateOf(row)]));
}

function stateOf({ state, reason, width, height }: PictureRow): PictureState {
  if (state === 'kept' && width !== null && height !== null) return { state, width, height };
  return state === 'refused' ? { state, reason: reason ?? 'unavailable' } : { state: 'waiting' };
}

/** The sealed picture of a message of this conversation, and of no other; null also when it was taken back. */
export async function loadSealedPicture(
  sql: SqlRunner,
  of: { conversationId: string; lineMessageId: string },
): Promise<Buffer | null> {
  const [row] = await sql.query<{ sealed: Buffer | null }>(
    `select sealed from conversation_picture where line_message_id = $1 and conversation_id = $2`,
    [of.lineMessageId, of.conversationId],
  );
  return row?.sealed ?? null;
}

/** A picture that is due to be asked for. */
export interface DuePicture {
  readonly lineMessageId: string;
  readonly attempts: number;
}

/** Counts the attempt before it is made: one that kills the process is not made for ever. */
export async function beginDuePicture(sql: SqlRunner, now: Temporal.Instant): Promise<DuePicture | undefined> {
  const [due] = await sql.query<DuePicture>(
    `update conversation_picture p set attempts = p.attempts + 1, next_attempt_at = $1::timestamptz + interval '60 seconds'
     from (select line_message_id from conversation_picture where state = 'waiting' and next_attempt_at <= $1
           order by next_attempt_at limit 1 for update skip locked) due
     where p.line_message_id = due.line_message_id
     returning p.line_message_id as "lineMessageId", p.attempts`,
    [now.toString()],
  );
  return due;
}

export async function keepPicture(
  sql: SqlRunner,
  picture: { lineMessageId: string; sealed: Buffer; width: number; height: number },
): Promise<void> {
  await sql.query(
    `update conversation_picture set state = 'kept', sealed = $2, width = $3, height = $4 where line_message_id = $1`,
    [picture.lineMessageId, picture.sealed, picture.width, picture.height],
  );
}

export async function refusePicture(sql: SqlRunner, lineMessageId: string, reason: PictureFault): Promise<void> {
  await sql.query(`update conversation_picture set state = 'refused', reason = $2 where line_message_id = $1`, [
    lineMessageId,
    reason,
  ]);
}

export async function postponePicture(sql: SqlRunner, lineMessageId: string, until: Temporal.Instant): Promise<void> {
  await sql.query(`update conversation_picture set next_attempt_at = $2 where line_message_id = $1`, [
    lineMessageId,
    until.toString(),
  ]);
}
