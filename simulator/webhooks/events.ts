import type { World } from '../world/world.ts';

/** A webhook event as it leaves: the common fields, and those of its type. */
export interface WebhookEvent extends Record<string, unknown> {
  type: string;
  webhookEventId: string;
  timestamp: number;
  mode: 'active' | 'standby';
  deliveryContext: { isRedelivery: boolean };
  replyToken?: string;
  /** Not of a failed account link, nor of a notification's delivery. */
  source?: Source;
}

/** Where something happened, and who did it: not told of what a group does by itself. */
export type Source =
  | { type: 'user'; userId: string }
  | { type: 'group'; groupId: string; userId?: string }
  | { type: 'room'; roomId: string; userId?: string };

/** The talk it happened in: a person's or a group's id. */
export function chatIdOf(source: Source): string {
  if (source.type === 'group') return source.groupId;
  return source.type === 'room' ? source.roomId : source.userId;
}

/**
 * Makes an event of the given person or group. `reply: true` gives it a reply token.
 * @param from null for events without a source (a failed account link)
 */
export function makeEvent(
  world: World,
  from: string | Source | null,
  event: { type: string; reply: boolean } & Record<string, unknown>,
): WebhookEvent {
  const { type, reply, ...rest } = event;
  const source: Source | null = typeof from === 'string' ? { type: 'user', userId: from } : from;
  const replyToken = reply && source && world.mode === 'active' ? world.ids.replyToken() : null;
  if (replyToken && source) world.replyTokens.issue(replyToken, chatIdOf(source), world.clock.now());
  return {
    type,
    ...rest,
    webhookEventId: world.ids.webhookEventId(),
    deliveryContext: { isRedelivery: false },
    timestamp: world.clock.now(),
    ...(source ? { source } : {}),
    ...(replyToken ? { replyToken } : {}),
    mode: world.mode,
  };
}
