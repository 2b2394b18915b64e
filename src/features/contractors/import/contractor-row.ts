import { z } from '@hono/zod-openapi';
import { type CsvRow, missingOf, yesOrNo } from '../../../infra/csv/csv-file.ts';
import type { RowsOf } from '../../../infra/csv/import-rows.ts';
import { contractorChangeShape, newContractorShape } from '../api-shapes.ts';
import { isGoodPasswordHash } from '../rules/password-hash.ts';
import { readRow } from './row.ts';

const shape = contractorChangeShape.extend({
  loginId: newContractorShape.shape.loginId,
  name: newContractorShape.shape.name,
  email: newContractorShape.shape.email,
  password: newContractorShape.shape.password.optional(),
  passwordHash: z.string().refine(isGoodPasswordHash, 'is not argon2id with at least 19 MiB and two passes').optional(),
});

/** A contractor as a row tells them. What the file has no column for is not told. */
export type ContractorRow = z.infer<typeof shape>;

const NEEDED: Readonly<Record<string, string>> = {
  loginId: 'loginId (what they sign in with)',
  name: 'name',
  email: 'email',
};
const OPTIONAL = [
  'password',
  'passwordHash',
  'kana',
  'birthDate',
  'identityVerified',
  'postalCode',
  'address',
  'phone',
] as const;

export const contractorRows: Pick<RowsOf<ContractorRow>, 'columns' | 'read'> = {
  columns: {
    known: [...Object.keys(NEEDED), ...OPTIONAL],
    missing: (header) => missingOf(NEEDED, header),
  },
  read: (row) => readRow(shape, told(row)),
};

function told(row: CsvRow): Record<string, unknown> {
  const { loginId, name, email, kana, birthDate, identityVerified, postalCode, address, phone } = row;
  const hasHome = Boolean(postalCode || address || phone);
  return {
    loginId,
    name,
    email,
    ...(row.password ? { password: row.password } : {}),
    ...(row.passwordHash ? { passwordHash: row.passwordHash } : {}),
    ...(kana === undefined ? {} : { kana: kana || null }),
    ...(birthDate === undefined ? {} : { birthDate: birthDate || null }),
    ...(identityVerified ? { identityVerified: yesOrNo(identityVerified) ?? identityVerified } : {}),
    ...(hasHome
      ? { home: { postalCode: postalCode?.replace('-', ''), address, phone: phone?.replaceAll('-', '') } }
      : {}),
  };
}
