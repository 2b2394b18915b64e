import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type SimulatedLine, simulatedLine } from '../../../tests/support/simulated-line.ts';
import { createAdjustableClock } from '../../base/clock.ts';
import { LineCallFailed } from './answer.ts';
import { createLineClient } from './client.ts';
import { text } from './flex.ts';

let line: SimulatedLine;
let person: string;
const clock = createAdjustableClock();
beforeAll(async () => {
  line = await simulatedLine();
});
afterAll(() => line.stop());
beforeEach(async () => {
  clock.shift(0);
  await line.clearFaults();
  person = await line.person('ゆき', 'ja');
  await line.follow(person);
});

const tokens = async () => (await line.calls('/oauth2/v3/token')).length;

describe('the channel token', () => {
  test('is asked for once, however many calls begin together, and again before it ends', async () => {
    const client = line.client(clock);
    const before = await tokens();
    await Promise.all(Array.from({ length: 10 }, () => client.profile(person)));
    expect((await tokens()) - before).toBe(1);
    clock.advance('PT12M');
    await client.profile(person);
    expect((await tokens()) - before).toBe(1);
    clock.advance('PT2M');
    await client.profile(person);
    expect((await tokens()) - before).toBe(2);
  });

  test('is renewed when LINE no longer takes it, and the call goes on', async () => {
    const client = line.client(clock);
    await client.profile(person);
    // LINE's clock runs ahead: the token has ended there, and not here.
    await line.advanceClock('PT20M');
    expect(await client.push(person, [text('a')], randomUUID())).toMatchObject({ kind: 'ok' });
  });

  test('that cannot be had leaves a call that certainly was not made', async () => {
    await line.faults({ api: { status: 500 } });
    const answer = await line.client(clock).push(person, [text('a')], randomUUID());
    expect(answer).toMatchObject({ kind: 'no-answer', isCertainlyUnsent: true });
  });
});

describe('answers', () => {
  test('carry what LINE says', async () => {
    const client = line.client(clock);
    const key = randomUUID();
    const first = await client.push(person, [text('a')], key);
    expect(first).toMatchObject({ kind: 'ok', requestId: expect.any(String) });
    expect(await client.push(person, [text('a')], key)).toMatchObject({
      kind: 'refused',
      status: 409,
      acceptedRequestId: first.kind === 'ok' ? first.requestId : '',
    });
    expect(await client.reply('never-given', [text('a')])).toMatchObject({
      kind: 'refused',
      status: 400,
      message: 'Invalid reply token',
    });
  });

  test('that do not come in time are waited for no longer', async () => {
    const client = line.client(clock, 500);
    await client.profile(person);
    await line.faults({ api: { delayMs: 2_000 } });
    const answer = await client.push(person, [text('a')], randomUUID());
    expect(answer).toMatchObject({ kind: 'no-answer', isCertainlyUnsent: false });
  });

  test('of a LINE that is not there: the call certainly was not made', async () => {
    const client = createLineClient({
      channelId: '1',
      channelSecret: 'x',
      apiBaseUrl: 'http://127.0.0.1:1',
      dataApiBaseUrl: 'http://127.0.0.1:1',
      clock,
    });
    expect(await client.reply('t', [text('a')])).toMatchObject({ kind: 'no-answer', isCertainlyUnsent: true });
  });
});

describe('people', () => {
  test('a profile has a name and a language; who blocked has none', async () => {
    const client = line.client(clock);
    expect(await client.profile(person)).toEqual({ displayName: 'ゆき', language: 'ja' });
    await line.block(person);
    expect(await client.profile(person)).toBeNull();
  });

  test('a link token is given, and its failure tells why', async () => {
    const client = line.client(clock);
    expect(await client.issueLinkToken(person)).toMatch(/^\w{20,}/);
    await expect(client.issueLinkToken('nobody')).rejects.toThrow(LineCallFailed);
  });
});
