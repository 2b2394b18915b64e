import { connect } from 'node:net';

/** An answer, read as far as somebody looks. */
export interface Answer {
  readonly status: number;
  body(): string;
}

/** A connection kept open, one request at a time. Less than a client needs, so that the server is what is measured. */
export interface HttpConnection {
  /** A whole request; the next only after its answer. */
  send(request: Buffer): void;
  /** Who hears the answers, and of a connection that breaks or does not speak HTTP. */
  onAnswer(heard: (answer: Answer) => void, failed: (error: Error) => void): void;
  end(): void;
}

/** As large as an answer here can be. */
const LARGEST = 65_536;

export function openConnection(port: number): Promise<HttpConnection> {
  return new Promise((done, fail) => {
    let heard: (answer: Answer) => void = () => undefined;
    let failed = fail;
    // What has come of the answer under way. Nearly always it comes whole.
    let begun: Buffer | undefined;
    const onread = {
      // One buffer for all that comes: the reader is done with it when the callback returns.
      buffer: Buffer.allocUnsafeSlow(LARGEST),
      callback(size: number, buffer: Uint8Array) {
        const came = Buffer.from(buffer.buffer, buffer.byteOffset, size);
        const bytes = begun === undefined ? came : Buffer.concat([begun, came]);
        const answer = readAnswer(bytes);
        begun = answer === undefined ? Buffer.from(bytes) : undefined;
        if (answer === 'strange') failed(new Error(`not an answer: ${bytes.toString('latin1', 0, 200)}`));
        else if (answer !== undefined) heard(answer);
        return true;
      },
    };
    const socket = connect({ port, host: '127.0.0.1', noDelay: true, onread }, () =>
      done({
        send: (request) => socket.write(request),
        onAnswer(onHeard, onFailed) {
          heard = onHeard;
          failed = onFailed;
        },
        end: () => socket.end(),
      }),
    );
    socket.on('error', (error) => failed(error));
    socket.on('close', () => failed(new Error('the server closed the connection')));
  });
}

/** A whole answer with `Content-Length`, or undefined while more has to come. More than one is strange: one was asked. */
export function readAnswer(bytes: Buffer): Answer | 'strange' | undefined {
  const text = bytes.toString('latin1');
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return undefined;
  const status = /^HTTP\/1\.1 (\d{3}) /.exec(text)?.[1];
  const length = /\r\ncontent-length: (\d+)\r\n/i.exec(text.slice(0, head + 2))?.[1];
  if (status === undefined || length === undefined) return 'strange';
  const missing = head + 4 + Number(length) - bytes.length;
  if (missing > 0) return undefined;
  if (missing < 0) return 'strange';
  return { status: Number(status), body: () => bytes.toString('utf8', head + 4) };
}
