import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { access, constants, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** How PostgreSQL's programs are started so that they do not run as root, which they refuse. */
export interface Launcher {
  spawn(program: string, args: readonly string[]): ChildProcess;
  /** Who must own the data folder, when that is not ourselves. */
  owner?: { uid: number; gid: number };
}

/** `nobody` on every Unix we know. */
const NOBODY = 65_534;

/**
 * Chooses the way for this machine:
 * - not root: just start it;
 * - root, with user namespaces (Linux): inside one, where root appears as nobody. The server's files stay ours, so a
 *   clone in a folder that only root may enter works, and the server has none of root's rights over the machine;
 * - root without them: as nobody, if that user can reach the programs and the data; otherwise refused in words.
 */
export async function chooseLauncher(native: string, data: string): Promise<Launcher> {
  if (process.getuid?.() !== 0) return { spawn: (program, args) => spawn(program, args, OPTIONS) };

  const namespace = ['--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--'];
  if (spawnSync('unshare', [...namespace, 'true']).status === 0) {
    return { spawn: (program, args) => spawn('unshare', [...namespace, program, ...args], OPTIONS) };
  }

  const closed = (await firstClosedTo(native)) ?? (await firstClosedTo(dirname(data)));
  if (closed) {
    throw new Error(
      `PostgreSQL does not run as root, and the user it would run as may not enter ${closed}. ` +
        'Start Renkei as another user, set DATABASE_URL, or move it and DATA_DIR to a folder everybody may enter.',
    );
  }
  return {
    spawn: (program, args) => spawn(program, args, { ...OPTIONS, uid: NOBODY, gid: NOBODY }),
    owner: { uid: NOBODY, gid: NOBODY },
  };
}

// Its own process group: Ctrl-C ends us first, and we end the server in order.
const OPTIONS: SpawnOptions = { stdio: ['ignore', 'pipe', 'pipe'], detached: true };

/** The first folder on the way that others may not pass, or undefined. */
async function firstClosedTo(path: string): Promise<string | undefined> {
  for (let folder = path; ; folder = dirname(folder)) {
    const exists = await access(folder, constants.F_OK).then(
      () => true,
      () => false,
    );
    if (exists && ((await stat(folder)).mode & 0o001) === 0) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}
