import { z } from 'zod';
import { type Content, KEYWORDS_JOIN } from './content.ts';

/** Of LINE's event what a transcript keeps; LINE adds and drops properties at any time. */
const eventShape = z.looseObject({
  type: z.string(),
  message: z
    .looseObject({
      type: z.string(),
      id: z.string().optional(),
      text: z.string().optional(),
      packageId: z.string().optional(),
      stickerId: z.string().optional(),
      keywords: z.array(z.string()).optional().catch(undefined),
      fileName: z.string().optional(),
      title: z.string().optional(),
      address: z.string().optional(),
      isUnsent: z.boolean().optional(),
      markAsReadToken: z.string().max(1_000).optional().catch(undefined),
    })
    .optional(),
  postback: z.looseObject({ data: z.string() }).optional(),
});

export interface Heard {
  readonly content: Content;
  readonly lineMessageId: string | null;
  /** With which LINE marks it as read, and all before it. */
  readonly readToken: string | null;
}

/** What a person sent, as a transcript keeps it; null for events that say nothing. */
export function readHeard(payload: unknown): Heard | null {
  const read = eventShape.safeParse(payload);
  if (!read.success) return null;
  const { message, postback } = read.data;
  if (message) {
    return {
      content: contentOf(message),
      lineMessageId: message.id ?? null,
      readToken: message.markAsReadToken ?? null,
    };
  }
  if (!postback) return null;
  return { content: { kind: 'button', data: postback.data, label: null }, lineMessageId: null, readToken: null };
}

type HeardMessage = NonNullable<z.infer<typeof eventShape>['message']>;

function contentOf(message: HeardMessage): Content {
  if (message.isUnsent) return { kind: 'unsent', was: kindOf(message.type) };
  switch (message.type) {
    case 'text':
      return { kind: 'text', text: message.text ?? '' };
    case 'sticker':
      return stickerOf(message);
    case 'image':
      return { kind: 'picture' };
    case 'file':
      return { kind: 'file', fileName: message.fileName ?? '' };
    case 'location':
      return { kind: 'place', title: message.title ?? message.address ?? '' };
    default:
      return { kind: 'other', type: message.type };
  }
}

/** LINE names up to fifteen keywords, in no order; three tell what it is. */
const KEYWORDS = 3;

function stickerOf({ packageId = '', stickerId = '', text, keywords }: HeardMessage): Content {
  const shows = text?.trim() || keywords?.slice(0, KEYWORDS).join(KEYWORDS_JOIN);
  return { kind: 'sticker', packageId, stickerId, ...(shows ? { shows } : {}) };
}

const kindOf = (type: string) => (type === 'image' ? 'picture' : type === 'location' ? 'place' : type);
