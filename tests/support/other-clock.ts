import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Submitted } from '../../src/ledger/index.ts';
import type { CoinAnswer, CoinCommand } from './coin-family.ts';

/** A ledger that shares nothing but the database, neither the queue nor the ids nor the clock, which is so far ahead. */
export function startLedgerWithClock(url: string, aheadMs: number) {
  const thread = new Worker(new URL('./ledger-thread.ts', import.meta.url), { workerData: { url, aheadMs } });
  return {
    /** One at a time. */
    async submit(command: CoinCommand): Promise<Submitted<CoinAnswer>> {
      thread.postMessage(command);
      const [answer] = await once(thread, 'message');
      return answer;
    },
    async stop(): Promise<void> {
      const ended = once(thread, 'exit');
      thread.postMessage('stop');
      await ended;
    },
  };
}
