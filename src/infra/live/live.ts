import type { WebContext } from '../http/web-env.ts';
import { createListener } from './listener.ts';
import { createStreams, type Hearing } from './streams.ts';

/** Pages that follow what changes, in whichever process it was changed. */
export interface Live {
  start(): void;
  /** Answers with a stream of what this page hears; its own route has seen to who may hear it. */
  answer(c: WebContext, hearing: Hearing): Response;
  /** Ends the streams, so that the server can close, and the connection. */
  stop(): Promise<void>;
}

export interface LiveOptions {
  readonly url: string;
  /** What may be heard of (see `changes.ts`). */
  readonly topics: readonly string[];
  onError(error: unknown): void;
  readonly heartbeatMs?: number;
}

/** One LISTEN connection of this process, fanned out to all its pages. */
export function createLive({ url, topics, onError, heartbeatMs }: LiveOptions): Live {
  const streams = createStreams(heartbeatMs === undefined ? {} : { heartbeatMs });
  const listener = createListener({ url, topics, onChange: streams.tell, onGap: streams.tellAll, onError });
  return {
    start: () => listener.start(),
    answer(c, hearing) {
      const stream = streams.open(hearing);
      if (stream === null) return c.body(null, 503, { 'retry-after': '5' });
      // Proxies of the nginx family hold answers back unless told not to.
      return c.body(stream, 200, { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' });
    },
    async stop() {
      streams.stop();
      await listener.stop();
    },
  };
}
