import type { CrowdResult } from '../contract.ts';
import type { Platform } from '../platform.ts';
import type { PersonRecord } from '../world/people.ts';
import { follow } from './friendship.ts';
import { sayText } from './say.ts';

export interface CrowdOrder {
  people: number;
  /** Messages a second of all together; null is as many as the bot takes. */
  perSecond: number | null;
  seconds: number;
  text: string;
}

/** So many may wait to leave before the crowd pauses: what a bot cannot take must not fill the memory. */
const waitingAtMost = 5_000;
const looksEveryMs = 5;

/** Many people write at once, in turns. Resolves when the last of it has arrived or been refused. */
export async function letCrowdWrite(platform: Platform, order: CrowdOrder): Promise<CrowdResult> {
  const { webhooks } = platform;
  const crowd = gather(platform, order.people);
  await until(() => webhooks.isIdle);
  const tally = { delivered: 0, refused: 0, requests: 0, latencies: [] as number[] };
  webhooks.onDelivered = (events, { failure, durationMs }) => {
    tally.requests += 1;
    if (failure) tally.refused += events;
    else tally.delivered += events;
    tally.latencies.push(durationMs);
  };
  const startedAt = performance.now();
  const said = await speak(platform, crowd, order);
  await until(() => webhooks.isIdle);
  webhooks.onDelivered = null;
  const tookSeconds = (performance.now() - startedAt) / 1_000;
  const { latencies, ...counted } = tally;
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  return {
    userIds: crowd.map(({ userId }) => userId),
    said,
    ...counted,
    perSecond: Math.round(counted.delivered / tookSeconds),
    p50Ms: at(0.5),
    p99Ms: at(0.99),
  };
}

async function speak(platform: Platform, crowd: PersonRecord[], order: CrowdOrder): Promise<number> {
  const { webhooks } = platform;
  const startedAt = performance.now();
  let said = 0;
  for (let passedMs = 0; passedMs < order.seconds * 1_000; passedMs = performance.now() - startedAt) {
    const due =
      order.perSecond === null ? Number.POSITIVE_INFINITY : ((passedMs + looksEveryMs) / 1_000) * order.perSecond;
    while (said < due && webhooks.waiting < waitingAtMost) {
      const person = crowd[said % crowd.length];
      if (person) sayText(platform, person, order.text);
      said += 1;
    }
    await wait(looksEveryMs);
  }
  return said;
}

/** The first so many of the crowd; who is missing comes and adds the account. */
function gather(platform: Platform, count: number): PersonRecord[] {
  const { people } = platform.world;
  const known = new Map(people.all().map((person) => [person.displayName, person]));
  return Array.from({ length: count }, (_, index) => {
    const displayName = `群衆 ${index + 1}`;
    const person = known.get(displayName) ?? people.add({ displayName });
    person.isOfCrowd = true;
    follow(platform, person);
    return person;
  });
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await wait(looksEveryMs);
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
