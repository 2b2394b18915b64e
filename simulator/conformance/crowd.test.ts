import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Call, CrowdResult, Person } from '../contract.ts';
import { type Stage, startStage } from '../testing/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({ webhookConnections: 8, eventsPerWebhook: 1, hasRateLimits: false });
});
afterAll(() => stage.stop());

test('a crowd adds the account, writes, and says how the bot took it; each person is heard in order', async () => {
  const result = await stage.control<CrowdResult>('POST', '/crowd', { people: 20, perSecond: 400, seconds: 0.5 });
  expect(result.userIds).toHaveLength(20);
  expect(result).toMatchObject({ delivered: result.said, requests: result.said, refused: 0 });
  const events = stage.bot.events();
  expect(events.filter(({ type }) => type === 'follow')).toHaveLength(20);
  expect(events.filter(({ type }) => type === 'message')).toHaveLength(result.said);
  for (const userId of result.userIds) {
    const times = events.flatMap(({ source, timestamp }) =>
      source?.type === 'user' && source.userId === userId ? [timestamp] : [],
    );
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  }
  const push = await stage.client.pushMessage({
    to: result.userIds[0] ?? '',
    messages: [{ type: 'text', text: 'はい' }],
  });
  expect(push.sentMessages).toHaveLength(1);
  expect(await stage.control<Person[]>('GET', '/people')).toHaveLength(5);
});

test('what the bot refuses is counted', async () => {
  stage.bot.behave({ status: 500 });
  const result = await stage.control<CrowdResult>('POST', '/crowd', { people: 2, perSecond: 100, seconds: 0.1 });
  expect(result).toMatchObject({ delivered: 0, refused: result.said });
  stage.bot.behave({});
});

test('an order for no crowd is refused', async () => {
  await expect(stage.control('POST', '/crowd', { people: 0 })).rejects.toThrow('400');
  await expect(stage.control('POST', '/crowd', { seconds: 'long' })).rejects.toThrow('400');
});

test('a body of two megabytes does not stay in the log a hundred times', async () => {
  const { calls } = stage.simulator.world;
  calls.clear();
  const text = 'x'.repeat(2 * 1024 * 1024);
  for (let time = 0; time < 60; time += 1) {
    calls.add({
      at: '',
      direction: 'received',
      method: 'POST',
      origin: 'api',
      path: `/${time}`,
      status: 413,
      durationMs: 0,
      size: text.length,
      words: () => ({ headers: {}, body: text, responseBody: null }),
    });
  }
  const kept: Call[] = calls.since(0);
  expect(kept.length).toBeLessThan(40);
  expect(kept.at(-1)?.path).toBe('/59');
  calls.clear();
});
