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
    if (change.type === 'calls') return;
    timer ??= setTimeout(save, Math.max(savesAfterMs, lastTookMs * restsFor));
  });

  function save(): void {
    timer = null;
    const startedAt = performance.now();
    mkdirSync(dirname(path), { recursive: true });
    // Written beside and renamed: a crash half-way leaves the old state.
    writeFileSync(
      `${path}.new`,
      JSON.stringify({ ...takeSnapshot(world), clockOffsetMs: world.clock.state().offsetMs }),
    );
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
    const saved = JSON.parse(readFileSync(path, 'utf8'));
    if (!restoreSnapshot(world, saved)) console.error(`${path} is of another version; people begin anew`);
    // Time does not go back for people whose talks are in it. Not in files written before the clock was kept.
    else if (typeof saved.clockOffsetMs === 'number') world.clock.advance(saved.clockOffsetMs);
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!isMissing) console.error(`${path} cannot be read; people begin anew: ${error}`);
  }
}
