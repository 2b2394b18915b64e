import { createServer, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { freePort } from '../../../tests/support/free-port.ts';
import { PASSWORD, type PartnerWorld, partnerWorld } from '../../../tests/support/partner-world.ts';
import { createVisitor } from '../../../tests/support/visitor.ts';
import { runnerOf } from '../../infra/db/index.ts';
import { VOLUME_SCOPES } from './rules/scopes.ts';
import { loadEventFigures } from './watch-store.ts';

interface Heard {
  readonly headers: IncomingMessage['headers'];
  readonly event: { type: string; data: Record<string, unknown> } & Record<string, unknown>;
}

const SCOPES = VOLUME_SCOPES.join(' ');
const TYPE = 'org.camaraproject.device-data-volume-subscriptions.v0';
const WATCHES = '/device-data-volume-subscriptions/v0.1/subscriptions';

let world: PartnerWorld;
let partner: { partnerId: string; secret: string };
let token: string;
let sink: { url: string; heard: Heard[]; answers: number[]; stop(): void };
beforeAll(async () => {
  world = await partnerWorld();
  sink = await listen();
  partner = await world.partner('shop', { scopes: [...VOLUME_SCOPES] });
});
beforeEach(async () => {
  token = await world.contractToken(partner, SCOPES);
  sink.heard.length = 0;
  sink.answers.length = 0;
});
afterAll(async () => {
  sink.stop();
  await world.close();
});

/** A partner's sink: keeps what it hears, answers what it was told to, else 204. */
async function listen() {
  const port = await freePort();
  const heard: Heard[] = [];
  const answers: number[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    request.on('end', () => {
      heard.push({ headers: request.headers, event: JSON.parse(text) });
      response.statusCode = answers.shift() ?? 204;
      response.end();
    });
  });
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}/sink`, heard, answers, stop };
}

let uses = 0;
async function use({ subscriptionId }: { subscriptionId: string }, megabytes: number) {
  uses += 1;
  await world.app.data.recordUse({
    requestId: `use-${uses}`,
    subscriptionId,
    endedAt: world.clock.now().toString(),
    isZeroRated: false,
    amount: { mode: 'delta', bytes: megabytes * 1_000_000 },
  });
}

const bearer = () => ({ authorization: `Bearer ${token}` });
const ask = (path: 'retrieve' | 'check', body: unknown) =>
  world.post(`/device-data-volume/v0.1/${path}`, body, bearer());

const watchOf = (phoneNumber: string, change: object = {}, config: object = {}) => ({
  protocol: 'HTTP',
  sink: sink.url,
  types: [`${TYPE}.data-50-percent`],
  config: { subscriptionDetail: { device: { phoneNumber } }, ...config },
  ...change,
});
const watch = (body: unknown) => world.post(WATCHES, body, bearer());
const heardTypes = () => sink.heard.map(({ event }) => String(event.type).replace(`${TYPE}.`, ''));
const runDue = () => world.app.jobs.runDue();

async function read(path: string, method = 'GET') {
  const response = await fetch(`${world.url}${path}`, { method, headers: bearer() });
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : null };
}

describe('how much is left', () => {
  test('in ranges, and above a threshold or not', async () => {
    const taro = await world.subscription();
    const device = { phoneNumber: taro.phoneNumber };
    expect((await ask('retrieve', { device })).body).toEqual({ device, dataVolumeCategory: '<5GiB' });
    const check = async (value: number, unit: string) =>
      (await ask('check', { device, volumeToCheck: { value, unit } })).body.thresholdExceeded;
    expect([await check(2, 'GiB'), await check(3, 'GiB'), await check(500, 'MiB')]).toEqual([true, false, true]);
    await use(taro, 2_900);
    expect((await ask('retrieve', { device })).body.dataVolumeCategory).toBe('<200MiB');
    const { rows } = await world.database.pool.query(
      `select answer from partner_answer where subscription_id = $1 order by answered_at, partner_answer_id`,
      [taro.subscriptionId],
    );
    expect(rows.map((row: { answer: string }) => row.answer)).toEqual(['<5GiB', 'true', 'false', 'true', '<200MiB']);
  });

  test('of several identifiers the phone number is used, and told back', async () => {
    const { phoneNumber } = await world.subscription();
    const device = { phoneNumber, ipv4Address: { publicAddress: '84.125.93.10', publicPort: 59_765 } };
    expect((await ask('retrieve', { device })).body.device).toEqual({ phoneNumber });
  });

  test.each([
    [{}, '422 MISSING_IDENTIFIER'],
    [{ device: {} }, '400 INVALID_ARGUMENT'],
    [{ device: { phoneNumber: '090' } }, '400 INVALID_ARGUMENT'],
    [{ device: { ipv4Address: { publicAddress: '84.125.93.10' } } }, '400 INVALID_ARGUMENT'],
    [{ device: { ipv6Address: '2001:db8::1' } }, '422 UNSUPPORTED_IDENTIFIER'],
    [{ device: { networkAccessIdentifier: '1@domain.com' } }, '422 UNSUPPORTED_IDENTIFIER'],
    [{ device: { phoneNumber: '+818099999999' } }, '404 IDENTIFIER_NOT_FOUND'],
  ])('retrieve %j → %s', async (body, expected) => {
    const answer = await ask('retrieve', body);
    expect(`${answer.status} ${answer.body.code}`).toBe(expected);
    expect(answer.body.status).toBe(answer.status);
  });

  test.each([
    [undefined, '400 INVALID_ARGUMENT'],
    [{ value: 1 }, '400 INVALID_ARGUMENT'],
    [{ value: 1, unit: 'GB' }, '400 INVALID_ARGUMENT'],
    [{ value: 1_025, unit: 'MiB' }, '400 OUT_OF_RANGE'],
    [{ value: -1, unit: 'MiB' }, '400 OUT_OF_RANGE'],
  ])('check %j → %s', async (volumeToCheck, expected) => {
    const answer = await ask('check', { device: { phoneNumber: '+818099999999' }, volumeToCheck });
    expect(`${answer.status} ${answer.body.code}`).toBe(expected);
  });

  test('with a person’s consent: the token says whom, the page said what', async () => {
    const taro = await world.subscription();
    const question = world.question(partner.partnerId, { scope: 'openid device-data-volume:read' });
    const told = await world.agree(question, await world.codeOf(taro));
    const { body } = await world.exchange(partner, told.get('code') ?? '', question.verifier);
    token = String(body.access_token);
    expect((await ask('retrieve', {})).body).toEqual({ dataVolumeCategory: '<5GiB' });
    const named = await ask('retrieve', { device: { phoneNumber: taro.phoneNumber } });
    expect(named.body.code).toBe('UNNECESSARY_IDENTIFIER');
    expect((await watch(watchOf(taro.phoneNumber))).body.code).toBe('PERMISSION_DENIED');
    expect((await world.verify(token, { ageThreshold: 18 })).body.code).toBe('PERMISSION_DENIED');
  });
});

describe('hearing of shares used', () => {
  test('started, 50 % once a month, deleted: CloudEvents with the sink’s own token', async () => {
    const taro = await world.subscription();
    const credential = {
      credentialType: 'ACCESSTOKEN',
      accessToken: 'the-sinks-own-token',
      accessTokenExpiresUtc: world.clock.now().add({ hours: 24 }).toString(),
      accessTokenType: 'bearer',
    };
    const made = await watch(watchOf(taro.phoneNumber, { sinkCredential: credential }));
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      protocol: 'HTTP',
      sink: sink.url,
      types: [`${TYPE}.data-50-percent`],
      status: 'ACTIVE',
      config: { subscriptionDetail: { device: { phoneNumber: taro.phoneNumber } } },
    });
    expect(JSON.stringify(made.body)).not.toContain('the-sinks-own-token');
    const id = String(made.body.id);
    expect((await read(`${WATCHES}/${id}`)).body).toEqual(made.body);
    expect((await read(WATCHES)).body).toContainEqual(made.body);

    await use(taro, 1_499);
    await runDue();
    expect(heardTypes()).toEqual(['subscription-started']);
    await use(taro, 1);
    await runDue();
    await runDue();
    expect(heardTypes()).toEqual(['subscription-started', 'data-50-percent']);
    const { headers, event } = sink.heard[1] ?? { headers: {}, event: {} };
    expect(headers['content-type']).toBe('application/cloudevents+json');
    expect(headers.authorization).toBe('Bearer the-sinks-own-token');
    expect(event).toEqual({
      id: expect.any(String),
      source: `${world.url}/device-data-volume-subscriptions/v0.1`,
      type: `${TYPE}.data-50-percent`,
      specversion: '1.0',
      datacontenttype: 'application/json',
      time: expect.stringMatching(/^2026-11-\d\dT.*Z$/),
      data: { device: { phoneNumber: taro.phoneNumber }, subscriptionId: id },
    });

    expect((await read(`${WATCHES}/${id}`, 'DELETE')).status).toBe(204);
    expect((await read(`${WATCHES}/${id}`)).status).toBe(404);
    expect((await read(`${WATCHES}/${id}`, 'DELETE')).status).toBe(404);
    await runDue();
    expect(sink.heard.at(-1)?.event.data).toMatchObject({ terminationReason: 'SUBSCRIPTION_DELETED' });
    const { rows } = await world.database.pool.query('select * from volume_watch');
    expect(JSON.stringify(rows)).not.toContain('the-sinks-own-token');
  });

  test('a share used before is told only to who asks for the first event; so many events and no more', async () => {
    const taro = await world.subscription();
    await use(taro, 3_000);
    const quiet = await watch(watchOf(taro.phoneNumber, { types: [`${TYPE}.data-exceeded`] }));
    const eager = await watch(
      watchOf(taro.phoneNumber, { types: [`${TYPE}.data-exceeded`] }, { initialEvent: true, subscriptionMaxEvents: 1 }),
    );
    expect([quiet.status, eager.status]).toEqual([201, 201]);
    await runDue();
    const told = sink.heard.map(({ event }) => [event.data.subscriptionId, event.data.terminationReason ?? event.type]);
    expect(told.filter(([id]) => id === quiet.body.id).length).toBe(1);
    expect(told.filter(([id]) => id === eager.body.id).map(([, what]) => what)).toEqual([
      `${TYPE}.subscription-started`,
      `${TYPE}.data-exceeded`,
      'MAX_EVENTS_REACHED',
    ]);
  });

  test('it ends when its time is up, and shortly before the sink’s token ends', async () => {
    const taro = await world.subscription();
    const expiresAt = world.clock.now().add({ minutes: 5 }).toString();
    const timed = await watch(watchOf(taro.phoneNumber, {}, { subscriptionExpireTime: expiresAt }));
    expect(timed.body.expiresAt).toBe(expiresAt);
    const held = await watch(
      watchOf(taro.phoneNumber, {
        sinkCredential: {
          credentialType: 'ACCESSTOKEN',
          accessToken: 'brief',
          accessTokenExpiresUtc: world.clock.now().add({ minutes: 6 }).toString(),
          accessTokenType: 'bearer',
        },
      }),
    );
    await runDue();
    world.clock.advance('PT5M1S');
    await runDue();
    const ends = new Map(sink.heard.map(({ event }) => [event.data.subscriptionId, event.data.terminationReason]));
    expect(ends.get(timed.body.id)).toBe('SUBSCRIPTION_EXPIRED');
    expect(ends.get(held.body.id)).toBe('ACCESS_TOKEN_EXPIRED');
  });

  test('a sink that fails is tried again and hears everything in its order; one that is gone is left alone', async () => {
    const taro = await world.subscription();
    sink.answers.push(500);
    const made = await watch(watchOf(taro.phoneNumber));
    await use(taro, 1_600);
    await runDue();
    expect(heardTypes()).toEqual(['subscription-started']);
    // What staff see of it in the console.
    const figures = () => loadEventFigures(runnerOf(world.database.db), partner.partnerId);
    const before = await figures();
    expect(before.oldest).not.toBeNull();
    world.clock.advance('PT11S');
    await runDue();
    const { waiting, delivered } = await figures();
    expect([waiting, delivered]).toEqual([before.waiting - 2, before.delivered + 2]);
    expect(heardTypes()).toEqual(['subscription-started', 'subscription-started', 'data-50-percent']);
    expect(sink.heard[0]?.event.id).toBe(sink.heard[1]?.event.id);

    sink.answers.push(410);
    const gone = await watch(watchOf(taro.phoneNumber));
    await runDue();
    expect((await read(`${WATCHES}/${gone.body.id}`)).status).toBe(404);
    expect((await read(`${WATCHES}/${made.body.id}`)).status).toBe(200);
  });

  test('a consent taken back ends what rests on it, unheard', async () => {
    const [taro, hanako] = [await world.subscription(), await world.subscription()];
    sink.answers.push(500);
    const other = await watch(watchOf(hanako.phoneNumber));
    await runDue();
    const scope = `openid ${SCOPES}`;
    const question = world.question(partner.partnerId, { scope });
    const told = await world.agree(question, await world.codeOf(taro));
    const { body } = await world.exchange(partner, told.get('code') ?? '', question.verifier);
    token = String(body.access_token);
    const made = await watch({ ...watchOf(''), config: { subscriptionDetail: {} } });
    expect(made.status).toBe(201);
    expect((await read(WATCHES)).body).toEqual([made.body]);
    sink.answers.push(500);
    await use(taro, 2_000);
    await runDue();
    const browser = createVisitor();
    const login = await browser.go(`${world.url}/login?next=/age-proof`);
    const list = await login.submit({ loginId: taro.loginId, password: PASSWORD });
    await (await list.follow('取り消す')).submit({}, '取り消す');
    world.clock.advance('PT1M');
    await runDue();
    const heardBy = (id: unknown) =>
      sink.heard
        .filter(({ event }) => event.data.subscriptionId === id)
        .map(({ event }) => event.data.terminationReason ?? String(event.type).replace(`${TYPE}.`, ''));
    expect(heardBy(made.body.id)).toEqual(['subscription-started', 'NETWORK_TERMINATED']);
    // What waits for somebody else is told when its sink answers.
    expect(heardBy(other.body.id)).toEqual(['subscription-started', 'subscription-started']);
  });

  test('another partner sees and ends none of it', async () => {
    const taro = await world.subscription();
    const made = await watch(watchOf(taro.phoneNumber));
    const thief = await world.partner('thief', { scopes: [...VOLUME_SCOPES] });
    token = await world.contractToken(thief, SCOPES);
    expect((await read(WATCHES)).body).toEqual([]);
    expect((await read(`${WATCHES}/${made.body.id}`)).status).toBe(404);
    expect((await read(`${WATCHES}/${made.body.id}`, 'DELETE')).status).toBe(404);
  });

  test.each([
    [{ protocol: 'MQTT5' }, {}, '400 INVALID_PROTOCOL'],
    [{ protocol: 'FAX' }, {}, '400 INVALID_ARGUMENT'],
    [{ sink: 'http://partner.example/sink' }, {}, '400 INVALID_SINK'],
    [{ sink: 'https://10.0.0.1/sink' }, {}, '400 INVALID_SINK'],
    [{ sink: undefined }, {}, '400 INVALID_ARGUMENT'],
    [{ sinkCredential: { credentialType: 'PLAIN', identifier: 'a', secret: 'b' } }, {}, '400 INVALID_CREDENTIAL'],
    [
      {
        sinkCredential: {
          credentialType: 'ACCESSTOKEN',
          accessToken: 'x',
          accessTokenExpiresUtc: '2030-01-01T00:00:00Z',
          accessTokenType: 'mac',
        },
      },
      {},
      '400 INVALID_TOKEN',
    ],
    [{ sinkCredential: { credentialType: 'ACCESSTOKEN' } }, {}, '400 INVALID_ARGUMENT'],
    [{ types: [] }, {}, '400 INVALID_ARGUMENT'],
    [{ types: ['data-50-percent'] }, {}, '400 INVALID_ARGUMENT'],
    [
      { types: [`${TYPE}.data-50-percent`, `${TYPE}.data-75-percent`] },
      {},
      '422 MULTIEVENT_SUBSCRIPTION_NOT_SUPPORTED',
    ],
    [{ config: {} }, {}, '400 INVALID_ARGUMENT'],
    [{}, { subscriptionExpireTime: '2020-01-01T00:00:00Z' }, '400 INVALID_ARGUMENT'],
    [{}, { subscriptionExpireTime: 'tomorrow' }, '400 INVALID_ARGUMENT'],
    [{}, { subscriptionMaxEvents: 0 }, '400 OUT_OF_RANGE'],
    [{ config: { subscriptionDetail: {} } }, {}, '422 MISSING_IDENTIFIER'],
    [{}, {}, '404 IDENTIFIER_NOT_FOUND'],
  ])('%j %j → %s', async (change, config, expected) => {
    const answer = await watch(watchOf('+818099999999', change, config));
    expect(`${answer.status} ${answer.body.code}`).toBe(expected);
  });

  test('a token for other events is no token for these; an id that is none, and one that is nobody’s', async () => {
    token = await world.contractToken(partner, `device-data-volume-subscriptions:${TYPE}.data-90-percent:create`);
    const { phoneNumber } = await world.subscription();
    expect((await watch(watchOf(phoneNumber))).body).toMatchObject({ status: 403, code: 'SUBSCRIPTION_MISMATCH' });
    expect((await read(WATCHES)).body.code).toBe('PERMISSION_DENIED');
    token = await world.contractToken(partner, SCOPES);
    expect((await read(`${WATCHES}/x`)).body).toMatchObject({ status: 400, code: 'INVALID_ARGUMENT' });
    expect((await read(`${WATCHES}/550e8400-e29b-41d4-a716-446655440000`)).body).toMatchObject({
      status: 404,
      code: 'NOT_FOUND',
    });
  });
});
