import type { z } from '@hono/zod-openapi';
import type { RowRefusal } from '../../../infra/csv/import-rows.ts';
import { faultsOf } from '../../../infra/http/api-shapes.ts';

/** The columns that a header lacks, in words. */
export function missingColumns(
  needed: Readonly<Record<string, string>>,
  columns: readonly string[],
): readonly string[] {
  return Object.keys(needed).flatMap((name) => (columns.includes(name) ? [] : (needed[name] ?? [])));
}

/** A row by the shape that the interface asks for, so that a file and a program are held to the same. */
export function readRow<Item>(
  shape: z.ZodType<Item>,
  told: Record<string, unknown>,
): { readonly item: Item } | { readonly fault: RowRefusal } {
  const read = shape.safeParse(told);
  if (read.success) return { item: read.data };
  return { fault: { code: 'malformed', reason: faultsOf(read) ?? 'it does not fit' } };
}

/** What is neither stays as it is, and does not fit. */
export function yesOrNo(text: string): boolean | string {
  if (/^(1|yes|true)$/i.test(text)) return true;
  return /^(0|no|false)$/i.test(text) ? false : text;
}
