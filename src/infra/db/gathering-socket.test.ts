import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { GatheringSocket } from './gathering-socket.ts';

type Done = (error?: Error | null) => void;
type Chunks = Parameters<NonNullable<GatheringSocket['_writev']>>[0];

/** Counts what leaves as one piece. */
class CountedSocket extends GatheringSocket {
  pieces = 0;

  override _writev(chunks: Chunks, done: Done): void {
    this.pieces += 1;
    super._writev?.(chunks, done);
  }
}

/** As the driver writes a statement: its messages within a cork of their own. */
function state(socket: GatheringSocket, statement: string): void {
  socket.cork();
  for (const message of statement) socket.write(message);
  socket.uncork();
}

test('statements of one turn leave together and in order, those of the next by themselves', async () => {
  let received = '';
  const server = createServer((peer) => peer.on('data', (chunk) => (received += chunk)));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const socket = new CountedSocket();
  await once(socket.connect(address.port, '127.0.0.1'), 'connect');

  for (const statement of ['begin', 'select', 'commit']) state(socket, statement);
  await new Promise(setImmediate);
  expect(socket.pieces).toBe(1);

  state(socket, 'again');
  await new Promise(setImmediate);
  expect(socket.pieces).toBe(2);

  socket.end();
  await once(socket.resume(), 'close');
  expect(received).toBe('beginselectcommitagain');
  server.close();
});
