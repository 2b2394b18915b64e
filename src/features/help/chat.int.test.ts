import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../tests/support/database.ts';
import { testOperator } from '../../../tests/support/operator.ts';
import { type SimulatedLine, simulatedLine } from '../../../tests/support/simulated-line.ts';
import type { Database } from '../../infra/db/index.ts';
import type { Heard } from '../../infra/line/talk.ts';
import { createHelp } from './index.ts';
import { topics } from './text.ts';

const { talk } = createHelp({ operator: testOperator });
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
const topic = (name: string): Heard => ({
  kind: 'button',
  action: 'topic',
  params: new URLSearchParams({ topic: name }),
});
const said = async (...given: Parameters<typeof hear>) => JSON.stringify(await hear(...given));

describe.each(['ja', 'en'] as const)('help in %s', (language) => {
  test('offers every topic as a button', async () => {
    const overview = await said({ kind: 'word', word: 'ヘルプ' }, language);
    for (const name of topics) expect(overview).toContain(`help.topic?topic=${name}`);
  });

  test.each(topics)('answers %s in a message LINE takes', async (name) => {
    const messages = await hear(topic(name), language);
    expect(await line.complaints(messages)).toEqual([]);
    expect(JSON.stringify(messages)).toContain('help.open');
  });

  test('says that staff are reached by phone, with the number and the hours', async () => {
    const staff = await said(topic('staff'), language);
    expect(staff).toContain('0120-000-000');
    expect(staff).toContain('10:00');
    expect(staff).toContain('tel:0120000000');
  });

  test('a topic there is not opens the overview', async () =>
    expect(await said(topic('weather'), language)).toBe(await said({ kind: 'word', word: 'help' }, language)));
});

test('a message LINE would not take is found: the check can fail', async () =>
  expect(await line.complaints([{ type: 'text', text: '' }])).toHaveLength(1));
