import { z } from '@hono/zod-openapi';
import { Temporal } from 'temporal-polyfill';
import { accept } from '../../base/refusal.ts';
import { runnerOf } from '../../infra/db/index.ts';
import { momentShape } from '../../infra/http/api-shapes.ts';
import { submitWithin } from '../../ledger/within.ts';
import { LENT_AT_MOST_SECONDS } from '../data/index.ts';
import { describeAction } from './action.ts';
import { AMOUNT_INVALID, NOT_FOUND, NOT_IN_SERVICE, refusal } from './answers.ts';
import {
  accountOf,
  accountRef,
  period,
  quantity,
  readBucketId,
  sentAside,
  sentQuantity,
  sentRef,
  WHOLE,
  words,
} from './refs.ts';
import { bytesOf, quantityOf, wholeBytesOf } from './rules/amounts.ts';

const LENT_SECONDS = 60 * 60;
const ALREADY_ENDED = refusal(409, 'alreadyEnded', 'It was ended otherwise');

const input = z
  .strictObject({
    amount: sentQuantity,
    usageType: z.literal('data'),
    bucket: sentRef(words(100)).openapi({
      description: 'The subscription’s id alone: data is lent in the order of use, whatever its kind',
    }),
    partyAccount: sentRef(z.uuid()).openapi({ description: 'The contractor' }),
    validFor: z
      .strictObject({ endDateTime: momentShape })
      .optional()
      .openapi({ description: 'Until when it is lent, at most 24 hours; without it, one' }),
    channel: sentRef(words(100)).optional(),
    reason: words(300).optional(),
    ...sentAside,
  })
  .openapi('ReserveBalanceCreate');

const endInput = z
  .strictObject({
    status: z.enum(['completed', 'cancelled']),
    amount: sentQuantity
      .optional()
      .openapi({ description: 'What was used; with `completed` alone, and required there' }),
    reason: words(300).optional(),
    '@type': z.string().optional(),
  })
  .openapi('ReserveBalanceUpdate');

/** Slices for a network that charges online: those of `/api/v1/subscriptions/{id}/reservations`. */
export const reservations = describeAction({
  kind: 'reserve',
  noun: 'reservation',
  says: {
    does: 'Lends the network a slice ahead of use',
    done: 'Lent; may be less than was asked for',
    conflict: 'nothing is left to lend',
  },
  input,
  added: {
    partyAccount: accountRef,
    validFor: period,
    usedValue: quantity.optional().openapi({ description: 'What was used, once it is completed (an extension)' }),
    overValue: quantity.optional().openapi({ description: 'Of it, what nothing was there for (an extension)' }),
  },
  addedOf: ({ contractorId, waitsUntil, requestedAt, status, usedBytes, overBytes }, { megabyte }) => ({
    partyAccount: accountOf(contractorId),
    validFor: { endDateTime: (waitsUntil ?? requestedAt).toString() },
    ...(status === 'completed' && usedBytes !== null && overBytes !== null
      ? { usedValue: quantityOf(usedBytes, megabyte), overValue: quantityOf(overBytes, megabyte) }
      : {}),
  }),

  async ask({ amount, bucket, partyAccount, validFor, channel, reason }, { data, clock, site, named }) {
    const amountBytes = bytesOf(amount, site.megabyte);
    if (amountBytes === undefined) return AMOUNT_INVALID;
    const wanted = readBucketId(bucket.id);
    const subscription = await named.subscription(wanted?.subscriptionId);
    if (!wanted || subscription?.contractorId !== partyAccount.id) return NOT_FOUND;
    if (wanted.kind !== WHOLE) {
      return refusal(400, 'bucketNotForReserve', 'Data is lent from the subscription, in the order of use');
    }
    const until = validFor ? Temporal.Instant.from(validFor.endDateTime) : clock.now().add({ seconds: LENT_SECONDS });
    const validForSeconds = Math.floor((until.epochMilliseconds - clock.now().epochMilliseconds) / 1_000);
    if (validForSeconds < 1 || validForSeconds > LENT_AT_MOST_SECONDS) {
      return refusal(400, 'validForInvalid', 'Data is lent for 24 hours at most');
    }
    const { subscriptionId } = subscription;
    return accept({
      subscriptionId,
      bucket: WHOLE,
      amountBytes,
      sameBy: [subscriptionId, amountBytes, validFor?.endDateTime ?? null, channel?.id ?? null, reason ?? null],
      move: async (tx, { actionId: reservationId, requestedAt }) => {
        const slice = { reservationId, subscriptionId, bytes: amountBytes, validForSeconds };
        const command = { kind: 'reserve' as const, requestId: `tmf654:${reservationId}`, ...slice };
        const [submitted] = await submitWithin(runnerOf(tx), requestedAt, data.family, [command]);
        if (!submitted?.ok) throw new Error('a reservation was not answered by the ledger');
        const { answer } = submitted;
        if (answer.result !== 'refused') return accept(null);
        switch (answer.code) {
          case 'not-in-service':
            return NOT_IN_SERVICE;
          case 'nothing-left':
            return refusal(409, answer.code, 'Nothing is left to lend');
          default:
            throw new Error(`a reservation was refused with ${answer.code}`);
        }
      },
    });
  },

  end: {
    says: {
      does: 'Ends a reservation: `completed` with what was used of it, or `cancelled` when nothing was',
      done: 'Ended',
    },
    input: endInput,
    otherwise: ALREADY_ENDED,
    fault({ status, amount }, { site }) {
      if (status === 'cancelled') return amount && AMOUNT_INVALID;
      const usedBytes = amount && wholeBytesOf(amount, site.megabyte);
      return usedBytes === undefined || usedBytes < 0 ? AMOUNT_INVALID : undefined;
    },
    async end({ actionId: reservationId, subscriptionId }, { amount }, { data, site }) {
      const slice = { reservationId, subscriptionId };
      const usedBytes = amount && wholeBytesOf(amount, site.megabyte);
      const submitted =
        usedBytes === undefined
          ? await data.returnSlice({ ...slice, reason: 'released' })
          : await data.settleSlice({ ...slice, usedBytes, endedAt: null });
      return submitted.ok && submitted.answer.result !== 'refused' ? undefined : ALREADY_ENDED;
    },
  },
});
