import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type ConsoleStage, consoleStage, type Staffed } from '../../../../tests/support/console.ts';
import { newId } from '../../../base/ids.ts';

let play: ConsoleStage;
let agent: Staffed;
beforeAll(async () => {
  play = await consoleStage();
  agent = play.as('agent');
});
afterAll(() => play.close());

const pool = () => play.stage.app.database.pool;

async function send(id: string, bytes: number): Promise<number> {
  const response = await fetch(`${play.stage.url}/api/v1/usage`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${play.stage.app.config.apiKey}`,
      'content-type': 'application/cloudevents+json',
    },
    body: JSON.stringify({
      specversion: '1.0',
      type: 'usage',
      source: '/radius/1',
      id,
      subject: '819000000002',
      time: '2026-11-18T11:00:00+09:00',
      data: { uplinkBytes: 0, downlinkBytes: bytes },
    }),
  });
  await response.body?.cancel();
  return response.status;
}

describe('the usage feed', () => {
  test('is told by day: counted, duplicate, conflict, refused; a conflict stands beside what was counted', async () => {
    const id = newId();
    expect([await send(id, 5_000_000), await send(id, 5_000_000), await send(id, 7_000_000)]).toEqual([200, 200, 409]);
    // Figures are written about once a second.
    await vi.waitFor(async () => expect((await agent.at('/console/feed')).text).toContain('2026年11月18日 1 1 1 0'), {
      timeout: 20_000,
      interval: 200,
    });
    const { text } = await agent.at('/console/feed');
    for (const said of ['/radius/1', id, '2026年11月18日の使用 5MB、超過 0MB', '7MB', '2026年11月 '])
      expect(text).toContain(said);
    expect(text).toContain('ネットワークへの指示は、すべて届いています。');
    expect((await agent.at('/console')).text).toContain('1件待っています');
    expect((await play.as('auditor').at('/console/feed')).text).not.toContain('くらべて片づける');
  });

  test('a conflict is opened with a reason for looking and put away with another, once', async () => {
    const asked = await (await agent.at('/console/feed')).follow('くらべて片づける');
    expect(asked.url.pathname).toContain('/look');
    const page = await asked.submit({ reason: 'ネットワークの調査' }, '理由を記録して開く');
    for (const said of ['田中 花子（末尾0002）', 'downlinkBytes', '7000000']) expect(page.text).toContain(said);
    const again = await page.submit({ reason: 'はい' }, '片づける');
    expect([again.status, again.text.includes('5文字以上')]).toEqual([422, true]);
    const done = await again.submit({ reason: '先の記録が正しい' }, '片づける');
    expect([done.text.includes('片づけました'), done.text.includes('取り置いた記録はありません')]).toEqual([
      true,
      true,
    ]);
    expect((await agent.at(page.url.pathname)).status).toBe(404);
    expect((await agent.post(page.url.pathname, { reason: 'もう一度だけ' })).text).toContain('片づけました');
    const { rows } = await pool().query<{ reason: string }>(
      `select detail ->> 'reason' as reason from audit_log where action = 'data.usage-conflict-removed'`,
    );
    expect(rows).toEqual([{ reason: '先の記録が正しい' }]);
  });
});

describe('the reconciliation', () => {
  test('a difference is said on every page until a look agrees; an admin looks again', async () => {
    const admin = play.as('admin');
    const break_ = (by: number) =>
      pool().query(
        `update ledger_owner set remaining[1] = remaining[1] + ${by}
         where owner_id = (select owner_id from ledger_owner where remaining[1] > 1000 order by owner_id limit 1)`,
      );
    await break_(5);
    // The clock's second is the look's key, and the play began with a look.
    play.stage.clock.advance('PT1S');
    const found = await (await admin.at('/console/ledger-check')).submit({}, 'いますぐ照合する');
    expect(found.text).toContain('一致しないものが');
    expect(found.text).toContain('ひとまとまりの残りは、入った量から出た量を引いたものと同じです。');
    for (const path of ['/console', '/console/customers', '/console/ledger-check', '/console/requests']) {
      expect((await agent.at(path)).text).toContain('データプレゼントは止まっています。');
    }
    await break_(-5);
    play.stage.clock.advance('PT1S');
    const agrees = await (await admin.at('/console/ledger-check')).submit({}, 'いますぐ照合する');
    expect(agrees.text).toContain('すべて一致しました');
    expect((await agent.at('/console')).text).not.toContain('止まっています。');
    expect((await agent.at('/console/ledger-check')).text).not.toContain('いますぐ照合する');
  });
});
