import type { Platform } from '../platform.ts';
import { makeEvent } from '../webhooks/events.ts';
import type { PersonRecord } from '../world/people.ts';

/** What shows in the talk, and what the webhook says about it; both carry the same message id. */
interface Said {
  shown: { type: string } & Record<string, unknown>;
  /** Null when the bot does not hear of it. */
  told: ({ type: string } & Record<string, unknown>) | null;
}

/** The person writes a text. Returns the message id. */
export function sayText(platform: Platform, person: PersonRecord, text: string): string {
  return say(platform, person, { shown: { type: 'text', text }, told: { type: 'text', text } });
}

export function saySticker(
  platform: Platform,
  person: PersonRecord,
  sticker: { packageId: string; stickerId: string },
): string {
  return say(platform, person, {
    shown: { type: 'sticker', ...sticker },
    told: { type: 'sticker', ...sticker, stickerResourceType: 'STATIC', keywords: ['Happy'] },
  });
}

/** The person sends a picture; its bytes can be fetched from the data origin. */
export function sayImage(
  platform: Platform,
  person: PersonRecord,
  image: { bytes: Uint8Array; contentType: string },
): string {
  const { world } = platform;
  const id = world.ids.messageId();
  world.contents.add(id, { ...image, readyAtMs: world.clock.now(), isGone: false });
  const url = `/control/contents/${id}`;
  return say(
    platform,
    person,
    {
      shown: { type: 'image', originalContentUrl: url, previewImageUrl: url },
      told: { type: 'image', contentProvider: { type: 'line' } },
    },
    id,
  );
}

/**
 * An app writes a message object into the talk in the person's name (`liff.sendMessages`). The bot hears of it, unless
 * it is a template or a Flex message.
 */
export function sayObject(
  platform: Platform,
  person: PersonRecord,
  message: { type: string } & Record<string, unknown>,
): string {
  const { originalContentUrl, previewImageUrl, ...rest } = message;
  const isFile = typeof originalContentUrl === 'string';
  const contentProvider = { type: 'external', originalContentUrl, ...(previewImageUrl ? { previewImageUrl } : {}) };
  const told = { ...rest, ...(isFile ? { contentProvider } : {}) };
  const isTold = message.type !== 'template' && message.type !== 'flex';
  return say(platform, person, { shown: message, told: isTold ? told : null });
}

/** The person takes a message back. False when it is not one of theirs. */
export function unsend({ world, webhooks }: Platform, person: PersonRecord, messageId: string): boolean {
  const entry = world.talks.of(person.userId).entries.find(({ id, from }) => id === messageId && from === 'person');
  if (!entry || entry.isUnsent) return false;
  entry.isUnsent = true;
  const content = world.contents.find(messageId);
  if (content) content.isGone = true;
  webhooks.send(makeEvent(world, person.userId, { type: 'unsend', reply: false, unsend: { messageId } }));
  world.changes.tell({ type: 'screen', userId: person.userId });
  return true;
}

/** Shows the person's message in the talk; the bot hears of it unless it is blocked. */
function say(platform: Platform, person: PersonRecord, said: Said, id = platform.world.ids.messageId()): string {
  const { world, webhooks } = platform;
  world.talks.add(person.userId, {
    id,
    from: 'person',
    at: world.clock.instant(),
    message: said.shown,
    isRead: world.chatMode === 'bot' && !person.isBlocked,
  });
  world.changes.tell({ type: 'screen', userId: person.userId });
  if (person.isBlocked || said.told === null) return id;
  person.lastWroteAtMs = world.clock.now();
  const markAsReadToken = world.ids.opaque(32);
  world.talks.rememberReadToken(markAsReadToken, { userId: person.userId, messageId: id });
  const { type, ...rest } = said.told;
  const message = { type, id, quoteToken: world.ids.quoteToken(), markAsReadToken, ...rest };
  webhooks.send(makeEvent(world, person.userId, { type: 'message', reply: true, message }));
  return id;
}
