import { insight, manageAudience, messagingApi } from '@line/bot-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { notSimulated } from '../api/envelope.ts';
import { type Stage, startStage } from '../testing/stage.ts';

// Every operation of the SDK's clients either answers or is named here, so that nobody takes silence
// for support, and a new operation in the SDK asks for a decision.
const leftOut: string[] = [];

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.stop());

/** Whether anybody is behind the operation's address; the arguments mean nothing and are mostly refused. */
async function isServed(client: object, operation: string, userId: string): Promise<boolean> {
  const call = Reflect.get(client, operation);
  const argument = /^(get|list|delete|issue|link|unlink|set|leave|close|update)/.test(operation) ? userId : {};
  const seqBefore = stage.simulator.world.calls.since(0).at(-1)?.seq ?? 0;
  await Promise.resolve(Reflect.apply(call, client, [argument, new Blob(['x'])])).catch(() => undefined);
  const [logged] = stage.simulator.world.calls.since(seqBefore);
  if (!logged) throw new Error(`${operation} called nothing`);
  return logged.refusal !== notSimulated;
}

test('every operation of the SDK is served, or known not to be', async () => {
  const { userId } = await stage.befriend('たろう');
  const options = { channelAccessToken: 'a-token-from-the-console' };
  const clients = [
    new messagingApi.MessagingApiClient({ ...options, baseURL: stage.origins.api }),
    new messagingApi.MessagingApiBlobClient({ ...options, baseURL: stage.origins.data }),
    new manageAudience.ManageAudienceClient({ ...options, baseURL: stage.origins.api }),
    new manageAudience.ManageAudienceBlobClient({ ...options, baseURL: stage.origins.data }),
    new insight.InsightClient({ ...options, baseURL: stage.origins.api }),
  ];
  const missing: string[] = [];
  for (const client of clients) {
    const operations = Object.getOwnPropertyNames(Object.getPrototypeOf(client)).filter((name) =>
      name.endsWith('WithHttpInfo'),
    );
    for (const operation of operations) {
      if (!(await isServed(client, operation, userId))) missing.push(operation.replace('WithHttpInfo', ''));
    }
  }
  expect(missing.sort()).toEqual(leftOut.sort());
});
