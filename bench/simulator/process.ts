import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Seconds of one core. */
export interface UsedCpu {
  readonly seconds: number;
}

/** What this process has used of a core since the beginning, or since an earlier look. */
export function useOfCpu(since: UsedCpu = { seconds: 0 }): UsedCpu {
  const { user, system } = process.cpuUsage();
  return { seconds: (user + system) / 1e6 - since.seconds };
}

/** In a child: every message is a question, every answer goes back. */
export function serveParent<Asked, Answer>(answer: (asked: Asked) => Promise<Answer>): void {
  process.on('message', (asked: Asked) => {
    answer(asked).then(
      (answered) => process.send?.({ answered }),
      (error: unknown) => process.send?.({ failed: String(error instanceof Error ? error.stack : error) }),
    );
  });
  process.once('disconnect', () => process.exit(0));
}

/** A process of its own that answers questions. */
export interface Helper<Asked, Answer> {
  ask(asked: Asked): Promise<Answer>;
  end(): void;
}

export function startHelper<Asked extends object | string, Answer>(
  file: string,
  args: string[] = [],
): Helper<Asked, Answer> {
  const child: ChildProcess = fork(fileURLToPath(new URL(file, import.meta.url)), {
    execArgv: [...process.execArgv, ...args],
  });
  return {
    async ask(asked) {
      child.send(asked);
      const [said] = (await once(child, 'message')) as [{ answered: Answer } | { failed: string }];
      if ('failed' in said) throw new Error(said.failed);
      return said.answered;
    },
    end: () => child.kill(),
  };
}
