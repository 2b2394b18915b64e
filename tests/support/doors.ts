import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Door } from '../../src/infra/http/door.ts';
import { createDoors } from '../../src/infra/http/doors.ts';

/** A line of the log. */
interface Logged {
  readonly facts: object;
  readonly message: string;
}

/** Doors on a free port, as the app stands them beside its web; what they log is kept. */
export async function serveDoors(...doors: readonly Door[]) {
  const logged: Logged[] = [];
  const note = (facts: object, message: string) => void logged.push({ facts, message });
  const beside = createDoors({ doors, log: { info: note, error: note }, isSecure: true });
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    if (beside.takes(request.method ?? '', path)) beside.answer(request, response, path);
    else response.writeHead(404).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    logged,
    stop: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
