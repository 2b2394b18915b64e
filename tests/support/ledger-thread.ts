import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { createAdjustableClock } from '../../src/base/clock.ts';
import { newId } from '../../src/base/ids.ts';
import { openDatabase } from '../../src/infra/db/connection.ts';
import { createLedger } from '../../src/ledger/index.ts';
import { type CoinCommand, createCoinFamily } from './coin-family.ts';

/** What runs in the thread of `other-clock.ts`: a ledger as another process has it, with everything of its own. */
const { url, aheadMs } = workerData as { url: string; aheadMs: number };
const port = parentPort as MessagePort;

const clock = createAdjustableClock();
clock.shift(aheadMs);
// Ids go on from the latest that was made.
newId(Date.now() + aheadMs);
const own = openDatabase({ url, poolSize: 3 });
const ledger = createLedger({ pool: own.pool, clock, log: { warn: () => undefined } });
const coin = createCoinFamily();

port.on('message', async (command: CoinCommand | 'stop') => {
  if (command !== 'stop') return port.postMessage(await ledger.submit(coin, command));
  await ledger.stop();
  await own.close();
  port.close();
});
