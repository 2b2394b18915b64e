import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { testFolder } from './folder.ts';

export const API_KEY = 'a-key-of-at-least-thirty-two-characters';

/** Renkei as operators run it, in a process of its own that can be killed; LINE is out of reach. */
export interface AppProcess {
  url: string;
  /** As when the machine loses power: nothing is finished, nothing said. */
  kill(): Promise<unknown>;
  /** Asks it to end, as a machine does that is shut down; answers with its exit code. */
  terminate(): Promise<number | null>;
}

export async function startAppProcess(options: {
  databaseUrl: string;
  port: number;
  keys: string;
  /** The simulated LINE it speaks with; without it LINE is out of reach. */
  line?: { apiBaseUrl: string; dataApiBaseUrl: string; channelId: string; channelSecret: string };
  /** What runs: from its source, if not told otherwise. */
  program?: readonly string[];
  /** Further settings, by name. */
  settings?: Readonly<Record<string, string>>;
}): Promise<AppProcess> {
  const child = spawn(process.execPath, options.program ?? ['--import', './jsx.ts', 'src/main.ts'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      PATH: process.env.PATH,
      LOG_LEVEL: 'error',
      PORT: String(options.port),
      DATABASE_URL: options.databaseUrl,
      PUBLIC_URL: 'https://my.example.jp',
      OPERATOR_DIR: operatorThatNeverCloses(),
      RENKEI_ROLES: options.line ? 'web,jobs' : 'web',
      RENKEI_API_KEY: API_KEY,
      RENKEI_KEYS: options.keys,
      LINE_CHANNEL_ID: options.line?.channelId ?? '1',
      LINE_CHANNEL_SECRET: options.line?.channelSecret ?? 'x'.repeat(32),
      LINE_LOGIN_CHANNEL_ID: '2',
      LINE_LOGIN_CHANNEL_SECRET: 'y'.repeat(32),
      LINE_API_BASE_URL: options.line?.apiBaseUrl ?? 'http://127.0.0.1:9',
      ...(options.line ? { LINE_DATA_API_BASE_URL: options.line.dataApiBaseUrl } : {}),
      ...options.settings,
    },
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const url = `http://127.0.0.1:${options.port}`;
  for (const deadline = Date.now() + 60_000; ; await wait(50)) {
    if (child.exitCode !== null) throw new Error(`Renkei did not start: ${said}`);
    if (await isReady(url)) break;
    if (Date.now() > deadline) throw new Error(`Renkei did not get ready: ${said}`);
  }
  return { url, kill: () => end(child, 'SIGKILL'), terminate: () => end(child, 'SIGTERM') };
}

/** The process keeps the real clock, and a test may run on the last evening of a month, when gifts are closed. */
function operatorThatNeverCloses(): string {
  const folder = testFolder();
  cpSync('operator', folder, { recursive: true });
  const policy = join(folder, 'policies', 'line-mobile.yaml');
  writeFileSync(policy, readFileSync(policy, 'utf8').replace(/^closed: .*$/m, 'closed: null'));
  return folder;
}

async function isReady(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/readyz`).catch(() => undefined);
  return answer?.status === 200;
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  child.kill(signal);
  return ended;
}
