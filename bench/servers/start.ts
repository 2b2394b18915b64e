import { type ChildProcess, fork } from 'node:child_process';
import type { AdjustableClock } from '../../src/base/clock.ts';
import type { Start, Used } from './child.ts';

export interface BenchServer {
  used(): Promise<Used>;
  stop(): Promise<void>;
}

/** Starts `servers/<name>.ts` as a process of its own, on the bench's database and by its clock. */
export async function startServer(
  name: 'app' | 'usual-gifts' | 'express-webhook' | 'express-insert-each',
  world: { readonly bench: { readonly database: { readonly url: string } }; readonly clock: AdjustableClock },
  port: number,
  { hasJobs = false } = {},
): Promise<BenchServer> {
  const child = fork(new URL(`${name}.ts`, import.meta.url));
  const clockAheadMs = world.clock.now().epochMilliseconds - Date.now();
  const asked: Start = { databaseUrl: world.bench.database.url, port, clockAheadMs, hasJobs };
  child.send(asked);
  await answerOf(child);
  return {
    used() {
      child.send('used');
      return answerOf<Used>(child);
    },
    async stop() {
      const ended = new Promise((done) => child.once('exit', done));
      child.kill();
      await ended;
    },
  };
}

function answerOf<Answer>(child: ChildProcess): Promise<Answer> {
  return new Promise((done, fail) => {
    const onExit = (code: number | null) => fail(new Error(`a server ended with ${code}`));
    child.once('exit', onExit);
    child.once('message', (answer: Answer) => {
      child.off('exit', onExit);
      done(answer);
    });
  });
}
