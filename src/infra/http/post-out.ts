import { lookup } from 'node:dns/promises';
import { isInnerAddress, isSink } from '../../base/sink.ts';

const TIMEOUT_MS = 5_000;

interface Outgoing {
  readonly sink: string;
  /** The demo: a program on the same machine may listen. */
  readonly isHome: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Posts to somebody else's program and returns its status; 410 when the address is not one to send to, 0 when its name leads
 * inside our own network today, where nothing is ever sent.
 *
 * @throws when the connection fails or takes too long
 */
export async function postOut({ sink, isHome, headers, body }: Outgoing): Promise<number> {
  if (!isSink(sink, isHome)) return 410;
  if (!isHome) {
    const found = await lookup(new URL(sink).hostname, { all: true });
    if (found.some(({ address }) => isInnerAddress(address))) return 0;
  }
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const response = await fetch(sink, { method: 'POST', redirect: 'manual', headers, body, signal });
  await response.body?.cancel();
  return response.status;
}

/** Whether we are the demo on somebody's own machine. */
export function isAtHome(publicUrl: string): boolean {
  return /^http:\/\/(127\.0\.0\.1|localhost)(:|$)/.test(publicUrl);
}
