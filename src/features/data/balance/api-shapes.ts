import { z } from '@hono/zod-openapi';
import type { Temporal } from 'temporal-polyfill';
import { lastDayBefore } from '../../../base/operator-month.ts';
import type { Balance } from './balance.ts';

const bytes = z.int().min(0).openapi({ description: 'Whole bytes' });

export const balanceShape = z
  .strictObject({
    subscriptionId: z.uuid(),
    asOf: z.string(),
    totalBytes: bytes,
    reservedBytes: bytes.openapi({
      description: 'On loan to the network beside the total; what is not used of it comes back',
    }),
    buckets: z.array(
      z.strictObject({
        kind: z.enum(['carry-over', 'gift', 'base', 'top-up']),
        remainingBytes: bytes,
        expiresAt: z.string().nullable().openapi({ description: 'Exclusive; of the part that ends first' }),
        lastDay: z.string().nullable().openapi({ description: 'The last day on which that part can be used' }),
        parts: z.array(z.strictObject({ remainingBytes: bytes, expiresAt: z.string() })),
      }),
    ),
    usedTodayBytes: bytes,
    usedThisMonthBytes: bytes,
    days: z.array(z.strictObject({ on: z.string(), usedBytes: bytes })),
  })
  .openapi('Balance');

export function balanceBody(balance: Balance, at: Temporal.Instant, zone: string): z.infer<typeof balanceShape> {
  return {
    subscriptionId: balance.subscriptionId,
    asOf: at.toString(),
    totalBytes: balance.totalBytes,
    reservedBytes: balance.reservedBytes,
    buckets: balance.buckets.map(({ kind, remainingBytes, expiresAt, lots }) => ({
      kind,
      remainingBytes,
      expiresAt: expiresAt?.toString() ?? null,
      lastDay: expiresAt === null ? null : lastDayBefore(expiresAt, zone),
      parts: lots.map((lot) => ({ remainingBytes: lot.remainingBytes, expiresAt: lot.expiresAt.toString() })),
    })),
    usedTodayBytes: balance.todayBytes,
    usedThisMonthBytes: balance.monthBytes,
    days: balance.days.map(({ on, usedBytes }) => ({ on, usedBytes })),
  };
}
