import pg from 'pg';
import { type Change, readChange } from './changes.ts';

export interface Listener {
  start(): void;
  stop(): Promise<void>;
}

export interface ListenerOptions {
  readonly url: string;
  /** Each is a channel of PostgreSQL's. */
  readonly topics: readonly string[];
  onChange(change: Change): void;
  /** The connection stands, for the first time or again: what changed meanwhile was not heard. */
  onGap(): void;
  onError(error: unknown): void;
  /** How often a silent connection is asked whether it still lives. */
  readonly probeMs?: number;
}

const PROBE_MS = 20_000;
/** How long the database may take to answer that. */
const ANSWER_MS = 5_000;
/** Before the second, third, … try to connect. */
const BACK_OFF_MS = [100, 500, 1_000, 2_000];

/** The one connection of a process on which it hears of changes; it comes back by itself. */
export function createListener(options: ListenerOptions): Listener {
  let isStopped = false;
  let letGo: () => void = () => undefined;
  let running: Promise<void> | undefined;

  /** Listens until the connection ends; answers whether it ever stood. */
  async function listen(): Promise<boolean> {
    const client = new pg.Client({
      connectionString: options.url,
      application_name: 'renkei live',
      keepAlive: true,
      connectionTimeoutMillis: ANSWER_MS,
      query_timeout: ANSWER_MS,
    });
    const ended = new Promise<void>((done) => {
      letGo = done;
      client.once('end', done);
      client.on('error', (error) => {
        options.onError(error);
        done();
      });
    });
    client.on('notification', ({ channel, payload }) => {
      const change = readChange(channel, payload);
      if (change) options.onChange(change);
    });
    let probing: NodeJS.Timeout | undefined;
    try {
      await client.connect();
      for (const topic of options.topics) await client.query(`listen ${pg.escapeIdentifier(topic)}`);
      options.onGap();
      // A connection cut on the way says nothing for ever; only an answer shows that it lives.
      probing = setInterval(() => {
        client.query('select 1').catch((error: unknown) => {
          options.onError(error);
          letGo();
        });
      }, options.probeMs ?? PROBE_MS);
      if (!isStopped) await ended;
      return true;
    } catch (error) {
      if (!isStopped) options.onError(error);
      return false;
    } finally {
      clearInterval(probing);
      // Not waited for: where the other side is gone nobody answers.
      client.end().catch(() => undefined);
    }
  }

  async function run(): Promise<void> {
    for (let tries = 0; !isStopped; ) {
      tries = (await listen()) ? 0 : tries + 1;
      if (!isStopped) await pause(BACK_OFF_MS[Math.min(tries, BACK_OFF_MS.length - 1)] ?? 0);
    }
  }

  function pause(ms: number): Promise<void> {
    return new Promise((done) => {
      const timer = setTimeout(done, ms);
      letGo = () => {
        clearTimeout(timer);
        done();
      };
    });
  }

  return {
    start() {
      running ??= run();
    },
    async stop() {
      isStopped = true;
      letGo();
      await running;
    },
  };
}
