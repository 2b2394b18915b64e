import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { faultsOf } from '../../tests/support/faults.ts';
import { testFolder } from '../../tests/support/folder.ts';
import { GB, megabytes } from '../base/bytes.ts';
import { loadOperator } from './load-operator.ts';

let folder: string;
beforeEach(() => {
  folder = testFolder();
  cpSync('operator', folder, { recursive: true });
});

const change = (file: string, from: string | RegExp, to: string) => {
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  expect(text).toMatch(from);
  writeFileSync(path, text.replace(from, to));
};

describe("the operator's folder", () => {
  test('gives plans in bytes and the chosen gift policy', () => {
    const operator = loadOperator(folder);
    expect(operator.plans.map((plan) => plan.monthlyBytes)).toEqual([megabytes(500), 3 * GB, 6 * GB, 12 * GB, 3 * GB]);
    expect(operator.giftPolicy).toMatchObject({
      preset: 'line-mobile',
      stepBytes: megabytes(500),
      limitPerMonth: 'plan',
    });
  });

  test.each(['line-mobile', 'mineo-like', 'family-only'])('the preset %s is one word away', (preset) => {
    change('operator.yaml', /giftPolicy: .*/, `giftPolicy: ${preset}`);
    expect(loadOperator(folder).giftPolicy.preset).toBe(preset);
  });

  test('lists every fault at once', () => {
    change('operator.yaml', 'Asia/Tokyo', 'Asia/Edo');
    change('operator.yaml', /displayName: .*/, 'displayName: さくらLINEモバイル');
    change('plans.yaml', 'monthlyFeeYen: 660', 'monthlyFeeYen: -1');
    const faults = faultsOf(() => loadOperator(folder));
    expect(faults.join('\n')).toMatch(/timeZone must be an IANA time zone/);
    expect(faults.join('\n')).toMatch(/may not contain "LINE"/);
  });

  test('an option for a plan that is not sold is a fault, beside every other', () => {
    change('billing.yaml', 'plans: [p3, p6, p12]', 'plans: [p3, p7]');
    change('billing.yaml', 'taxPercent: 10', 'taxPercent: 10.5');
    change('billing.yaml', 'code: gb1,', 'code: gb05,');
    const faults = faultsOf(() => loadOperator(folder)).join('\n');
    expect(faults).toMatch(/taxPercent/);
    expect(faults).toMatch(/pack code twice/);
    change('billing.yaml', 'taxPercent: 10.5', 'taxPercent: 10');
    change('billing.yaml', 'code: gb05, megabytes: 1000', 'code: gb1, megabytes: 1000');
    expect(faultsOf(() => loadOperator(folder))).toEqual(['option kakeho10: there is no plan p7']);
  });

  test('hours that never begin, a holiday that is no day and a weekday there is not are faults', () => {
    change('operator.yaml', 'monday: { from: "10:00", to: "19:00" }', 'monday: { from: "19:00", to: "10:00" }');
    change('operator.yaml', 'sunday:', 'caturday:');
    change('operator.yaml', '"2026-12-31"', '"2026-13-31"');
    const faults = faultsOf(() => loadOperator(folder)).join('\n');
    expect(faults).toContain('conversations.hours.monday must open before it closes');
    expect(faults).toMatch(/conversations\.hours.*caturday/s);
    expect(faults).toContain('conversations.holidays.0 must be a day like 2026-04-01');
  });

  test('a word that is not known is a fault, not ignored', () => {
    change('policies/line-mobile.yaml', 'feeYen', 'feeYenn');
    expect(faultsOf(() => loadOperator(folder)).join()).toMatch(/feeYenn|feeYen/);
  });
});
