import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../tests/support/database.ts';
import { testOperator } from '../../../tests/support/operator.ts';
import { type SimulatedLine, simulatedLine } from '../../../tests/support/simulated-line.ts';
import type { Database } from '../../infra/db/index.ts';
import type { Heard } from '../../infra/line/talk.ts';
import { createApplications } from './index.ts';

const { talk } = createApplications({ operator: testOperator });
let line: SimulatedLine;
let database: Database;
beforeAll(async () => {
  line = await simulatedLine();
  database = await testDatabase();
});
afterAll(async () => {
  await line.stop();
  await database.close();
});

const hear = (heard: Heard, language: 'ja' | 'en') =>
  talk.hear(
    { db: database.db, now: Temporal.Now.instant(), eventId: 'e', lineUserId: 'U0', displayName: null, language },
    heard,
  );
const press = (action: string): Heard => ({ kind: 'button', action, params: new URLSearchParams() });

describe.each(['ja', 'en'] as const)('an application in %s', (language) => {
  test.each(['open', 'plans'])('%s is a message LINE takes', async (action) =>
    expect(await line.complaints(await hear(press(action), language))).toEqual([]),
  );

  test('tells what is needed, and that it is made by phone for now', async () => {
    const said = JSON.stringify(await hear(press('open'), language));
    expect(said).toContain(language === 'ja' ? 'マイナンバーカード' : 'My Number card');
    expect(said).toContain('MNP');
    expect(said).toContain('0120-000-000');
    expect(said).toContain('tel:0120000000');
  });

  test("tells the operator's plans with data and fee", async () => {
    const said = JSON.stringify(await hear(press('plans'), language));
    for (const plan of testOperator.plans) {
      expect(said).toContain(plan.name[language]);
      expect(said).toContain(plan.monthlyFeeYen.toLocaleString('en-US'));
    }
  });
});

test.each([
  ['プラン', '料金プラン'],
  ['申し込み', '新規申し込み'],
])('「%s」 is answered with %s', async (word, title) =>
  expect(JSON.stringify(await hear({ kind: 'word', word }, 'ja'))).toContain(`"text":"${title}"`),
);
