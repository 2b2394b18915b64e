import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { instantText } from '../../base/instant-text.ts';
import type { ToldFacts } from '../../infra/line/outbox/outbox.ts';
import type { Notice } from './facts.ts';

/** Under this name what is told of gifts lies in the outbox until it is put into words (`messages.ts`). */
export const GIFT_WORDING = 'gifts';

const bytes = z.int().min(0);
const instant = z.string().transform((text) => Temporal.Instant.from(text));
const received = { amountBytes: bytes, usableUntil: instant, balanceBytes: bytes };

/** What lies there. */
export const noticeFacts = z.discriminatedUnion('about', [
  z.object({ about: z.literal('offered-to-you'), giftId: z.uuid(), amountBytes: bytes, expiresAt: instant }),
  z.object({ about: z.literal('you-received'), ...received }),
  z.object({ about: z.literal('was-received'), ...received }),
  z.object({
    about: z.literal('came-back'),
    amountBytes: bytes,
    reason: z.enum(['declined', 'expired']),
    backBytes: bytes,
    balanceBytes: bytes,
  }),
]);

export type NoticeFacts = z.infer<typeof noticeFacts>;

/** A notice as it is written. */
export function toldFacts(notice: Notice): ToldFacts {
  return { lineUserId: notice.to, namedLineUserId: notice.other, facts: factsOf(notice) };
}

function factsOf(notice: Notice): z.input<typeof noticeFacts> {
  const { about, amountBytes } = notice;
  switch (about) {
    case 'offered-to-you':
      return { about, giftId: notice.giftId, amountBytes, expiresAt: instantText(notice.expiresAt) };
    case 'you-received':
    case 'was-received':
      return { about, amountBytes, usableUntil: instantText(notice.usableUntil), balanceBytes: notice.balanceBytes };
    case 'came-back': {
      const { reason, backBytes, balanceBytes } = notice;
      return { about, amountBytes, reason, backBytes, balanceBytes };
    }
  }
}
