import type { z } from '@hono/zod-openapi';
import type { RowRefusal } from '../../../infra/csv/import-rows.ts';
import { faultsOf } from '../../../infra/http/api-shapes.ts';

/** A row by the shape that the interface asks for, so that a file and a program are held to the same. */
export function readRow<Item>(
  shape: z.ZodType<Item>,
  told: Record<string, unknown>,
): { readonly item: Item } | { readonly fault: RowRefusal } {
  const read = shape.safeParse(told);
  if (read.success) return { item: read.data };
  return { fault: { code: 'malformed', reason: faultsOf(read) ?? 'it does not fit' } };
}
