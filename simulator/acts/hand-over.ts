import type { Platform } from '../platform.ts';
import type { PersonRecord } from '../world/people.ts';

/** Something a person hands to a friend, outside the talk with the account. */
export function handOver(
  { world }: Platform,
  from: PersonRecord,
  to: PersonRecord,
  message: { type: string } & Record<string, unknown>,
): void {
  world.inboxes.add(to.userId, {
    id: world.ids.messageId(),
    from: { userId: from.userId, displayName: from.displayName },
    at: world.clock.instant(),
    text: inWords(message),
  });
  world.changes.tell({ type: 'inbox', userId: to.userId });
}

/** Talks between friends are shown as text: what the message says, and where its buttons lead. */
function inWords(message: Record<string, unknown>): string {
  const first = message.text ?? message.altText ?? message.title ?? message.originalContentUrl ?? message.type;
  return [String(first), ...new Set(linksIn(message.contents ?? message.template))].join('\n');
}

function linksIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const own = 'type' in node && node.type === 'uri' && 'uri' in node ? [String(node.uri)] : [];
  return [...own, ...Object.values(node).flatMap(linksIn)];
}
