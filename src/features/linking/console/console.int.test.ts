import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ConsoleStage, consoleStage, type Staffed } from '../../../../tests/support/console.ts';
import { newId } from '../../../base/ids.ts';

let play: ConsoleStage;
let agent: Staffed;
let tanaka: string;
let sato: string;
let hanako: string;
const contractorLink = newId();
const userLink = newId();
beforeAll(async () => {
  play = await consoleStage();
  agent = play.as('agent');
  [tanaka, sato] = [await play.contractorId('tanaka'), await play.contractorId('sato')];
  hanako = await play.subscriptionId('819000000002');
  await pool().query(
    `insert into line_account (line_user_id, display_name, is_friend, updated_at)
     values ('U1', 'たろう', true, now()), ('U2', 'はなこ', true, now())`,
  );
  await pool().query(
    `insert into contractor_link (contractor_link_id, contractor_id, line_user_id, linked_at)
     values ($1, $2, 'U1', '2026-11-02T03:04:00Z')`,
    [contractorLink, tanaka],
  );
  await pool().query(
    `insert into user_link (user_link_id, subscription_id, line_user_id, link_code_id, linked_at)
     select $1, subscription_id, 'U2', link_code_id, '2026-11-03T03:04:00Z' from link_code
     where subscription_id = $2 and revoked_at is null`,
    [userLink, hanako],
  );
  for (const contractorId of [tanaka, sato]) await agent.look(contractorId);
});
afterAll(() => play.close());

const pool = () => play.stage.app.database.pool;
const linksOf = (contractorId: string) => `/console/customers/${contractorId}/links`;

async function told(lineUserId: string): Promise<string> {
  const { rows } = await pool().query<{ body: unknown }>(
    `select body from outbox where line_user_id = $1 and kind = 'message' order by created_at, outbox_id`,
    [lineUserId],
  );
  return JSON.stringify(rows);
}
const reasonsOf = async (action: string) =>
  (
    await pool().query<{ reason: string }>(
      `select detail ->> 'reason' as reason from audit_log where action = $1 and actor_kind = 'staff'`,
      [action],
    )
  ).rows.map(({ reason }) => reason);

describe('undoing a link in the console', () => {
  test('who is linked since when is shown after a reason', async () => {
    const page = await agent.at(linksOf(tanaka));
    for (const said of [
      'たろう',
      '契約者連携',
      '2026年11月2日 12:04',
      '利用者連携 田中 花子（末尾0002）',
      '開通のとき',
    ])
      expect(page.text).toContain(said);
    await play.as('auditor').look(tanaka);
    expect((await play.as('auditor').at(linksOf(tanaka))).html).not.toContain(userLink);
  });

  test('another customer’s link is not there', async () => {
    const through = `${linksOf(sato)}/${userLink}`;
    expect((await agent.at(through)).status).toBe(404);
    expect((await agent.post(through, { reason: '間違えて開いた' })).status).toBe(404);
  });

  test('a user link, with a reason; both are told, and it is gone', async () => {
    const path = `${linksOf(tanaka)}/${userLink}`;
    const page = await agent.at(path);
    expect(page.text).not.toContain('お伝えください');
    const refused = await page.submit({ reason: 'はい' }, '解除する');
    expect([refused.status, refused.text.includes('5文字以上')]).toEqual([422, true]);
    const done = await refused.submit({ reason: 'スマホをなくした' }, '解除する');
    for (const said of ['連携を解除しました', '管理画面から']) expect(done.text).toContain(said);
    expect(await told('U2')).toContain('解除');
    expect(await told('U1')).toContain('はなこ');
    expect(await reasonsOf('linking.user-unlinked')).toEqual(['スマホをなくした']);
    expect((await agent.at(path)).status).toBe(404);
  });

  test('a contractor link, of two taps at once once', async () => {
    const path = `${linksOf(tanaka)}/${contractorLink}`;
    const lost =
      '先にお客さまへお伝えください。「まだ付いていない11月分のポイント（いまのところ36ポイント）は受け取れません。」';
    expect((await agent.at(path)).text).toContain(lost);
    await Promise.all([1, 2].map(() => agent.post(path, { reason: '本人からの申し出' })));
    expect(await reasonsOf('linking.contractor-unlinked')).toEqual(['本人からの申し出']);
  });
});

describe('re-issuing a link code in the console', () => {
  test('needs a reason, shows no code, and is in the history with who and why; five a day', async () => {
    const path = `/console/subscriptions/${hanako}/link-code`;
    const form = await agent.at(path);
    expect((await form.submit({ reason: '' }, '再発行する')).status).toBe(422);
    for (let times = 1; times <= 5; times += 1) {
      const done = await agent.post(path, { reason: `コードをなくした ${times}` });
      expect(done.text).toContain('契約者はマイページで確かめられます');
      expect(done.text).not.toMatch(/\d{4}[- ]\d{4}[- ]\d{4}|\d{16}/);
    }
    const history = await agent.at(linksOf(tanaka));
    expect(history.text).toContain('担当者 井上 窓口 コードをなくした 5');
    const sixth = await agent.post(path, { reason: 'コードをなくした 6' });
    expect([sixth.status, sixth.text.includes('1日5回まで')]).toEqual([422, true]);
  });

  test('not of a subscription that has ended', async () => {
    await agent.look(await play.contractorId('suzuki'));
    const ended = await play.subscriptionId('819000000007');
    const page = await agent.post(`/console/subscriptions/${ended}/link-code`, { reason: 'コードをなくした' });
    expect([page.status, page.text.includes('契約は終わっている')]).toEqual([422, true]);
  });
});
