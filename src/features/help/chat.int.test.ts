import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../tests/support/database.ts';
import { demoFaq, testHelp } from '../../../tests/support/help.ts';
import { type SimulatedLine, simulatedLine } from '../../../tests/support/simulated-line.ts';
import { faqTopics } from '../../base/faq.ts';
import type { Language } from '../../base/language.ts';
import type { LinkState } from '../../base/link-state.ts';
import { type Database, runnerOf } from '../../infra/db/index.ts';
import type { Heard } from '../../infra/line/talk.ts';
import { countQuestions, sweepCards } from './jobs.ts';

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

const now = Temporal.Instant.from('2026-11-18T14:00:00+09:00');
const person = (language: Language, eventId = 'e1') => ({
  db: database.db,
  now,
  eventId,
  lineUserId: 'U0',
  displayName: null,
  language,
});
const press = (action: string, params: Record<string, string> = {}): Heard => ({
  kind: 'button',
  action,
  params: new URLSearchParams(params),
});
const hear = (heard: Heard, language: Language, eventId?: string) =>
  testHelp(database.db).talk.hear(person(language, eventId), heard);
const ask = async (question: string, language: Language = 'ja', linked: LinkState = 'nobody') =>
  JSON.stringify(await testHelp(database.db, linked).talk.answer(person(language), question));

describe.each(['ja', 'en'] as const)('help in %s', (language) => {
  test('opens with topics, each a tap away', async () => {
    const overview = await hear({ kind: 'word', word: 'ヘルプ' }, language);
    expect(await line.complaints(overview)).toEqual([]);
    expect(JSON.stringify(overview)).toContain('help.topic?topic=gifts');
  });

  test.each(faqTopics)('lists the questions about %s in a message LINE takes', async (topic) => {
    const messages = await hear(press('topic', { topic }), language);
    expect(await line.complaints(messages)).toEqual([]);
    for (const { id } of demoFaq[language].entries.filter((entry) => entry.topic === topic)) {
      expect(JSON.stringify(messages)).toContain(`help.entry?entry=${id}"`);
    }
  });

  test('every entry is a card LINE takes, with a way to the page and the question whether it helped', async () => {
    for (const { id } of demoFaq[language].entries) {
      const messages = await hear(press('entry', { entry: id }), language);
      expect([id, await line.complaints(messages)]).toEqual([id, []]);
      expect(JSON.stringify(messages)).toContain(`https://renkei.example/help/${id}?lang=${language}`);
      expect(JSON.stringify(messages)).toContain(`help.helped?entry=${id}`);
    }
  });

  test.each(['topics', 'staff', 'not-helped', 'helped', 'of-an-older-version'])('%s is answered', async (action) =>
    expect(await line.complaints(await hear(press(action), language))).toEqual([]),
  );

  test('of several answers that rest on the same facts the first tells them', async () => {
    const question = language === 'ja' ? 'データを追加で買いたい' : 'I want to buy more data';
    const answers = await ask(question, language, 'contractor');
    expect(answers.split('help.helped?').length).toBeGreaterThan(2);
    expect(answers.split('"text":"あと9回買えます。"').length).toBe(2);
  });

  test('who is not helped is led to staff, in the talk and by phone', async () => {
    const sorry = JSON.stringify(await hear(press('not-helped'), language));
    for (const part of ['conversations.open', '0120-000-000', '10:00', 'tel:0120000000']) expect(sorry).toContain(part);
    expect(JSON.stringify(await hear(press('staff'), language))).toContain('おつなぎします');
  });
});

