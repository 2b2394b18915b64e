import { type Event, insert, serveExpress } from './express.ts';

/** With a batched insert: what waits goes together. */
serveExpress(2, (pool) => {
  let waiting: { events: readonly Event[]; stored: () => void }[] = [];
  let isRunning = false;

  async function store(): Promise<void> {
    isRunning = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      await insert(
        pool,
        batch.flatMap((request) => request.events),
      );
      for (const request of batch) request.stored();
    }
    isRunning = false;
  }

  return (events) =>
    new Promise((stored) => {
      waiting.push({ events, stored });
      if (!isRunning) setImmediate(() => void store());
    });
});
