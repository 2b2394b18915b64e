import { z } from '@hono/zod-openapi';
import type { Used } from '../batch/commands.ts';

export const recordShape = z
  .strictObject({
    status: z.enum(['accepted', 'duplicate']),
    usedOn: z.string(),
    drawnBytes: z.int().openapi({ description: 'Whole bytes; below zero where a smaller total gave back' }),
    overBytes: z.int().openapi({ description: 'Used beyond what was there; below zero where a total became smaller' }),
    isLate: z.boolean().openapi({ description: 'Its month was closed: it drew from what is there now' }),
  })
  .openapi('UsageRecordResult');

export function recordBody(
  status: 'accepted' | 'duplicate',
  { usedOn, drawnBytes, overBytes, isLate }: Used,
): z.infer<typeof recordShape> {
  return { status, usedOn, drawnBytes, overBytes, isLate };
}

export const summaryShape = z
  .strictObject({
    accepted: z.int(),
    duplicates: z.int(),
    conflicts: z.int(),
    refused: z.int(),
    problems: z.array(z.strictObject({ index: z.int(), id: z.string().nullable(), code: z.string() })),
    problemsNotListed: z.int().openapi({ description: 'Beyond the first thousand' }),
  })
  .openapi('UsageSummary');
