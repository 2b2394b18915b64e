import { hash, verify } from '@node-rs/argon2';

/** argon2id (the package's default), 19 MiB, two passes: what OWASP names as the least. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export interface PasswordHasher {
  hash(password: string): Promise<string>;
  /** Whether it fits; without a stored hash as much work is done for nothing. */
  fits(password: string, stored: string | undefined): Promise<boolean>;
}

/** Too many passwords are being checked at once; nothing was checked. */
export class HasherBusy extends Error {
  constructor() {
    super('too many passwords at once');
    this.name = 'HasherBusy';
  }
}

/**
 * Hashes passwords, a few at a time: each takes 19 MiB and some 20 ms of a core, and a crowd at the sign-in must not take the
 * whole machine.
 */
export function createPasswordHasher({ atOnce = 2, waiting = 200 } = {}): PasswordHasher {
  const queue: (() => void)[] = [];
  let running = 0;
  let nobody: Promise<string> | undefined;

  async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (running >= atOnce) {
      if (queue.length >= waiting) throw new HasherBusy();
      await new Promise<void>((resolve) => queue.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next) next();
      else running -= 1;
    }
  }

  return {
    hash: (password) => inTurn(() => hash(password, COST)),
    async fits(password, stored) {
      nobody ??= hash('a password that nobody has', COST);
      const against = stored ?? (await nobody);
      const isRight = await inTurn(() => verify(against, password));
      return isRight && stored !== undefined;
    },
  };
}
