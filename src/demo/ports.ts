import { createServer } from 'node:net';

/** Which of these ports are taken on this host. */
export async function takenPorts(host: string, ports: readonly number[]): Promise<number[]> {
  const taken = await Promise.all(ports.map(async (port) => ((await isFree(host, port)) ? [] : [port])));
  return taken.flat();
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen(port, host, () => server.close(() => done(true)));
  });
}
