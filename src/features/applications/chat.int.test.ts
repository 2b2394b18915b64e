import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApplicationWorld, applicationWorld } from '../../../tests/support/applications.ts';
import { testOperator } from '../../../tests/support/operator.ts';
import { type SimulatedLine, simulatedLine } from '../../../tests/support/simulated-line.ts';
import { newId } from '../../base/ids.ts';
import type { Heard } from '../../infra/line/talk.ts';

let line: SimulatedLine;
let world: ApplicationWorld;
beforeAll(async () => {
  line = await simulatedLine();
  world = await applicationWorld();
});
afterAll(async () => {
  await line.stop();
  await world.close();
});

const hear = (heard: Heard, language: 'ja' | 'en', lineUserId = 'U0') =>
  world.applications.talk.hear(
    { db: world.database.db, now: Temporal.Now.instant(), eventId: 'e', lineUserId, displayName: null, language },
    heard,
  );
const press = (action: string): Heard => ({ kind: 'button', action, params: new URLSearchParams() });

describe.each(['ja', 'en'] as const)('an application in %s', (language) => {
  test.each(['open', 'plans'])('%s is a message LINE takes', async (action) =>
    expect(await line.complaints(await hear(press(action), language))).toEqual([]),
  );

  test('tells what is needed, and opens the form signed in as this account', async () => {
    const said = JSON.stringify(await hear(press('open'), language));
    expect(said).toContain(language === 'ja' ? 'マイナンバーカード' : 'My Number card');
    expect(said).toContain('MNP');
    expect(said).toContain('https://my.example.jp/apply/line"');
  });

  test('goes on where the person was, in a message LINE takes', async () => {
    const [draftId, lineUserId] = [newId(), `U-${language}`];
    await world.applications.begin({ lineUserId, contractorId: null, browserHash: null }, draftId);
    const messages = await hear(press('open'), language, lineUserId);
    expect(await line.complaints(messages)).toEqual([]);
    const said = JSON.stringify(messages);
    expect(said).toContain(`/apply/line?draft=${draftId}`);
    expect(said).toContain(language === 'ja' ? 'ステップ中 1' : 'step 1 of');
    expect(said).toContain(language === 'ja' ? '2026年11月25日' : '25 Nov 2026');
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

test('where no mail leaves, nobody can apply on LINE: the phone is told', async () => {
  const other = await applicationWorld({ isOffered: false });
  const said = JSON.stringify(
    await other.applications.talk.hear(
      {
        db: other.database.db,
        now: other.clock.now(),
        eventId: 'e',
        lineUserId: 'U0',
        displayName: null,
        language: 'ja',
      },
      press('open'),
    ),
  );
  await other.close();
  expect(said).toContain('0120-000-000');
  expect(said).toContain('tel:0120000000');
});
