import { z } from 'zod';
import type { Situation, Wordless } from './rules/routing.ts';

/** Of LINE's event only what is used; everything may be missing, since LINE adds and drops properties. */
const eventShape = z.looseObject({
  type: z.string(),
  mode: z.string().optional(),
  replyToken: z.string().optional(),
  source: z
    .looseObject({
      type: z.string().optional(),
      userId: z.string().optional(),
      groupId: z.string().optional(),
      roomId: z.string().optional(),
    })
    .nullish(),
  unsend: z.looseObject({ messageId: z.string() }).optional(),
  message: z
    .looseObject({
      type: z.string(),
      text: z.string().optional(),
      markAsReadToken: z.string().max(1_000).optional().catch(undefined),
    })
    .optional(),
  postback: z
    .looseObject({ data: z.string(), params: z.looseObject({ status: z.string().optional() }).optional() })
    .optional(),
  link: z.looseObject({ result: z.string(), nonce: z.string() }).optional(),
});

export interface ReadEvent extends Situation {
  readonly replyToken: string | null;
  /** With which LINE marks the message as read, and all before it. */
  readonly readToken: string | null;
  /** Present on account links. */
  readonly link: { readonly isOk: boolean; readonly nonce: string } | null;
}

/** What a stored event says; an event that cannot be read at all asks for nothing. */
export function readEvent(payload: unknown, lineUserId: string | null): ReadEvent {
  const read = eventShape.safeParse(payload);
  const hasPerson = lineUserId !== null;
  if (!read.success) {
    return {
      happening: { kind: 'unasked' },
      isStandby: false,
      isOneToOne: false,
      hasPerson,
      replyToken: null,
      readToken: null,
      link: null,
    };
  }
  const event = read.data;
  return {
    happening: happeningOf(event),
    isStandby: event.mode === 'standby',
    isOneToOne: (event.source?.type ?? 'user') === 'user',
    hasPerson,
    replyToken: event.replyToken ?? null,
    readToken: event.message?.markAsReadToken ?? null,
    link: event.link ? { isOk: event.link.result === 'ok', nonce: event.link.nonce } : null,
  };
}

/** By LINE's kinds of message. */
const WORDLESS: Readonly<Record<string, Wordless>> = {
  image: 'picture',
  video: 'picture',
  audio: 'voice',
  location: 'place',
  file: 'file',
};

function happeningOf(event: z.infer<typeof eventShape>): Situation['happening'] {
  switch (event.type) {
    case 'follow':
      return { kind: 'follow' };
    case 'unfollow':
      return { kind: 'unfollow' };
    case 'message':
      return event.message?.type === 'text' && event.message.text !== undefined
        ? { kind: 'text', text: event.message.text }
        : { kind: 'wordless', what: WORDLESS[event.message?.type ?? ''] ?? 'sticker' };
    case 'postback':
      // A tab of the menu was changed on the phone already, or (so `status` says) was not; LINE wants no answer to it.
      if (!event.postback || event.postback.params?.status !== undefined) return { kind: 'unasked' };
      return { kind: 'button', data: event.postback.data };
    case 'join':
      return invitationIn(event.source);
    case 'unsend':
      return event.unsend ? { kind: 'unsend', messageId: event.unsend.messageId } : { kind: 'unasked' };
    case 'accountLink':
      return event.link ? { kind: 'account-link' } : { kind: 'unasked' };
    default:
      return { kind: 'unasked' };
  }
}

function invitationIn(source: z.infer<typeof eventShape>['source']): Situation['happening'] {
  if (source?.groupId !== undefined) return { kind: 'invited', group: { kind: 'group', id: source.groupId } };
  if (source?.roomId !== undefined) return { kind: 'invited', group: { kind: 'room', id: source.roomId } };
  return { kind: 'unasked' };
}
