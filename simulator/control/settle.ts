import type { Platform } from '../platform.ts';

const givesUpAfterMs = 10_000;
const looksEveryMs = 25;

/**
 * Waits in real time until nothing is on its way: no webhook queued or in flight, and the bot, when it offers an
 * address to ask, idle twice in a row without a new webhook in between.
 * @returns what was still going on after ten seconds, or null when all is quiet
 */
export async function waitUntilSettled({ webhooks, settings }: Platform): Promise<string | null> {
  const until = performance.now() + givesUpAfterMs;
  let idleLooks = 0;
  let sentBefore = -1;
  let waitingFor = 'webhooks';
  while (performance.now() < until) {
    // With a new webhook since the last look, looking begins anew.
    const isQuiet = webhooks.isIdle && webhooks.sent === sentBefore;
    sentBefore = webhooks.sent;
    waitingFor = webhooks.isIdle ? 'the bot' : 'webhooks';
    const isBotIdle = webhooks.isIdle && (settings.idleUrl === null || (await askIdle(settings.idleUrl)));
    idleLooks = isBotIdle ? (isQuiet ? idleLooks : 0) + 1 : 0;
    if (idleLooks === 2) return null;
    await new Promise((resolve) => setTimeout(resolve, looksEveryMs));
  }
  return waitingFor;
}

async function askIdle(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    return answer.ok && ((await answer.json()) as { idle?: unknown }).idle === true;
  } catch {
    return false;
  }
}