describe('a question in a person’s own words', () => {
  test('gets up to three cards, the best first, in a message LINE takes', async () => {
    const messages = await testHelp(database.db).talk.answer(person('ja'), 'プレゼントの期限が切れた');
    expect(await line.complaints(messages ?? [])).toEqual([]);
    const shown = [...JSON.stringify(messages).matchAll(/help\.helped\?entry=([a-z-]+)/g)].map(([, id]) => id);
    expect(shown[0]).toBe('gift-expired');
    expect(shown.length).toBeLessThanOrEqual(3);
  });

  test('is answered in its own language', async () =>
    expect(await ask('how do I unlink my account', 'ja')).toContain('Undoing a link'));

  test.each(['きょうはいい天気ですね', 'あ', 'ｗｗｗ', '👍', 'asdfghjkl'])('「%s」 is none', async (said) =>
    expect(await ask(said)).toBe('null'),
  );

  test('says which link opens the personal part, and offers it', async () => {
    const said = await ask('あと何ギガ残ってる？');
    expect(said).toContain('利用者連携か契約者連携をすると');
    expect(said).toContain('link-user.open');
    expect(said).not.toContain('1.5GB');
  });

  test('with the link it is answered for the person', async () => {
    const said = await ask('あと何ギガ残ってる？', 'ja', 'user');
    expect(said).toContain('残り1.5GBです。');
    expect(said).not.toContain('連携をすると、');
  });

  test('the other link does not open it', async () =>
    expect(await ask('ギガをもらった。受け取りたい', 'ja', 'contractor')).not.toContain('1GBが届いています'));
});

describe('did this help', () => {
  const votes = () =>
    runnerOf(database.db).query(
      `select entry_id as entry, voted_on::text as day, helped, not_helped as "notHelped" from help_vote_day
       where entry_id = 'data-order'`,
    );
  const about = { entry: 'data-order', lang: 'ja', shown: 'the-card' };

  test('is counted by entry and day, once for each card, and keeps nothing of the person', async () => {
    await hear(press('helped', about), 'ja', 'e1');
    await hear(press('helped', about), 'ja', 'e1');
    await hear(press('not-helped', about), 'ja', 'e2');
    await hear(press('not-helped', { ...about, shown: 'another-card' }), 'ja', 'e3');
    expect(await votes()).toEqual([{ entry: 'data-order', day: '2026-11-18', helped: 1, notHelped: 1 }]);
  });

  test('an entry there is not is not counted', async () => {
    await hear(press('helped', { ...about, entry: 'weather' }), 'ja', 'e4');
    const [all] = await runnerOf(database.db).query(
      `select count(*)::int as n from help_vote_day where entry_id = 'weather'`,
    );
    expect(all).toEqual({ n: 0 });
  });

  test('the cards are forgotten after a week, the counts stay', async () => {
    const job = sweepCards(database.db);
    expect(await job.run(now.add({ hours: 24 * 6 }))).toBe(0);
    expect(await job.run(now.add({ hours: 24 * 8 }))).toBeGreaterThan(0);
    expect(await votes()).toHaveLength(1);
  });
});

test('questions are counted by hour and answers by day, each once, and nothing of them is kept', async () => {
  const sql = runnerOf(database.db);
  await countQuestions(database.db).run(now);
  await sql.query('delete from help_question_hour');
  await sql.query('delete from help_shown_day');
  await ask('プレゼントの期限が切れた');
  await ask('ｗｗｗ');
  await ask('my data is slow', 'en');
  await hear(press('entry', { entry: 'data-order' }), 'ja');
  await hear(press('entry', { entry: 'data-order' }), 'ja');
  expect(await countQuestions(database.db).run(now)).toBe(5);
  expect(await countQuestions(database.db).run(now)).toBe(0);
  expect(
    await sql.query(`select hour, channel, language, answered, unanswered from help_question_hour order by language`),
  ).toEqual([
    { hour: now, channel: 'talk', language: 'en', answered: 1, unanswered: 0 },
    { hour: now, channel: 'talk', language: 'ja', answered: 1, unanswered: 1 },
  ]);
  expect(await sql.query(`select shown_on as day, shown from help_shown_day where entry_id = 'data-order'`)).toEqual([
    { day: '2026-11-18', shown: 2 },
  ]);
  expect(await sql.query('select 1 from help_asked')).toEqual([]);
});

test('a message LINE would not take is found: the check can fail', async () =>
  expect(await line.complaints([{ type: 'text', text: '' }])).toHaveLength(1));
