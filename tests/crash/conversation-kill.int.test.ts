import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { newId } from '../../src/base/ids.ts';
import { type Conversations, createConversations } from '../../src/features/conversations/index.ts';
import type { StaffMember } from '../../src/features/staff/index.ts';
import type { Database } from '../../src/infra/db/index.ts';
import { createSessions } from '../../src/infra/http/session.ts';
import { makeKeys, parseKeys } from '../../src/infra/secrets.ts';
import { startAppProcess } from '../support/app-process.ts';
import { testDatabase } from '../support/database.ts';
import { freePort } from '../support/free-port.ts';
import { testOperator } from '../support/operator.ts';
import { channelId, channelSecret, type SimulatedLine, simulatedLine } from '../support/simulated-line.ts';

const PEOPLE = 3;
const EACH = 12;
/** LINE sends again what nobody took, later each time. */
const LONG = { timeout: 60_000 };
const KILLS = 1;

let database: Database;
let line: SimulatedLine;
beforeAll(async () => {
  database = await testDatabase();
  line = await simulatedLine({ redeliverAfterMs: 1_000 });
});
afterAll(async () => {
  await line.stop();
  await database.close();
});

test(`the app is killed while ${PEOPLE} people and two agents talk: nothing is lost, doubled or out of order`, async () => {
  const port = await freePort();
  const { api, data } = line.origins;
  const options = {
    databaseUrl: database.url,
    port,
    keys: makeKeys(),
    line: { apiBaseUrl: api, dataApiBaseUrl: data, channelId, channelSecret },
  };
  await line.sendWebhooksTo(`http://127.0.0.1:${port}/webhook/line`);
  await line.faults({ webhook: { redeliver: true } });
  let app = await startAppProcess(options);
  const agents = await twoAgents();
  const staff = staffActions(agents);
  const talks = await Promise.all(Array.from({ length: PEOPLE }, (_, n) => openTalk(n, agents, staff)));

  const work = talks.flatMap(({ person, conversationId, agent }) => [
    sequence((n) => line.say(person, `人 ${n}`)),
    sequence(async (n) => {
      const act = { conversationId, by: agent, requestId: newId(), text: `窓口 ${n}` };
      expect((await staff.reply(act)).ok).toBe(true);
    }),
  ]);
  for (let kill = 0; kill < KILLS; kill += 1) {
    await wait(400);
    await app.kill();
    app = await startAppProcess(options);
  }
  await Promise.all(work);
  for (const { person, conversationId } of talks) {
    const texts = Array.from({ length: EACH }, (_, n) => n);
    const theirs = texts.map((n) => `窓口 ${n}`);
    await expect.poll(() => saidIn(conversationId, 'person'), LONG).toEqual(texts.map((n) => `人 ${n}`));
    await expect
      .poll(async () => (await line.heard(person)).filter((text) => text.startsWith('窓口 ')), LONG)
      .toEqual(theirs);
    expect(await saidIn(conversationId, 'staff')).toEqual(theirs);
  }
  await app.kill();
});

/** One after the other, as one person does. */
async function sequence(act: (n: number) => Promise<unknown>): Promise<void> {
  for (let n = 0; n < EACH; n += 1) {
    await act(n);
    await wait(60);
  }
}

async function twoAgents(): Promise<[StaffMember, StaffMember]> {
  const agents = ['一', '二'].map((name) => ({ staffId: newId(), loginId: `a-${name}`, name, role: 'agent' as const }));
  for (const { staffId, loginId, name, role } of agents) {
    await database.pool.query(
      `insert into staff (staff_id, login_id, password_hash, name, role, created_at) values ($1, $2, '', $3, $4, now())`,
      [staffId, loginId, name, role],
    );
  }
  const [one, two] = agents;
  if (!one || !two) throw new Error('there are two');
  return [one, two];
}

/** Staff's side as another process of the app has it. */
function staffActions(agents: readonly StaffMember[]): Conversations['staff'] {
  return createConversations({
    db: database.db,
    talkDb: database.db,
    clock: systemClock,
    operator: testOperator,
    publicUrl: 'https://my.example.jp',
    linkStateOf: async () => 'user',
    menuLabelOf: () => null,
    colleagues: async () => agents,
    publicNamesOf: async () => new Map(),
    pictureKey: parseKeys(makeKeys()).show,
    sessions: createSessions({ db: database.db, clock: systemClock, isSecure: true }),
    onSent: () => undefined,
  }).staff;
}

/** Somebody who is being served, whatever the hour. */
async function openTalk(n: number, agents: readonly StaffMember[], staff: Conversations['staff']) {
  const person = await line.person(`人${n}`);
  await line.follow(person);
  const agent = agents[n % agents.length];
  if (!agent) throw new Error('nobody is there');
  const conversationId = newId();
  await database.pool.query(
    `insert into conversation (conversation_id, line_user_id, state, origin, language, begun_by_event, asked_at, queued_at)
     values ($1, $2, 'waiting', 'talk', 'ja', $3, now(), now())`,
    [conversationId, person, `begun-${n}`],
  );
  expect((await staff.take({ conversationId, by: agent, requestId: newId() })).ok).toBe(true);
  return { person, conversationId, agent };
}

async function saidIn(conversationId: string, author: string): Promise<string[]> {
  const { rows } = await database.pool.query<{ text: string }>(
    `select content ->> 'text' as text from conversation_message
     where conversation_id = $1 and author = $2 order by at, position`,
    [conversationId, author],
  );
  return rows.map(({ text }) => text);
}
