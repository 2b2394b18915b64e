import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { linkCodesOf, linkContractor, linkUser, type OnStage, onStage, openFrom } from '../support/linked.ts';
import { openStage, type Stage } from '../support/stage.ts';
import { createVisitor } from '../support/visitor.ts';

let stage: Stage;
let taro: OnStage;
let hanako: OnStage;
beforeAll(async () => {
  stage = await openStage();
  [taro, hanako] = [await onStage(stage, 'たろう'), await onStage(stage, 'はなこ')];
  const codes = await linkCodesOf(stage, 'tanaka');
  for (const [at, person] of [taro, hanako].entries()) {
    await person.follow();
    await linkUser(stage, person, codes[at] ?? '');
  }
});
afterAll(() => stage.close());

describe('データ残量確認', () => {
  test.each([
    ['the menu', () => taro.tap('データ残量確認')],
    ['残量', () => taro.say('残量')],
    ['ギガ', () => taro.say('ギガ')],
  ])('by %s: remaining by kind and until when, total, today and this month', async (_, ask) => {
    await ask();
    const words = await taro.heard();
    for (const part of [
      '残り',
      '前月繰越',
      '11月30日まで',
      '基本データ量',
      '12月31日まで',
      '今日の使用量',
      '今月の使用量',
    ]) {
      expect(words).toContain(part);
    }
  });

  test('what is left of a month’s volume is a bar that is not full', async () => {
    await hanako.say('残量');
    const [, width] = /"width":"(\d+)%"/.exec(JSON.stringify((await hanako.screen()).talk.at(-1))) ?? [];
    expect(Number(width)).toBeGreaterThan(50);
    expect(Number(width)).toBeLessThan(95);
  });

  test('behind it thirty days as a picture and as a table', async () => {
    const consent = await openFrom(taro, 'グラフを見る');
    const page = await consent.submit({}, '許可する');
    expect(page.html.match(/<svg/g)?.length ?? 0).toBeGreaterThan(0);
    expect(page.html.match(/<tr/g)?.length ?? 0).toBeGreaterThanOrEqual(30);
  });

  test('a user sees the own subscription and nobody else’s: 404', async () => {
    const { subscriptions } = await everybody(stage);
    const others = subscriptions.find((each) => each.msisdn.endsWith('0004'));
    const page = await taro.browser.go(`${stage.url}/data?subscription=${others?.subscription_id}`);
    expect(page.status).toBe(404);
  });

  test('a user without a contractor link sees no bill and no contract pages', async () => {
    const page = await hanako.browser.go(`${stage.url}/contract`);
    expect(page.url.pathname).toBe('/login');
  });

  test('a contractor sees all own subscriptions', async () => {
    const ichiro = await onStage(stage, 'いちろう');
    await ichiro.follow();
    await linkContractor(stage, ichiro, 'tanaka');
    await ichiro.say('残量');
    const words = await ichiro.heard();
    for (const name of ['田中 太郎', '田中 花子', '田中 さくら']) expect(words).toContain(name);
  });
});

describe('the turn of the month', () => {
  test('at midnight in Tokyo base becomes carry-over once, and the new base is there', async () => {
    // The clock runs: so long before, that a busy machine answers in time.
    await stage.control.clock({ set: '2026-11-30T23:59:30+09:00' });
    await taro.say('残量');
    expect(await taro.heard()).toContain('11月30日まで');
    await stage.control.clock({ set: '2026-12-01T00:00:00+09:00' });
    await taro.say('残量');
    const words = await taro.heard();
    expect(words).toContain('12月31日まで');
    expect(words).toContain('1月31日まで');
    expect(words).not.toContain('11月30日まで');
    expect(words).toMatch(/今月の使用量\n0MB/);
  });
});

const api = { authorization: 'Bearer demo-api-key' };

