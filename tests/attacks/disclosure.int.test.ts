import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { disclosers } from '../../src/app/features/disclosers.ts';
import { newId } from '../../src/base/ids.ts';
import { runnerOf, type SqlRunner } from '../../src/infra/db/index.ts';
import { parseKeys } from '../../src/infra/secrets.ts';
import { type AttackWorld, attackWorld } from './world.ts';

// What is kept of one family and of another: each file has all of its own marked words, and none of anybody else's.

const OTHERS = ['他人 一郎', '他人 二郎', 'other-family', 'よその人', 'U-stranger'];

let world: AttackWorld;
beforeAll(async () => {
  world = await attackWorld();
  const { run, objects, clock } = world;
  const now = clock.now().toString();
  await run(
    `insert into conversation_message (message_id, conversation_id, at, author, content)
     values ($1, $2, $3, 'staff', '{"kind": "note", "text": "内緒のメモ"}')`,
    [newId(), objects.conversation, now],
  );
  // The owner gave to a stranger, whose name was shown; the child took from a stranger, whose name was shown to the child alone.
  const [stranger] = await run(`select subscription_id as id from user_link where line_user_id = 'U-stranger'`);
  for (const [sender, by, receiver, at] of [
    [objects.own, 'U-canary-owner', stranger?.id, 'U-shown'],
    [stranger?.id, 'U-stranger', objects.child, 'U-canary-child'],
  ])
    await run(
      `insert into gift (gift_id, sender_subscription_id, sender_line_user_id, receiver_subscription_id, receiver_line_user_id,
         amount_bytes, way, month, state, offered_at, expires_at, ended_at)
       values ($1, $2, $3, $4, $5, 1000000000, 'share-link', '2026-11', 'claimed', $6, $6, $6)`,
      [newId(), sender, by, receiver, at, now],
    );
  await run(
    `insert into line_account (line_user_id, display_name, is_friend, updated_at) values ('U-shown', '見せた名前', true, $1)`,
    [now],
  );
});
afterAll(() => world.close());

const take = (cookie: string | undefined) => world.ask('POST', '/my-data/file', { cookie: cookie ?? '' });

describe('a contractor’s file', () => {
  let text: string;
  beforeAll(async () => {
    const answer = await take(world.askers.owner.cookie);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="renkei-2026-11-05\.json"/);
    expect(answer.headers.get('cache-control')).toContain('no-store');
    text = answer.text;
  });

  test('has what is theirs, of each feature', () => {
    const file = JSON.parse(text);
    for (const word of [
      'カナリア本人',
      'カナリア所有',
      'カナリア退会',
      'カナリア通話',
      'カナリア相談',
      'カナリアLINE',
      'canary-owner',
    ])
      expect(text).toContain(word);
    expect(file.subscriptions).toHaveLength(3);
    expect(file.contract).toMatchObject({ name: 'カナリア所有', email: 'canary-owner@example.jp' });
    expect(file.bills[0]).toMatchObject({ month: '2026-10', lines: expect.any(Array) });
    expect(file.charges).toEqual(expect.arrayContaining([expect.objectContaining({ amountYen: 123_457 })]));
    expect(file.data.left.length).toBeGreaterThan(0);
    expect(file.data.movements.map(({ reason }: { reason: string }) => reason)).toEqual(
      expect.arrayContaining(['plan-grant', 'purchase', 'gift-set-aside']),
    );
    expect(file.points.history.length).toBeGreaterThan(0);
    expect(file.orders[0].application.user.name).toEqual({ family: 'カナリア', given: '申込' });
    expect(file.partners).toMatchObject({ consents: [expect.anything()], answers: [expect.anything()] });
    expect(file.conversationsWithStaff[0].messages).toEqual([
      { at: expect.stringMatching(/^2026-.*Z$/), by: 'person', text: 'カナリア相談' },
    ]);
    expect(file.linkCodes).toHaveLength(3);
    for (const { lastFourDigits } of file.linkCodes) expect(lastFourDigits).toHaveLength(4);
    expect(file.record.at(-1)).toMatchObject({
      what: '保管しているデータのファイルを受け取った',
      actorKind: 'contractor',
    });
  });

  test('has nothing of anybody else, and no secret', () => {
    for (const word of [
      ...OTHERS,
      '内緒のメモ',
      'カナリアお詫び',
      'U-canary',
      'enough password',
      'Hash',
      'Cipher',
      'lookup',
    ])
      expect(text).not.toContain(word);
  });

  test('has the name that the owner was shown, and not the one that the child was', () => {
    const { gifts } = JSON.parse(text);
    expect(gifts.flatMap(({ otherNameOnLine }: { otherNameOnLine: string | null }) => otherNameOnLine ?? [])).toEqual([
      '見せた名前',
    ]);
  });
});

test('the other family’s file has nothing of this one', async () => {
  const { text, status } = await take(world.askers.contractor.cookie);
  expect(status).toBe(200);
  expect(text).toContain('他人 二郎');
  for (const word of [...world.canaries, ...world.childsCanaries, 'カナリア']) expect(text).not.toContain(word);
});

test('whoever carries the child’s phone gets no file of the contract', async () => {
  const { location } = await take(world.askers.child.cookie);
  expect(location).toMatch(/^\/login/);
});

