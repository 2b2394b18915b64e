import type { Platform } from '../platform.ts';
import { makeEvent, type Source } from '../webhooks/events.ts';
import type { Group } from '../world/groups.ts';
import type { PersonRecord } from '../world/people.ts';
import { quoteTokenOf } from './say.ts';

/** Somebody invites the account: it is in at once, as LINE does it, and hears of it. */
export function invite({ world, webhooks }: Platform, group: Group): void {
  if (group.hasAccount) return;
  group.hasAccount = true;
  webhooks.send(makeEvent(world, sourceOf(group), { type: 'join', reply: true }));
  world.changes.tell({ type: 'groups' });
}

/** Somebody removes the account. */
export function remove({ world, webhooks }: Platform, group: Group): void {
  if (!group.hasAccount) return;
  group.hasAccount = false;
  webhooks.send(makeEvent(world, sourceOf(group), { type: 'leave', reply: false }));
  world.changes.tell({ type: 'groups' });
}

/** The account goes by itself. Nobody tells it what it did. */
export function leaveGroup({ world }: Platform, group: Group): void {
  group.hasAccount = false;
  world.changes.tell({ type: 'groups' });
}

export function comeIn(platform: Platform, group: Group, { userId }: PersonRecord): void {
  if (group.members.includes(userId)) return;
  group.members.push(userId);
  tellOfMember(platform, group, { type: 'memberJoined', reply: true, joined: { members: [{ type: 'user', userId }] } });
}

export function goOut(platform: Platform, group: Group, userId: string): void {
  if (!group.members.includes(userId)) return;
  group.members.splice(group.members.indexOf(userId), 1);
  tellOfMember(platform, group, { type: 'memberLeft', reply: false, left: { members: [{ type: 'user', userId }] } });
}

function tellOfMember({ world, webhooks }: Platform, group: Group, event: Parameters<typeof makeEvent>[2]): void {
  if (group.hasAccount) webhooks.send(makeEvent(world, sourceOf(group), event));
  world.changes.tell({ type: 'groups' });
}

/** A member says something to all; the account hears it while it is there. Returns the message id. */
export function sayInGroup(
  { world, webhooks, settings }: Platform,
  group: Group,
  { person, text, quotes }: { person: PersonRecord; text: string; quotes?: string },
): string {
  const id = world.ids.messageId();
  const quoted = quotes ? { quotedMessageId: quotes } : {};
  const said = { id, from: 'person' as const, by: person.userId, at: world.clock.instant() };
  world.talks.add(group.groupId, { ...said, message: { type: 'text', text }, ...quoted });
  world.changes.tell({ type: 'screen', userId: group.groupId });
  const quoteToken = quoteTokenOf(world, group.groupId, id, 'text');
  if (!group.hasAccount) return id;
  const names = group.members.flatMap((userId) => world.people.find(userId) ?? []);
  const message = { type: 'text', id, ...quoteToken, text, ...quoted, ...mentionIn(text, names, settings.account) };
  webhooks.send(makeEvent(world, sourceOf(group, person.userId), { type: 'message', reply: true, message }));
  return id;
}

interface Named {
  userId: string;
  displayName: string;
}

/** `@name` of somebody who is there; of the account, `isSelf` says so. */
function mentionIn(text: string, members: Named[], account: Named) {
  const mentionees = [...members, account].flatMap(({ userId, displayName }) => {
    const index = text.indexOf(`@${displayName}`);
    if (index < 0) return [];
    return [{ index, length: displayName.length + 1, type: 'user', userId, isSelf: userId === account.userId }];
  });
  return mentionees.length > 0 ? { mention: { mentionees: mentionees.sort((a, b) => a.index - b.index) } } : {};
}

function sourceOf({ kind, groupId }: Group, userId?: string): Source {
  const by = userId === undefined ? {} : { userId };
  return kind === 'group' ? { type: 'group', groupId, ...by } : { type: 'room', roomId: groupId, ...by };
}
