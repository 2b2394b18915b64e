import { z } from 'zod';
import type { Content } from './content.ts';

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
      fileName: z.string().optional(),
      title: z.string().optional(),
      address: z.string().optional(),
      isUnsent: z.boolean().optional(),
    })
    .optional(),
  postback: z.looseObject({ data: z.string() }).optional(),
});

/** What a person sent, as a transcript keeps it; null for events that say nothing. */
export function readHeard(payload: unknown): { content: Content; lineMessageId: string | null } | null {
  const read = eventShape.safeParse(payload);
  if (!read.success) return null;
  const { message, postback } = read.data;
  if (message) return { content: contentOf(message), lineMessageId: message.id ?? null };
  return postback ? { content: { kind: 'button', data: postback.data, label: null }, lineMessageId: null } : null;
}

function contentOf(message: NonNullable<z.infer<typeof eventShape>['message']>): Content {
  if (message.isUnsent) return { kind: 'unsent', was: kindOf(message.type) };
  switch (message.type) {
    case 'text':
      return { kind: 'text', text: message.text ?? '' };
    case 'sticker':
      return { kind: 'sticker', packageId: message.packageId ?? '', stickerId: message.stickerId ?? '' };
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

const kindOf = (type: string) => (type === 'image' ? 'picture' : type === 'location' ? 'place' : type);
