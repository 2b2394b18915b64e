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
  source?: { type: 'user'; userId: string };
}

/**
 * Makes an event of the given person. `reply: true` gives it a reply token.
 * @param userId null for events without a source (a failed account link)
 */
export function makeEvent(
  world: World,
  userId: string | null,
  event: { type: string; reply: boolean } & Record<string, unknown>,
): WebhookEvent {
  const { type, reply, ...rest } = event;
  const replyToken = reply && userId && world.mode === 'active' ? world.ids.replyToken() : null;
  if (replyToken && userId) world.replyTokens.issue(replyToken, userId, world.clock.now());
  return {
    type,
    ...rest,
    webhookEventId: world.ids.webhookEventId(),
    deliveryContext: { isRedelivery: false },
    timestamp: world.clock.now(),
    ...(userId ? { source: { type: 'user', userId } } : {}),
    ...(replyToken ? { replyToken } : {}),
    mode: world.mode,
  };
}
