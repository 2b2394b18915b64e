import { type ChildProcess, spawn } from 'node:child_process';

/** The simulated LINE as what it is: a program of its own. */
export interface SimulatorProcess {
  ready: Promise<void>;
  stop(): Promise<void>;
}

/** Starts it; `ready` rejects with what it said when it ends before it is. */
export function startSimulator(environment: NodeJS.ProcessEnv): SimulatorProcess {
  const child = spawn(process.execPath, ['--import', './jsx.ts', 'simulator/main.ts'], {
    env: { ...process.env, ...environment },
    // The channel tells it when we end, however we end.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  return { ready: untilReady(child), stop: () => stop(child) };
}

function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((done, fail) => {
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('simulator ready')) done();
    });
    child.stderr?.on('data', (chunk: Buffer) => process.stderr.write(chunk));
    child.once('exit', (code) => fail(new Error(`The simulated LINE ended (${code}): ${said.trim()}`)));
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  await ended;
}
