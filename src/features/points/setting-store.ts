import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../infra/db/runner.ts';
import { loadSettings, settingOf } from './load-store.ts';
import type { BillSetting } from './rules/bill-use.ts';

export async function loadSetting(sql: SqlRunner, contractorId: string): Promise<BillSetting> {
  const [row] = await loadSettings(sql, [contractorId]);
  return row ? settingOf(row) : { use: 'none' };
}

export async function saveSetting(
  sql: SqlRunner,
  change: { contractorId: string; setting: BillSetting; now: Temporal.Instant },
): Promise<void> {
  const { setting } = change;
  await sql.query(
    `insert into point_setting (contractor_id, bill_use, fixed_points, changed_at) values ($1, $2, $3, $4)
     on conflict (contractor_id) do update
     set bill_use = excluded.bill_use, fixed_points = excluded.fixed_points, changed_at = excluded.changed_at`,
    [change.contractorId, setting.use, setting.use === 'fixed' ? setting.points : null, change.now.toString()],
  );
}
