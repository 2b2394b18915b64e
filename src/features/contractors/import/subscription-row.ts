import type { z } from '@hono/zod-openapi';
import { type CsvRow, missingOf } from '../../../infra/csv/csv-file.ts';
import type { RowsOf } from '../../../infra/csv/import-rows.ts';
import { newContractorShape, newSubscriptionShape } from '../api-shapes.ts';
import { readRow } from './row.ts';

const shape = newSubscriptionShape.omit({ contractorId: true }).extend({ loginId: newContractorShape.shape.loginId });

/** A subscription as a row tells it. What the file has no column for is not told. */
export type SubscriptionRow = z.infer<typeof shape>;

const NEEDED: Readonly<Record<string, string>> = {
  loginId: "loginId (the contractor's)",
  msisdn: 'msisdn (the phone number)',
  planCode: 'planCode',
  opensAt: 'opensAt (a moment like 2026-04-01T00:00:00+09:00)',
};
const OPTIONAL = ['optionCodes', 'endedAt', 'userName', 'userBirthDate', 'filtering'] as const;

export const subscriptionRows: Pick<RowsOf<SubscriptionRow>, 'columns' | 'read'> = {
  columns: {
    known: [...Object.keys(NEEDED), ...OPTIONAL],
    missing: (header) => missingOf(NEEDED, header),
  },
  read: (row) => readRow(shape, told(row)),
};

function told(row: CsvRow): Record<string, unknown> {
  const { loginId, msisdn, planCode, opensAt, optionCodes } = row;
  const orNone = (column: 'endedAt' | 'userName' | 'userBirthDate' | 'filtering') =>
    row[column] === undefined ? {} : { [column]: row[column] || null };
  return {
    loginId,
    msisdn,
    planCode,
    opensAt,
    ...(optionCodes === undefined ? {} : { optionCodes: optionCodes.split(/\s+/).filter(Boolean) }),
    ...orNone('endedAt'),
    ...orNone('userName'),
    ...orNone('userBirthDate'),
    // Nothing written: the usual for the age, as with a new subscription by the interface.
    ...(row.filtering ? { filtering: row.filtering } : {}),
  };
}
