/** How a contractor wants points used on the monthly bill. */
export type BillSetting =
  | { readonly use: 'none' }
  | { readonly use: 'all' }
  /** So many each month, or what there is. */
  | { readonly use: 'fixed'; readonly points: number };

/** How many points a bill takes: never more than there are, nor than may be paid with points. 1 point is 1 yen. */
export function pointsForBill(facts: { setting: BillSetting; balance: number; spendableYen: number }): number {
  const { setting, balance, spendableYen } = facts;
  const most = Math.max(0, Math.min(balance, spendableYen));
  switch (setting.use) {
    case 'none':
      return 0;
    case 'all':
      return most;
    case 'fixed':
      return Math.min(most, setting.points);
  }
}

export type BillSettingFault = 'not-a-number' | 'too-small' | 'too-large';

/** More than any bill, and small enough to be read. */
export const MOST_FIXED_POINTS = 100_000;

/** What was typed as the fixed part, or why it cannot be: full-width digits, blanks and commas are fine. */
export function readFixedPoints(typed: string): { ok: true; points: number } | { ok: false; code: BillSettingFault } {
  const digits = typed.normalize('NFKC').replace(/[\s,]|ポイント|pt$/giu, '');
  if (!/^\d{1,12}$/.test(digits)) return { ok: false, code: 'not-a-number' };
  const points = Number(digits);
  if (points < 1) return { ok: false, code: 'too-small' };
  if (points > MOST_FIXED_POINTS) return { ok: false, code: 'too-large' };
  return { ok: true, points };
}
