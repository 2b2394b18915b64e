import type { Platform } from '../platform.ts';
import { makeEvent } from '../webhooks/events.ts';
import type { PersonRecord } from '../world/people.ts';
import type { World } from '../world/world.ts';

/** What shows in the talk, and what the webhook says about it; both carry the same message id. */
interface Said {
  shown: { type: string } & Record<string, unknown>;
  /** Null when the bot does not hear of it. */
  told: ({ type: string } & Record<string, unknown>) | null;
  /** The message it answers. */
  quotes?: string;
}

/** Of the others LINE gives no token to quote them by. */
const quotable = new Set(['text', 'sticker', 'image', 'video']);

/** What may come with a text. */
export interface TextExtras {
  /** LINE's own emoji, which stand in the text as `(name)`. */
  emojis?: { index: number; length: number; productId: string; emojiId: string }[];
  /** The id of the message it answers (リプライ). */
  quotes?: string;
}

/** The person writes a text. Returns the message id. */
export function sayText(
  platform: Platform,
  person: PersonRecord,
  text: string,
  { emojis, quotes }: TextExtras = {},
): string {
  const message = { type: 'text', text, ...(emojis ? { emojis } : {}) };
  return say(platform, person, { shown: message, told: message, ...(quotes ? { quotes } : {}) });
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

/** What else a person sends that has bytes, with what the webhook says of it. */
export interface SentMedia {
  kind: 'video' | 'audio' | 'file';
  bytes: Uint8Array;
  contentType: string;
  fileName: string;
}

/** Until then content calls answer 202: LINE prepares videos and sounds before it hands them out. */
const preparesForMs = 1_000;

/** The person sends a video, a sound or a file. */
export function sayMedia(platform: Platform, person: PersonRecord, { kind, fileName, ...content }: SentMedia): string {
  const { world } = platform;
  const id = world.ids.messageId();
  const isPrepared = kind !== 'file';
  world.contents.add(id, {
    ...content,
    readyAtMs: world.clock.now() + (isPrepared ? preparesForMs : 0),
    isGone: false,
  });
  const url = `/control/contents/${id}`;
  const fileSize = content.bytes.length;
  const told = isPrepared
    ? { type: kind, duration: 3_000, contentProvider: { type: 'line' } }
    : { type: kind, fileName, fileSize };
  const shown = { type: kind, originalContentUrl: url, ...(isPrepared ? { duration: 3_000 } : { fileName, fileSize }) };
  return say(platform, person, { shown, told }, id);
}

export interface Place {
  title?: string;
  address?: string;
  latitude: number;
  longitude: number;
}

/** The person says where they are. */
export function sayLocation(platform: Platform, person: PersonRecord, place: Place): string {
  const location = { type: 'location', ...place };
  return say(platform, person, { shown: location, told: location });
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
  const quoted = said.quotes ? { quotedMessageId: said.quotes } : {};
  world.talks.add(person.userId, {
    id,
    from: 'person',
    at: world.clock.instant(),
    message: said.shown,
    ...quoted,
    isRead: world.chatMode === 'bot' && !person.isBlocked,
  });
  world.changes.tell({ type: 'screen', userId: person.userId });
  if (person.isBlocked || said.told === null) return id;
  person.lastWroteAtMs = world.clock.now();
  const markAsReadToken = world.ids.opaque(32);
  world.talks.rememberReadToken(markAsReadToken, { userId: person.userId, messageId: id });
  const { type, ...rest } = said.told;
  const message = { type, id, ...quoteTokenOf(world, person.userId, id, type), markAsReadToken, ...rest, ...quoted };
  webhooks.send(makeEvent(world, person.userId, { type: 'message', reply: true, message }));
  return id;
}

/** The token to quote a message by; nothing for kinds that cannot be quoted. */
export function quoteTokenOf(world: World, chatId: string, messageId: string, type: string): { quoteToken?: string } {
  if (!quotable.has(type)) return {};
  const quoteToken = world.ids.quoteToken();
  world.quotes.remember(quoteToken, { chatId, messageId });
  return { quoteToken };
}