describe('interfaces', () => {
  test('a balance needs the key, and says bytes', async () => {
    const { subscriptions } = await everybody(stage);
    const at = `${stage.url}/api/v1/subscriptions/${subscriptions[0]?.subscription_id}/balance`;
    expect((await fetch(at)).status).toBe(401);
    const answer = await fetch(at, { headers: api });
    expect(answer.status).toBe(200);
    expect(JSON.stringify(await answer.json())).toMatch(/Bytes":\d+/);
  });

  test('everything is described', async () => {
    const answer = await fetch(`${stage.url}/openapi.json`, { headers: { 'accept-encoding': 'br' } });
    expect([answer.headers.get('content-encoding'), answer.headers.get('cache-control')]).toEqual(['br', 'no-cache']);
    const description = (await answer.json()) as { paths: Record<string, unknown> };
    for (const path of [
      '/api/v1/contractors',
      '/api/v1/subscriptions/{id}/balance',
      '/api/v1/subscriptions/{id}/link-code',
      '/api/v1/gifts',
      '/api/v1/usage',
      '/api/v1/month-turns/{month}',
      '/api/v1/subscriptions/{id}/reservations',
      '/api/v1/subscriptions/{id}/reservations/{reservationId}/settle',
    ]) {
      expect(Object.keys(description.paths)).toContain(path);
    }
  });

  test('usage is counted once however often it is sent', async () => {
    const { subscriptions } = await everybody(stage);
    const event = {
      specversion: '1.0',
      type: 'usage',
      source: '/feed/test',
      id: 'record-1',
      subject: subscriptions[0]?.subscription_id,
      time: '2026-12-01T00:00:00+09:00',
      data: { mode: 'delta', uplinkBytes: 1_000_000, downlinkBytes: 2_000_000 },
    };
    const send = async () =>
      fetch(`${stage.url}/api/v1/usage`, {
        method: 'POST',
        headers: { ...api, 'content-type': 'application/cloudevents+json' },
        body: JSON.stringify(event),
      });
    const first = await send();
    expect([first.status, (await send()).status].every((status) => status < 300)).toBe(true);
    const { rows } = await stage.app.database.pool.query<{ used: number }>(
      `select used_bytes as used from data_usage_daily where subscription_id = $1 and used_on = '2026-12-01'`,
      [subscriptions[0]?.subscription_id],
    );
    expect(rows[0]?.used).toBe(3_000_000);
  });

  test('lines are no body to be limited: more than is taken in one piece', async () => {
    const { subscriptions } = await everybody(stage);
    const line = (id: number) =>
      `${JSON.stringify({
        specversion: '1.0',
        type: 'usage',
        source: '/feed/lines',
        id: String(id),
        subject: subscriptions[0]?.subscription_id,
        time: '2026-12-01T00:00:00+09:00',
        data: { uplinkBytes: 0, downlinkBytes: 1, note: '-'.repeat(20_000) },
      })}\n`;
    const body = Array.from({ length: 300 }, (_, id) => line(id)).join('');
    const send = (type: string) =>
      fetch(`${stage.url}/api/v1/usage`, { method: 'POST', headers: { ...api, 'content-type': type }, body });
    expect((await send('application/cloudevents-batch+json')).status).toBe(413);
    expect(await (await send('application/x-ndjson')).json()).toMatchObject({ accepted: 300, refused: 0 });
  });

  test('what watches finds life, readiness and figures', async () => {
    for (const path of ['/healthz', '/readyz', '/metrics']) {
      expect((await createVisitor().go(`${stage.url}${path}`)).status).toBe(200);
    }
    const figures = await (await fetch(`${stage.url}/metrics`)).text();
    expect(figures).toMatch(/^renkei_usage_records_total\{outcome="accepted"\} [1-9]/m);
    expect(figures).toMatch(/^renkei_usage_records_total\{outcome="conflict"\} 0/m);
    expect(figures).toMatch(/^renkei_month_turn_remaining 0/m);
    expect(figures).toMatch(/^renkei_ledger_agrees 1/m);
  });

  test('the turn of the month says how far it is', async () => {
    const at = `${stage.url}/api/v1/month-turns`;
    expect((await fetch(`${at}/2026-12`)).status).toBe(401);
    expect((await fetch(`${at}/2027-01`, { headers: api })).status).toBe(404);
    const turn = (await (await fetch(`${at}/2026-12`, { headers: api })).json()) as Record<string, unknown>;
    expect(turn).toMatchObject({ month: '2026-12', remaining: 0, finishedAt: expect.any(String) });
    expect(turn.done).toBe(turn.total);
  });
});

describe('a network that charges online', () => {
  test('what it holds is shown apart; with all of it held, nothing is said to be used up, and it comes back', async () => {
    const { subscriptions } = await everybody(stage);
    const id = subscriptions[0]?.subscription_id ?? '';
    const ask = async (path: string, body?: object) => {
      const headers = { ...api, 'content-type': 'application/json', 'idempotency-key': `journey${path}` };
      const url = `${stage.url}/api/v1/subscriptions/${id}/reservations${path}`;
      const answer = await fetch(url, { method: 'POST', headers, ...(body && { body: JSON.stringify(body) }) });
      return (await answer.json()) as { reservationId: string };
    };
    const { reservationId } = await ask('', { bytes: 100_000_000_000, validFor: 'PT10M' });
    await taro.say('残量');
    expect(await taro.heard()).toContain('を確保しています');
    const page = await taro.browser.go(`${stage.url}/data?subscription=${id}`);
    expect(page.html).toContain('通信用に確保中');
    expect(page.html).not.toContain('月末まで速度がゆっくり');
    await ask(`/${reservationId}/release`);
    await taro.say('残量');
    expect(await taro.heard()).not.toContain('確保');
  });
});

describe('when everything is used', () => {
  const feed = async (id: string, megabytes: number) => {
    const { subscriptions } = await everybody(stage);
    await fetch(`${stage.url}/api/v1/usage`, {
      method: 'POST',
      headers: { ...api, 'content-type': 'application/cloudevents+json' },
      body: JSON.stringify({
        specversion: '1.0',
        type: 'usage',
        source: '/feed/test',
        id,
        subject: subscriptions[0]?.subscription_id,
        time: '2026-12-01T00:00:00+09:00',
        data: { mode: 'delta', uplinkBytes: 0, downlinkBytes: megabytes * 1_000_000 },
      }),
    });
    await stage.control.settle();
    return subscriptions[0]?.subscription_id ?? '';
  };

  test('the user is told, sees that it is slow, until when and what helps, and is fast again with a top-up', async () => {
    const subscriptionId = await feed('all-of-it', 100_000);
    expect(await taro.heard()).toContain('使えるデータ量がなくなりました');
    await taro.say('残量');
    const slowed = '速度制限中（200kbps・12月31日まで）';
    expect(await taro.heard()).toContain(slowed);
    const page = await taro.browser.go(`${stage.url}/data?subscription=${subscriptionId}`);
    expect(page.html).toContain(slowed);
    expect(page.html).toContain('すぐに元の速さに戻ります');

    await stage.app.data.topUp({ requestId: 'journey', subscriptionId, amountBytes: 1_000_000_000 });
    await taro.say('残量');
    expect(await taro.heard()).not.toContain('速度制限中');
  });

  test('whoever switches the notice off is not told again', async () => {
    await taro.say('お知らせ');
    expect(await taro.heard()).not.toContain('受け取らない');
    await taro.tap('「なくなった」を止める');
    expect(await taro.heard()).toContain('受け取らない');
    await feed('the-top-up', 1_000);
    expect(await taro.heard()).toContain('受け取らない');
  });
});

async function everybody(on: Stage) {
  const { rows } = await on.app.database.pool.query<{ subscription_id: string; msisdn: string }>(
    'select subscription_id, msisdn from subscription order by msisdn',
  );
  return { subscriptions: rows };
}