test('a password alone gets no file', async () => {
  const cookie = await world.people.signIn({ contractorId: world.family.contractorId });
  await world.run(
    `update web_session set proven_at = null, proven_by = null where contractor_id = $1 and line_user_id is null`,
    [world.family.contractorId],
  );
  const { status, location } = await take(cookie);
  expect([status, location]).toEqual([303, '/proof?next=%2Fmy-data%3Fdone%3Dproven']);
});

test('a fourth file in a day is refused with when it can be had, and each that was taken is on record', async () => {
  const family = await world.people.family('three-files', '三枚 取男', ['三枚 取男']);
  const cookie = await world.people.signIn({ contractorId: family.contractorId });
  const answers = [await take(cookie), await take(cookie), await take(cookie), await take(cookie)];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
  expect(answers[3]?.text).toContain('2026年11月6日 12:00');
  const recorded = await world.run(
    `select actor_kind from audit_log where contractor_id = $1 and action = 'disclosure.file-taken'`,
    [family.contractorId],
  );
  expect(recorded).toEqual(Array(3).fill({ actor_kind: 'contractor' }));
});

test('it takes as many statements for much as for nothing', async () => {
  const sql = runnerOf(world.app.database.db);
  const key = parseKeys(world.keys).show;
  const count = async (person: { contractorId: string; subscriptionIds: readonly string[]; ownAccounts: string[] }) => {
    let statements = 0;
    const counting: SqlRunner = {
      query(text, values) {
        statements += 1;
        return sql.query(text, values);
      },
    };
    for (const each of disclosers) await each.disclose(counting, { ...person, key, now: world.clock.now() });
    return statements;
  };
  const much = await count({ ...world.family, ownAccounts: ['U-canary-owner'] });
  expect(much).toBe(await count({ contractorId: newId(), subscriptionIds: [], ownAccounts: [] }));
});

describe('staff', () => {
  const path = () => `/console/customers/${world.family.contractorId}/file`;
  const reason = '11月5日に書面で求められ、運転免許証の写しで確かめた';

  test.each(['agent', 'auditor'] as const)('%s is not there for it', async (role) => {
    const { cookie } = world.askers[role];
    expect((await world.ask('GET', path(), { cookie })).status).toBe(404);
    expect((await world.ask('POST', path(), { cookie }, { form: { reason } })).status).toBe(404);
  });

  test.each(['supervisor', 'admin'] as const)('%s makes the file, with two reasons on record', async (role) => {
    const { cookie } = world.askers[role];
    const { contractorId } = world.family;
    const look = `/console/customers/${contractorId}/look`;
    expect((await world.ask('POST', path(), { cookie }, { form: { reason } })).location).toMatch(/\/look\?next=/);
    await world.ask('POST', look, { cookie }, { form: { reason: '開示の求めがあった', next: path() } });
    expect((await world.ask('GET', path(), { cookie })).text).toContain('カナリア所有');
    expect((await world.ask('POST', path(), { cookie }, { form: { reason: '' } })).status).toBe(422);
    const { status, text } = await world.ask('POST', path(), { cookie }, { form: { reason } });
    expect(status).toBe(200);
    for (const word of [...OTHERS, '内緒のメモ', 'カナリアお詫び', '運転免許証']) expect(text).not.toContain(word);
    // Their only linked account: its talk is theirs.
    expect(JSON.parse(text).conversationsWithStaff).toHaveLength(1);
    const [recorded] = await world.run(
      `select a.detail from audit_log a join staff s on s.staff_id::text = a.actor_id
       where a.action = 'disclosure.file-given' and a.contractor_id = $1 and s.role = $2`,
      [contractorId, role],
    );
    expect(recorded).toEqual({ detail: { reason } });
  });

  test('the contractor is told by mail and in the talk, once for two taps: when and whom to call, not what and by whom', async () => {
    const family = await world.people.family('file-told', '知らせ 受子', ['知らせ 受子']);
    const { contractorId } = family;
    await world.people.linkContractor('U-file-told', contractorId);
    await world.run(
      `insert into line_account (line_user_id, display_name, is_friend, language, updated_at)
       values ('U-file-told', 'Told', true, 'en', $1)`,
      [world.clock.now().toString()],
    );
    const { cookie } = world.askers.supervisor;
    const at = `/console/customers/${contractorId}`;
    await world.ask('POST', `${at}/look`, { cookie }, { form: { reason: '開示の求めがあった' } });
    for (const _tap of ['first', 'second']) {
      expect((await world.ask('POST', `${at}/file`, { cookie }, { form: { reason } })).status).toBe(200);
    }
    const mails = await world.run(`select body from mail_outbox where recipient = 'file-told@example.jp'`);
    expect(mails).toEqual([
      {
        body: {
          subject: '【さくらモバイル】保管データの写しを作りました',
          text: expect.stringMatching(
            /^知らせ 受子 様\n\n2026年11月5日 12:00に、.*写しを、当社の窓口が作りました.*\n\nお求めになった覚えがないときは、すぐに[\d-]+へお電話/,
          ),
        },
      },
    ]);
    const talks = await world.run(`select body from outbox where line_user_id = 'U-file-told'`);
    expect(talks).toHaveLength(1);
    expect(JSON.stringify(talks)).toMatch(
      /On 5 Nov 2026, 12:00 our help desk .*If you did not ask for it, please call [\d-]+/,
    );
    expect(JSON.stringify([mails, talks])).not.toMatch(/supervisor|運転免許証/);
  });
});
