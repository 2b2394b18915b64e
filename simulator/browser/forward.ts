import { type IncomingMessage, request } from 'node:http';
import { Readable } from 'node:stream';

/**
 * Sends a request to a loopback upstream and resolves with its answer as soon as the headers are there; the body
 * streams. `node:http` rather than `fetch`, which would overwrite `Sec-Fetch-*` and join `Set-Cookie` lines.
 */
export function forward(options: {
  url: URL;
  method: string;
  headers: Record<string, string>;
  body: ReadableStream<Uint8Array> | null;
  signal: AbortSignal;
}): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      options.url,
      { method: options.method, headers: options.headers, signal: options.signal },
      resolve,
    );
    outgoing.on('error', reject);
    if (options.body) Readable.from(chunksOf(options.body)).on('error', reject).pipe(outgoing);
    else outgoing.end();
  });
}

async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
}

export async function readText(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
