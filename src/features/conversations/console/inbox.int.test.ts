import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ConsoleStage, consoleStage } from '../../../../tests/support/console.ts';
import { onStage } from '../../../../tests/support/linked.ts';
import { newId } from '../../../base/ids.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import { DrawnMessage } from '../../../infra/line/drawing/message.tsx';
import type { Message } from '../../../infra/line/talk.ts';
import type { Content } from '../content.ts';
import { insertMessage } from '../store.ts';

let play: ConsoleStage;
beforeAll(async () => {
  play = await consoleStage();
});
afterAll(() => play.close());

const sql = () => runnerOf(play.stage.app.database.db);
const now = () => play.stage.clock.now();

/** Somebody on LINE who is linked as that contractor, or nobody's customer, asks for staff. */
async function asked(words: string, { name = 'ゆき', contractor = '', state = 'waiting', who = '' } = {}) {
  const conversationId = newId();
  const lineUserId = who || `U${conversationId.replaceAll('-', '')}`;
  await sql().query(
    `insert into line_account (line_user_id, display_name, is_friend, followed_at, updated_at)
     values ($1, $2, true, $3, $3) on conflict do nothing`,
    [lineUserId, name, now().toString()],
  );
  if (contractor) {
    await sql().query(
      `insert into contractor_link (contractor_link_id, contractor_id, line_user_id, linked_at) values ($1, $2, $3, $4)`,
      [newId(), await play.contractorId(contractor), lineUserId, now().toString()],
    );
  }
  await sql().query(
    `insert into conversation (conversation_id, line_user_id, state, origin, language, begun_by_event, asked_at, queued_at,
       person_spoke_at) values ($1, $2, $3, 'talk', 'ja', $2, $4, $4, $4)`,
    [conversationId, lineUserId, state, now().toString()],
  );
  const say = (content: Content, more: { lineMessageId?: string } = {}) =>
    insertMessage(sql(), { conversationId, at: now(), author: 'person', content, ...more });
  await say({ kind: 'text', text: words });
  return { conversationId, lineUserId, path: `/console/inbox/${conversationId}`, say };
}

/** What a form of the desk sends. */
const act = (name: string, more: Record<string, string> = {}) => ({ act: name, requestId: newId(), ...more });

describe('the list', () => {
  test('shows who waits, by age, and what they said last; what is taken is in the list of whoever has it', async () => {
    const first = await asked('先に来ました', { name: 'さき' });
    play.stage.clock.advance('PT2M');
    const second = await asked('あとから来ました', { name: 'あと' });
    const list = await play.as('agent').at('/console/inbox');
    expect(list.text).toMatch(/待っている方.*さき.*2分.*先に来ました.*あと.*いま.*あとから来ました/s);
    await play.as('agent').post(second.path, act('take'));
    const mine = await play.as('agent').at('/console/inbox/list');
    expect(mine.text).toMatch(/自分の担当.*未返信.*あとから来ました.*待っている方.*先に来ました/s);
    const others = await play.as('supervisor').at('/console/inbox/list');
    expect(others.text).toMatch(/ほかの担当.*担当 井上 窓口.*あとから来ました/s);
    await play.as('agent').post(first.path, act('take'));
  });
});

describe('既読', () => {
  test('whoever has the talk reads it, and the person sees that; a colleague who looks reads nothing', async () => {
    const ken = await onStage(play.stage, 'けん');
    await ken.follow();
    const { path } = await asked('つながりません', { name: 'けん', who: ken.userId });
    await ken.say('急いでいます');
    const isRead = async () => (await ken.screen()).read;
    await play.as('supervisor').at(path);
    expect(await isRead()).toBe(false);
    await play.as('agent').post(path, act('take'));
    await expect.poll(isRead, { timeout: 10_000 }).toBe(true);
    await ken.say('まだですか');
    await play.as('supervisor').at(path);
    expect(await isRead()).toBe(false);
    await play.as('agent').at(path);
    await expect.poll(isRead, { timeout: 10_000 }).toBe(true);
    await play.as('agent').post(path, act('hand-over', { to: 'queue' }));
  });
});

