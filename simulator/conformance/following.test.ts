import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ClockState } from '../contract.ts';
import { type Stage, startStage } from '../testing/stage.ts';

// The program under test may follow the clock and say when it is idle; here it is played by a small server.

let stage: Stage;
let program: Server;
let told: unknown[];
let idleAnswers: boolean[];
let status: number;

beforeEach(async () => {
  told = [];
  idleAnswers = [];
  status = 204;
  program = createServer(async (request, response) => {
    if (request.url === '/idle') {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ idle: idleAnswers.shift() ?? true }));
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    told.push(JSON.parse(Buffer.concat(chunks).toString('utf8')));
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => program.listen(0, '127.0.0.1', resolve));
  const { port } = program.address() as AddressInfo;
  const address = `http://127.0.0.1:${port}`;
  stage = await startStage({
    clockFollowers: [`${address}/clock`],
    resetFollowers: [`${address}/reset`],
    idleUrl: `${address}/idle`,
  });
});
afterEach(async () => {
  await stage.stop();
  program.closeAllConnections();
  program.close();
});

test('followers have heard of the new time before the caller has', async () => {
  const state = await stage.control<ClockState>('POST', '/clock', { set: '2027-01-01T00:00:00Z', freeze: true });
  expect(told).toEqual([state]);
});

test('a follower that refuses is named', async () => {
  status = 500;
  await expect(stage.control('POST', '/clock', { advance: 'PT1M' })).rejects.toThrow(/502 .*\/clock/);
});

test('a reset is told, too', async () => {
  await stage.control('POST', '/reset');
  expect(told).toEqual([{ everything: false }]);
});

test('settling asks until the program has been idle twice in a row', async () => {
  idleAnswers = [false, true, false, true, true];
  await stage.control('POST', '/settle');
  expect(idleAnswers).toEqual([]);
});

test('settling is over with the second of two looks', async () => {
  idleAnswers = [true, true, false];
  await stage.control('POST', '/settle');
  expect(idleAnswers).toEqual([false]);
});
