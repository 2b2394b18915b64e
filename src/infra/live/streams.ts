import type { Change } from './changes.ts';

/** What one page hears, and until when. */
export interface Hearing {
  hears(change: Change): boolean;
  /** Asked with every heartbeat: whether whoever is at the other end may still hear. */
  isWelcome(): Promise<boolean>;
}

export interface Streams {
  /** A stream of server-sent events; null when there are too many already, or none are opened any more. */
  open(hearing: Hearing): ReadableStream<Uint8Array> | null;
  tell(change: Change): void;
  /** Something may have been missed: every page reads anew. */
  tellAll(): void;
  /** Ends all of them; the browsers come back to whoever answers then. */
  stop(): void;
}

export interface StreamOptions {
  readonly heartbeatMs?: number;
  readonly most?: number;
}

/** Below the minute after which proxies give up a silent answer. */
const HEARTBEAT_MS = 15_000;
const MOST = 2_000;
/** A page that is told of more than this before it reads is told to read everything. */
const MOST_PENDING = 100;
/** How long a browser waits before it comes back. */
const COME_BACK_MS = 1_000;

const encoder = new TextEncoder();
const event = (name: string, data = '') => encoder.encode(`event: ${name}\ndata: ${data}\n\n`);

/**
 * Fans changes out to pages. What a slow reader has not taken yet is a set of names, so it is bounded and holds each name once.
 * The next chunk is made when the one before has been sent.
 */
export function createStreams({ heartbeatMs = HEARTBEAT_MS, most = MOST }: StreamOptions = {}): Streams {
  const listeners = new Set<StreamListener>();
  let isStopped = false;

  return {
    open({ hears, isWelcome }) {
      if (isStopped || listeners.size >= most) return null;
      const listener = createListener(hears);
      return new ReadableStream<Uint8Array>(
        {
          start(controller) {
            listeners.add(listener);
            controller.enqueue(encoder.encode(`retry: ${COME_BACK_MS}\nevent: hello\ndata: \n\n`));
          },
          async pull(controller) {
            const next = await listener.next(heartbeatMs);
            if (next === 'ended') return controller.close();
            if (next !== 'nothing') return controller.enqueue(next);
            if (await isWelcome().catch(() => true)) return controller.enqueue(encoder.encode(': here\n\n'));
            controller.enqueue(event('over'));
            listeners.delete(listener);
            controller.close();
          },
          cancel() {
            listeners.delete(listener);
            listener.end();
          },
        },
        { highWaterMark: 1 },
      );
    },
    tell(change) {
      for (const listener of listeners) listener.tell(change);
    },
    tellAll() {
      for (const listener of listeners) listener.tellAll();
    },
    stop() {
      isStopped = true;
      for (const listener of listeners) listener.end();
      listeners.clear();
    },
  };
}

type StreamListener = ReturnType<typeof createListener>;

/** What waits to be told to one page. */
function createListener(hears: Hearing['hears']) {
  let pending = new Set<string>();
  let isEverything = false;
  let isEnded = false;
  let wake: () => void = () => undefined;

  function take(): Uint8Array | undefined {
    if (isEverything) {
      isEverything = false;
      pending = new Set();
      return event('everything');
    }
    if (pending.size === 0) return undefined;
    const names = [...pending].join(' ');
    pending = new Set();
    return event('changed', names);
  }

  return {
    tell(change: Change) {
      if (isEverything || !hears(change)) return;
      pending.add(`${change.topic}:${change.key}`);
      if (pending.size > MOST_PENDING) isEverything = true;
      wake();
    },
    tellAll() {
      isEverything = true;
      wake();
    },
    end() {
      isEnded = true;
      wake();
    },
    async next(patienceMs: number): Promise<Uint8Array | 'ended' | 'nothing'> {
      if (isEnded) return 'ended';
      const ready = take();
      if (ready) return ready;
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((done) => {
        wake = done;
        timer = setTimeout(done, patienceMs);
      });
      clearTimeout(timer);
      return isEnded ? 'ended' : (take() ?? 'nothing');
    },
  };
}
