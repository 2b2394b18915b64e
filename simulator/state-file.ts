import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { restoreSnapshot, takeSnapshot } from './world/snapshot.ts';
import type { World } from './world/world.ts';

const savesAfterMs = 300;
/** Writing down a crowd's talks takes long: at most a twentieth of the time is spent on it. */
const restsFor = 19;

/** Brings back what the file holds and keeps it up to date; `close` saves a last time. */
export function keepState(world: World, path: string): { close(): void } {
  restore(world, path);
  let timer: NodeJS.Timeout | null = null;
  let lastTookMs = 0;
  const stopWatching = world.changes.watch((change) => {
    if (change.type === 'calls' || change.type === 'clock') return;
    timer ??= setTimeout(save, Math.max(savesAfterMs, lastTookMs * restsFor));
  });

  function save(): void {
    timer = null;
    const startedAt = performance.now();
    mkdirSync(dirname(path), { recursive: true });
    // Written beside and renamed: a crash half-way leaves the old state.
    writeFileSync(`${path}.new`, JSON.stringify(takeSnapshot(world)));
    renameSync(`${path}.new`, path);
    lastTookMs = performance.now() - startedAt;
  }

  return {
    close() {
      stopWatching();
      if (timer) clearTimeout(timer);
      save();
    },
  };
}

function restore(world: World, path: string): void {
  try {
    const isRestored = restoreSnapshot(world, JSON.parse(readFileSync(path, 'utf8')));
    if (!isRestored) console.error(`${path} is of another version; people begin anew`);
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!isMissing) console.error(`${path} cannot be read; people begin anew: ${error}`);
  }
}
