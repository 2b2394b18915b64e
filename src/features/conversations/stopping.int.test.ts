import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SimulatedLine, simulatedLine } from '../../../tests/support/simulated-line.ts';
import { type StaffWorld, staffWorld } from '../../../tests/support/staff.ts';
import { stoppedAtLook } from '../../../tests/support/stopping.ts';
import { newId } from '../../base/ids.ts';
import { runnerOf } from '../../infra/db/index.ts';
import { type Conversations, createConversations, fetchPictures } from './index.ts';

/** A process that is told to end does no more than the one it is at; the next one goes on. */

let world: StaffWorld;
let line: SimulatedLine;
let conversations: Conversations;
beforeAll(async () => {
  [world, line] = await Promise.all([staffWorld(), simulatedLine()]);
  const { operator } = world.staff;
  conversations = createConversations({
    db: world.database.db,
    talkDb: world.database.db,
    clock: world.clock,
    operator: { ...operator, conversations: { ...operator.conversations, keptDays: 1 } },
    publicUrl: 'https://my.example.jp',
    linkStateOf: async () => 'user',
    menuLabelOf: () => null,
    publicNamesOf: world.staff.publicNamesOf,
    colleagues: world.staff.colleagues,
    sessions: world.sessions,
    pictureKey: world.secrets.show,
    onSent: () => undefined,
  });
});
afterAll(async () => {
  await line.stop();
  await world.database.close();
});

/** Somebody waits for staff and has sent a picture, which LINE does not have any more. */
async function somebodyWaits(): Promise<void> {
  const common = { db: world.database.db, lineUserId: `U${newId().replaceAll('-', '')}`, language: 'ja' } as const;
  const now = world.clock.now();
  const open = { kind: 'button', action: 'open', params: new URLSearchParams() } as const;
  await conversations.talk.hear({ ...common, now, eventId: newId(), displayName: 'た' }, open);
  await conversations.ears.hear({
    ...common,
    eventId: newId(),
    occurredAt: now,
    payload: { type: 'message', message: { type: 'image', id: newId(), contentProvider: { type: 'line' } } },
    reply: { token: newId(), until: now.add({ seconds: 50 }) },
    isStandby: false,
  });
}

const count = async (what: string) => {
  const [row] = await runnerOf(world.database.db).query<{ count: number }>(
    `select count(*)::integer as count from ${what}`,
  );
  return row?.count;
};

test('what waits when the process stops is left to the next one', async () => {
  for (let each = 0; each < 3; each += 1) await somebodyWaits();
  const { db } = world.database;
  const pictures = fetchPictures({ db, line: line.client(world.clock), pictureKey: world.secrets.show });
  await expect(pictures.run(world.clock.now(), stoppedAtLook(2))).rejects.toThrow('aborted');
  expect(await count(`conversation_picture where state = 'refused'`)).toBe(1);
  // Those behind it wait for nothing, and have lost no try.
  expect(await count('conversation_picture where attempts = 0')).toBe(2);
  expect(await pictures.run(world.clock.now())).toBe(2);

  const due = conversations.jobs.find(({ name }) => name === 'conversations.due');
  world.clock.advance('PT12H');
  await expect(due?.run(world.clock.now(), stoppedAtLook(2))).rejects.toThrow('aborted');
  expect(await count(`conversation where state <> 'waiting'`)).toBe(1);
  expect(await due?.run(world.clock.now())).toBe(2);
  expect(await count(`conversation where state = 'waiting'`)).toBe(0);
});
