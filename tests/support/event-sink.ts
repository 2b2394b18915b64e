import { createServer } from 'node:http';
import { SIGNATURE_HEADER, TIME_HEADER } from '../../src/infra/outside/signature.ts';

/** A program that events are posted to. Keeps what it hears and answers what it was told to, else 204. */
export async function eventSink() {
  const heard: Record<string, unknown>[] = [];
  const signed: { time: string; signature: string; body: string }[] = [];
  const answers: number[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      heard.push(JSON.parse(text));
      const header = (name: string) => String(request.headers[name] ?? '');
      signed.push({ time: header(TIME_HEADER), signature: header(SIGNATURE_HEADER), body: text });
      response.writeHead(answers.shift() ?? 204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const stop = () => new Promise((resolve) => server.close(resolve));
  return { url: `http://127.0.0.1:${port}/listener`, heard, signed, answers, stop };
}