describe('a conversation', () => {
  test('is taken, answered, noted on and closed; the transcript tells all of it, the person none of the note', async () => {
    const { path, conversationId } = await asked('つながりません');
    const agent = play.as('agent');
    expect((await agent.post(path, act('take'))).url.pathname).toBe(path);
    await agent.post(path, act('reply', { text: 'お調べします' }));
    await agent.post(path, act('note', { text: '圏外かもしれない' }));
    const page = await agent.at(path);
    expect(page.text).toMatch(
      /つながりません.*井上 窓口が引き受けました.*お調べします.*担当者どうしのメモ.*圏外かもしれない/s,
    );
    const seenVersion = /name="seenVersion" value="(\d+)"/.exec(page.html)?.[1] ?? '';
    await agent.post(path, act('close', { seenVersion }));
    const sent = await sql().query<{ body: string }>(
      `select o.body::text from outbox o join conversation_message m using (outbox_id) where m.conversation_id = $1`,
      [conversationId],
    );
    expect(JSON.stringify(sent)).toContain('お調べします');
    expect(JSON.stringify(sent)).not.toContain('圏外');
    expect((await agent.at('/console/inbox/list')).text).toMatch(/きょう終わったもの.*お調べします/s);
  });

  test('what is refused is said, and what was typed stays', async () => {
    const { path } = await asked('だれかいますか');
    await play.as('supervisor').post(path, act('take'));
    const late = await play.as('agent').post(path, act('take'));
    expect([late.status, late.text.includes('ほかの担当者が先に引き受けました。')]).toEqual([422, true]);
    const mine = await play.as('supervisor').post(path, act('reply', { text: 'あ'.repeat(5_001) }));
    expect(mine.status).toBe(422);
    expect(mine.html).toContain('あ'.repeat(5_001));
    expect((await play.as('agent').post(path, act('dance'))).status).toBe(422);
  });

  test('is handed over with a note; the same request again does nothing again', async () => {
    const { path } = await asked('おねがいします');
    const agent = play.as('agent');
    await agent.post(path, act('take'));
    const handOver = act('hand-over', { to: 'queue', text: '昼休みのため' });
    for (let times = 0; times < 2; times += 1) expect((await agent.post(path, handOver)).status).toBe(200);
    const page = await agent.at(path);
    expect(page.text.split('昼休みのため')).toHaveLength(2);
    expect(page.text.split('待ちの列に戻しました')).toHaveLength(2);
  });

  test('is read by auditors, who have nothing to press', async () => {
    const { path } = await asked('見るだけ');
    const page = await play.as('auditor').at(path);
    expect(page.text).toContain('見るだけ');
    expect(page.html).not.toContain('data-live');
    expect((await play.as('auditor').post(path, act('take'))).status).toBe(404);
  });

  test('what was taken back is not shown, whatever is stored', async () => {
    const { path, say } = await asked('はじめまして');
    const messageId = await say({ kind: 'text', text: '暗証番号は1234' });
    await sql().query('update conversation_message set unsent_at = $2 where message_id = $1', [
      messageId,
      now().toString(),
    ]);
    const page = await play.as('agent').at(path);
    expect(page.text).toContain('送信が取り消されました（文章）');
    expect(page.html).not.toContain('暗証番号');
  });
});

describe('looking', () => {
  test('at the person beside the talk is on record with the conversation as its reason', async () => {
    const { path, conversationId } = await asked('残量を教えて', { contractor: 'tanaka' });
    const page = await play.as('agent').at(path);
    expect(page.text).toContain('田中 太郎');
    expect(page.text).toContain('090-0000-0001');
    const looks = await sql().query<{ count: number }>(
      'select count(*)::int as count from staff_look where conversation_id = $1 and contractor_id = $2',
      [conversationId, await play.contractorId('tanaka')],
    );
    expect(looks[0]?.count).toBe(1);
    const customer = await play.as('agent').at(`/console/customers/${await play.contractorId('tanaka')}`);
    expect(customer.url.pathname).not.toContain('/look');
  });

  test('at a conversation that is over asks for a reason, until the person is here again', async () => {
    const { path, conversationId } = await asked('ありがとう', { contractor: 'suzuki' });
    await sql().query(
      `update conversation set state = 'closed', closed_at = $2, closed_because = 'person' where conversation_id = $1`,
      [conversationId, now().toString()],
    );
    const asksWhy = await play.as('supervisor').at(path);
    expect(asksWhy.url.pathname).toContain('/look');
    expect(asksWhy.text).not.toContain('ありがとう');
    await play.as('supervisor').look(await play.contractorId('suzuki'));
    expect((await play.as('supervisor').at(path)).text).toContain('ありがとう');
  });
});

