import type { SeededAgent } from './seed.ts';

/** As `live.js` reads its list. */
const LIST_EVERY_MS = 400;

export interface Desk {
  leave(): void;
}

/**
 * What an agent's browser does, without drawing: hears the stream, and reads the parts that show what changed, one reading
 * of a part at a time.
 *
 * @param shown told of everything that stands on the screen, by part
 */
export async function sitDown(
  origin: string,
  { secret, conversations }: SeededAgent,
  shown: (part: 'talk' | 'list', html: string) => void,
): Promise<Desk> {
  const headers = { cookie: `renkei-staff=${secret}`, accept: 'text/html' };
  const here = conversations[0]?.conversationId ?? '';
  const left = new AbortController();
  const inbox = `${origin}/console/inbox`;

  function part(path: string, everyMs: number, isRead?: (html: string) => void) {
    let isReading = false;
    let mustRead = false;
    return async function read(): Promise<void> {
      mustRead = true;
      if (isReading) return;
      isReading = true;
      while (mustRead && !left.signal.aborted) {
        mustRead = false;
        const response = await fetch(inbox + path, { headers, signal: left.signal }).catch(() => undefined);
        if (response?.status === 200) isRead?.(await response.text());
        else if (response) throw new Error(`${path} answered ${response.status}`);
        if (everyMs > 0) await new Promise((done) => setTimeout(done, everyMs));
      }
      isReading = false;
    };
  }
  const talk = part(`/${here}/talk`, 0, (html) => shown('talk', html));
  const desk = part(`/${here}/desk`, 0);
  const list = part(`/list?at=${here}`, LIST_EVERY_MS, (html) => shown('list', html));

  const stream = await fetch(`${inbox}/stream`, { headers, signal: left.signal });
  if (stream.status !== 200) throw new Error(`the stream answered ${stream.status}`);
  void (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of stream.body ?? []) {
      const told = decoder.decode(chunk);
      if (!/^event: (changed|everything|hello)/m.test(told)) continue;
      void list();
      if (told.includes(here) || !told.includes('event: changed')) void Promise.all([talk(), desk()]);
    }
  })().catch(() => undefined);
  return { leave: () => left.abort() };
}
