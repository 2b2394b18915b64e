import { mkdtemp, readdir, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Everything tests write to disk lies in it; see `testFolder`. */
    runFolder: string;
  }
}

/** What Linux keeps in memory under the name of a folder. */
const IN_MEMORY = '/dev/shm';
/** A run writes about three gigabytes; there shall be room for two of them, and for the programs. */
const ROOM = 8 * 2 ** 30;

/** One folder for all that the run writes to disk, the databases too, removed at its end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await clearAfterKilled();
  const folder = await mkdtemp(join(await place(), `${NAMED}${process.pid}-`));
  project.provide('runFolder', folder);
  return () => rm(folder, { recursive: true, force: true });
}

/** The run's own process follows, so that a later run knows whether it has ended. */
const NAMED = 'renkei-run-';

/** A run that was killed leaves its folder, and memory is not to be had twice. Its server ends when its files are gone. */
async function clearAfterKilled(): Promise<void> {
  for (const name of await readdir(IN_MEMORY).catch(() => [])) {
    const pid = name.startsWith(NAMED) ? Number(name.slice(NAMED.length).split('-')[0]) : Number.NaN;
    if (Number.isInteger(pid) && !isAlive(pid)) await rm(join(IN_MEMORY, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process lives, too.
    return Reflect.get(Object(error), 'code') === 'EPERM';
  }
}

/** In memory where there is plenty: every commit waits for the disk, and on a slow one that was half of the run. */
async function place(): Promise<string> {
  const free = await statfs(IN_MEMORY).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => 0,
  );
  return Math.min(free, process.availableMemory()) > ROOM ? IN_MEMORY : tmpdir();
}