describe('pictures', () => {
  const send = async (image: Buffer): Promise<string> => {
    const person = await play.stage.control.newPerson({ displayName: 'しゃしん' });
    const answer = await fetch(`${play.stage.phoneUrl}/control/people/${person.userId}/image`, {
      method: 'POST',
      headers: { 'content-type': 'image/jpeg' },
      body: new Uint8Array(image),
    });
    return (await answer.json()).id;
  };
  /** The job also runs by itself; while it does, nobody else runs it. */
  const afterJobs = async (path: string) => {
    await play.stage.app.jobs.runDue();
    return play.as('agent').at(path);
  };
  const photo = () =>
    sharp({ create: { width: 640, height: 480, channels: 3, background: '#884422' } })
      .withExif({ IFD3: { GPSLatitude: '35/1 41/1 22/1' } })
      .jpeg();

  test('are fetched from LINE, drawn anew, sealed, shown to staff, and gone when they are taken back', async () => {
    const { path, conversationId, say } = await asked('この画面です');
    const lineMessageId = await send(await photo().toBuffer());
    const messageId = await say({ kind: 'picture' }, { lineMessageId });
    const address = `${path}/pictures/${lineMessageId}`;
    expect((await play.as('agent').at(path)).text).toContain('画像を受け取っています');
    await expect.poll(async () => (await afterJobs(path)).html).toContain(`src="${address}"`);
    expect((await play.as('agent').at(address)).headers.get('content-type')).toBe('image/jpeg');
    const shown = await sql().query(
      `select 1 from audit_log where action = 'staff.picture-shown' and detail ->> 'conversationId' = $1`,
      [conversationId],
    );
    expect(shown).toHaveLength(1);
    const [row] = await sql().query<{ sealed: Buffer }>(
      'select sealed from conversation_picture where conversation_id = $1',
      [conversationId],
    );
    expect(row?.sealed.subarray(32, 35).toString('hex')).not.toBe('ffd8ff');
    const other = await asked('ほかの会話');
    expect((await play.as('agent').at(`${other.path}/pictures/${lineMessageId}`)).status).toBe(404);

    await sql().query('update conversation_message set unsent_at = $2 where message_id = $1', [
      messageId,
      now().toString(),
    ]);
    expect((await play.as('agent').at(address)).status).toBe(404);
    expect(await sql().query('select 1 from conversation_picture where line_message_id = $1', [lineMessageId])).toEqual(
      [],
    );
  });

  test.each([
    ['broken', async () => send((await photo().toBuffer()).subarray(0, 400)), '画像がこわれていて表示できません'],
    ['too large', () => send(Buffer.alloc(10_000_001)), '画像が大きすぎて受け取れませんでした'],
    ['gone', async () => '999999999999', '画像はLINEにもうありません'],
  ])('%s ones are said in words', async (_, sent, words) => {
    const { path, say } = await asked('見てください');
    await say({ kind: 'picture' }, { lineMessageId: await sent() });
    await expect.poll(async () => (await afterJobs(path)).text).toContain(words);
  });
});

test('everything the talk says can be drawn as it was seen, with all its words', async () => {
  const person = await play.stage.control
    .newPerson({ displayName: 'なんでも' })
    .then(({ displayName }) => play.stage.control.person(displayName));
  await person.follow();
  for (const word of [
    '残量',
    'プレゼント',
    '連携',
    'ポイント',
    '請求',
    'プラン変更',
    'チャージ',
    'ヘルプ',
    '年齢確認',
    '申し込み',
    '解除',
    'あああ',
  ]) {
    await person.say(word);
  }
  const said = await sql().query<{ body: { messages: Message[] } }>(
    `select body from outbox where line_user_id = $1 and kind = 'message'`,
    [person.userId],
  );
  expect(said.length).toBeGreaterThan(10);
  for (const message of said.flatMap(({ body }) => body.messages)) {
    const html = String(DrawnMessage({ message, drawing: { language: 'ja', picture: () => null } }));
    const drawn = html
      .replace(/<[^>]*>/g, '')
      .replace(/&#39;/g, "'")
      .replace(/&quot;/g, '"')
      .replace(/&amp;/g, '&');
    for (const words of textsOf(message)) expect(drawn).toContain(words);
    expect(drawn).not.toContain('ここでは表示できないメッセージ');
  }
});

/** Every text of a message that is shown, wherever it stands. */
function textsOf(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(textsOf);
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([key, value]) => {
    if (key === 'action') return [];
    return key === 'text' && typeof value === 'string' ? [value] : textsOf(value);
  });
}
