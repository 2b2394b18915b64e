import { once } from 'node:events';
import { createConnection, createServer, type Socket } from 'node:net';

/** What happens to the next COMMIT of the ledger; afterwards the wire is good again unless it is cut for good. */
export type Accident =
  | 'none'
  /** The database commits; its answer is lost. */
  | 'answer lost'
  /** The client is cut off; its COMMIT reaches the database only later. */
  | 'commit late'
  /** The client is cut off; its COMMIT never arrives, and the database learns of it only later. */
  | 'commit lost';

export interface UnreliableWire {
  /** The database through this wire. */
  readonly url: string;
  next: Accident;
  /** Refuses connections from the next accident on. */
  staysCut: boolean;
  /** How many accidents have happened. */
  readonly accidents: number;
  close(): Promise<void>;
}

const COMMIT = 'ledger-commit';
const LATE_MS = 150;

/** A wire to a PostgreSQL on a Unix socket that breaks at COMMIT, in the ways wires do. */
export async function createUnreliableWire(databaseUrl: string): Promise<UnreliableWire> {
  const folder = new URL(databaseUrl.replace('@/', '@localhost/')).searchParams.get('host');
  let accidents = 0;
  let isCut = false;
  const open = new Set<Socket>();
  const server = createServer((client) => {
    if (isCut) return void client.destroy();
    const database = createConnection(`${folder}/.s.PGSQL.5432`);
    let fate: Accident = 'none';
    for (const socket of [client, database]) {
      open.add(socket);
      socket.on('error', () => undefined).on('close', () => open.delete(socket));
    }
    client.on('data', (chunk) => {
      if (wire.next !== 'none' && chunk.includes(COMMIT)) {
        fate = wire.next;
        wire.next = 'none';
        accidents += 1;
        isCut = wire.staysCut;
        if (fate !== 'answer lost') {
          client.destroy();
          setTimeout(() => (fate === 'commit late' ? database.end(chunk) : database.destroy()), LATE_MS);
          return;
        }
      }
      database.write(chunk);
    });
    database.on('data', (chunk) => (fate === 'none' ? client.write(chunk) : client.destroy()));
    client.on('close', () => fate === 'none' && database.end());
    database.on('close', () => client.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a port');

  const url = databaseUrl.replace('@/', `@127.0.0.1:${address.port}/`).replace(/\?host=[^&]*/, '');
  const wire: UnreliableWire = {
    url,
    next: 'none',
    staysCut: false,
    get accidents() {
      return accidents;
    },
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return wire;
}
