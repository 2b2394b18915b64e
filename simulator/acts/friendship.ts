import type { Platform } from '../platform.ts';
import { makeEvent } from '../webhooks/events.ts';
import type { PersonRecord } from '../world/people.ts';

/** The person adds the official account, or unblocks it. Doing it twice changes nothing and tells nobody. */
export function follow({ world, webhooks }: Platform, person: PersonRecord): void {
  if (person.isFriend && !person.isBlocked) return;
  const isUnblocked = person.isFriend && person.isBlocked;
  person.isFriend = true;
  person.isBlocked = false;
  webhooks.send(makeEvent(world, person.userId, { type: 'follow', reply: true, follow: { isUnblocked } }));
  world.changes.tell({ type: 'people', userId: person.userId });
  world.changes.tell({ type: 'screen', userId: person.userId });
}

/** The person blocks the official account: it may write, but nothing arrives, and its own menu for them is gone. */
export function block({ world, webhooks }: Platform, person: PersonRecord): void {
  if (!person.isFriend || person.isBlocked) return;
  person.isBlocked = true;
  world.richMenus.unlink(person.userId);
  webhooks.send(makeEvent(world, person.userId, { type: 'unfollow', reply: false }));
  world.changes.tell({ type: 'people', userId: person.userId });
  world.changes.tell({ type: 'screen', userId: person.userId });
}

/** The person gives up LINE. Nobody is told; whatever is sent to them is accepted and arrives nowhere. */
export function leave({ world }: Platform, person: PersonRecord): void {
  person.hasLeft = true;
  world.richMenus.unlink(person.userId);
  world.logins.revokeAllOf(person.userId);
  world.changes.tell({ type: 'people', userId: person.userId });
}
