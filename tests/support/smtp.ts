import { createServer, type Socket } from 'node:net';

/** How the pretend mail server takes what it is given. */
type Manner = 'takes' | 'refuses-person' | 'is-full' | 'breaks-after-data';

/** A mail server that speaks as much SMTP as one mail needs, and keeps what it took. */
export async function pretendMailServer() {
  const taken: string[] = [];
  let manner: Manner = 'takes';

  const server = createServer((socket: Socket) => {
    let isData = false;
    let text = '';
    const say = (line: string) => socket.write(`${line}\r\n`);
    say('220 pretend');
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      text += chunk.toString();
      for (let end = text.indexOf('\r\n'); end >= 0; end = text.indexOf('\r\n')) {
        if (isData) {
          const last = text.indexOf('\r\n.\r\n');
          if (last < 0) return;
          taken.push(text.slice(0, last));
          text = text.slice(last + 5);
          isData = false;
          if (manner === 'breaks-after-data') return void socket.destroy();
          say('250 taken');
          continue;
        }
        const line = text.slice(0, end).toUpperCase();
        text = text.slice(end + 2);
        if (line.startsWith('RCPT') && manner === 'refuses-person') say('550 nobody of that name');
        else if (line.startsWith('RCPT') && manner === 'is-full') say('452 full');
        else if (line.startsWith('DATA')) {
          isData = true;
          say('354 go on');
        } else if (line.startsWith('QUIT')) return void socket.end('221 bye\r\n');
        else say('250 fine');
      }
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  return {
    url: `smtp://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}`,
    taken,
    behave(next: Manner) {
      manner = next;
    },
    close: () => new Promise<void>((done) => server.close(() => done())),
  };
}
