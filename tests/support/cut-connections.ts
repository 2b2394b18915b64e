import type pg from 'pg';

/** What a process that dies leaves of a transaction: the connection is cut before a statement, or before its answer. */
export interface Cutter {
  /** Cuts at the n-th statement from now, once. */
  arm(nth: number, when: 'before' | 'before-the-answer'): void;
  disarm(): void;
  /** Statements since the last `arm` or `disarm`. */
  count(): number;
}

/** Puts a knife to every connection of a pool. */
export function cutConnections(pool: pg.Pool): Cutter {
  let count = 0;
  let at = Number.POSITIVE_INFINITY;
  let when: 'before' | 'before-the-answer' = 'before';
  const seen = new WeakSet<pg.PoolClient>();
  const reset = (nth: number) => {
    count = 0;
    at = nth;
  };

  function prepare(client: pg.PoolClient): void {
    if (seen.has(client)) return;
    seen.add(client);
    const ask: (...args: unknown[]) => unknown = client.query.bind(client);
    const cut = () => {
      const connection: unknown = Reflect.get(client, 'connection');
      const stream: unknown = typeof connection === 'object' && connection ? Reflect.get(connection, 'stream') : null;
      if (typeof stream === 'object' && stream) Reflect.apply(Reflect.get(stream, 'destroy'), stream, []);
    };
    const query = async (...args: unknown[]) => {
      count += 1;
      const isHere = count === at;
      if (isHere && when === 'before') cut();
      const answer = await ask(...args);
      if (isHere && when === 'before-the-answer') {
        cut();
        throw new Error('the connection was cut before the answer came');
      }
      return answer;
    };
    Object.assign(client, { query });
  }

  const connect = pool.connect.bind(pool);
  Object.assign(pool, {
    connect: async () => {
      const client = await connect();
      prepare(client);
      return client;
    },
  });
  return {
    arm(nth, moment) {
      reset(nth);
      when = moment;
    },
    disarm: () => reset(Number.POSITIVE_INFINITY),
    count: () => count,
  };
}
