import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../base/clock.ts';
import type { LineClient } from '../../infra/line/client.ts';

/** Whether chat is on is asked again after this long: somebody may have switched it in LINE's manager. */
const KNOWN_MINUTES = 10;

/** 既読 for what the bot answered. Only where chat is on in LINE's manager; where it is off, LINE marks everything itself. */
export function createReadMarks({ line, clock }: { line: Pick<LineClient, 'markAsRead' | 'isChatOn'>; clock: Clock }) {
  let known: { readonly isChatOn: Promise<boolean>; readonly until: Temporal.Instant } | undefined;

  function isChatOn(): Promise<boolean> {
    const now = clock.now();
    // What LINE will not tell is asked again later, too: a mark is never worth more than one call.
    if (!known || now.until(known.until).sign < 0) {
      const asked = line.isChatOn().then((answer) => answer.kind === 'ok' && answer.value);
      known = { isChatOn: asked, until: now.add({ minutes: KNOWN_MINUTES }) };
    }
    return known.isChatOn;
  }

  return {
    /** Not to be waited for: no answer must be as slow as this. Should LINE not hear of it, the next mark covers it. */
    async mark(token: string): Promise<void> {
      if (await isChatOn()) await line.markAsRead(token);
    },
  };
}
