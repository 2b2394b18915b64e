import { z } from '@hono/zod-openapi';
import { momentShape } from '../../../infra/http/api-shapes.ts';
import { MOST_BYTES } from '../rules/usage-record.ts';

const bytes = z.int().min(0).max(MOST_BYTES);

export const LONGEST_SUBJECT = 100;

/** The database keeps no text with a NUL in it, which would fail all that is sent beside it. */
const text = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .refine((value) => !value.includes('\0'), { message: 'holds a NUL' });

/** A counter is found by its source and session, and the database keeps half a character as another one. */
const HALF = { message: 'holds half a character' };

/** One record of use as a CloudEvent 1.0. Fields that are not named here are let through and not read. */
export const usageEvent = z
  .looseObject({
    specversion: z.literal('1.0'),
    id: text(500).openapi({ description: "The record's natural key; unique within `source`" }),
    source: text(500).openapi({ example: '/radius/pgw-1' }),
    type: z.string().regex(/usage/i, 'names a use of data').openapi({ example: 'example.mobile.data.usage' }),
    subject: text(LONGEST_SUBJECT).openapi({ description: 'MSISDN, or the id of the subscription' }),
    time: momentShape.optional().openapi({ description: 'The end of the use, unless `data.end` tells it' }),
    data: z.looseObject({
      mode: z
        .enum(['delta', 'cumulative', 'total'])
        .default('delta')
        .openapi({
          description:
            '`delta`: this much more. `cumulative`: a counter of its session, else of its day, that only rises. ' +
            '`total`: the same, and a later one replaces it, also by less',
        }),
      session: text(500)
        .refine((value) => value.isWellFormed(), HALF)
        .optional(),
      ratingGroup: z
        .union([z.int(), text(50)])
        .optional()
        .openapi({ description: 'Counters of one session that are kept apart' }),
      uplinkBytes: bytes,
      downlinkBytes: bytes,
      zeroRated: z.boolean().default(false),
      end: momentShape.optional(),
    }),
  })
  .refine((event) => (event.data.end ?? event.time) !== undefined, { message: 'tells its end', path: ['time'] })
  .refine(({ source, data }) => data.mode === 'delta' || source.isWellFormed(), { ...HALF, path: ['source'] })
  .refine(({ data }) => data.uplinkBytes + data.downlinkBytes <= MOST_BYTES, {
    message: 'tells of more than anybody uses',
    path: ['data'],
  })
  .openapi('UsageEvent');

export type UsageEvent = z.infer<typeof usageEvent>;

/** The formats of the feed, by the media type of the request. */
export type FeedFormat = 'single' | 'batch' | 'lines';

export function feedFormat(mediaType: string): FeedFormat | undefined {
  if (/^application\/cloudevents-batch\+json\b/i.test(mediaType)) return 'batch';
  if (/^application\/(cloudevents\+)?(x-)?nd-?json\b|^application\/jsonl\b/i.test(mediaType)) return 'lines';
  if (/^application\/(cloudevents\+)?json\b/i.test(mediaType)) return 'single';
  return undefined;
}

/** The records of a body, not yet looked at; undefined when it is not JSON of that format. */
export function readFeed(format: Exclude<FeedFormat, 'lines'>, body: string): unknown[] | undefined {
  const value = parsed(body);
  if (value === undefined) return undefined;
  if (format === 'single') return Array.isArray(value) ? undefined : [value];
  return Array.isArray(value) ? value : undefined;
}

/** JSON of a body or of one line; undefined when it is none. A faulty line is one fault. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
