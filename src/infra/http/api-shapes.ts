import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { FIRST_ID } from '../../base/ids.ts';
import { problem } from './problem.ts';

/** What every partner interface describes in the same words. */

const problemShape = z
  .object({
    type: z.string().openapi({ example: 'about:blank' }),
    status: z.int(),
    code: z.string().openapi({ description: 'Stable; programs may rely on it', example: 'not-found' }),
    title: z.string(),
    detail: z.string().optional(),
  })
  .openapi('Problem', { description: 'RFC 9457 problem details' });

/** Describes an answer with problem details. */
export function problemAnswer(description: string) {
  return { description, content: { 'application/problem+json': { schema: problemShape } } };
}

/** Answers with problem details in the type that a described route expects. */
export function describedProblem<Status extends ContentfulStatusCode>(
  c: Context,
  status: Status,
  code: string,
  title: string,
) {
  const body: z.infer<typeof problemShape> = { type: 'about:blank', status, code, title };
  return c.json(body, status, { 'content-type': 'application/problem+json; charset=utf-8' });
}

export const idempotencyKeyHeader = z.object({
  'idempotency-key': z
    .string()
    .min(1)
    .max(200)
    .optional()
    .openapi({ description: 'The same key with the same body gets the same answer; with another body 422' }),
});

/** A moment in ISO 8601, to the nanosecond at most: an instant holds no more. */
export const momentShape = z.iso
  .datetime({ offset: true })
  .refine((text) => !/\.\d{10}/.test(text), 'is a moment to the nanosecond at most');

export const idParameter = z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' } }) });

const MOST_IN_A_PAGE = 1_000;

/** Of a list that is read a page after the other, in the order of ids. */
export const pageQuery = z.object({
  after: z.uuid().default(FIRST_ID).openapi({ description: '`next` of the page before; the first page without it' }),
  limit: z.coerce.number().int().min(1).max(MOST_IN_A_PAGE).default(500),
});

/** A page of a list, and where the next one begins. */
export function pageShape<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    next: z.uuid().nullable().openapi({ description: 'For `after`; null on the last page' }),
  });
}

/** @param found at most `limit`, in the order of ids */
export function pageOf<Found, Body>(
  found: readonly Found[],
  limit: number,
  { id, body }: { id(found: Found): string; body(found: Found): Body },
): { items: Body[]; next: string | null } {
  const last = found.at(-1);
  return { items: found.map(body), next: last !== undefined && found.length === limit ? id(last) : null };
}

type Read =
  | { success: true }
  | { success: false; error: { issues: readonly { path: PropertyKey[]; message: string }[] } };

/** What is wrong with a request, field by field and without repeating what was sent. */
export function answerInvalid(result: Read, c: Context): Response | undefined {
  if (result.success) return undefined;
  return problem(c, 400, 'invalid-request', 'The request does not fit its description', faultsOf(result));
}

/** Every fault as `path: what is wrong`, in one line; undefined where there is none. Holds nothing that was sent. */
export function faultsOf(read: Read): string | undefined {
  if (read.success) return undefined;
  return read.error.issues.map((issue) => `${issue.path.map(String).join('.') || 'body'}: ${issue.message}`).join('; ');
}
