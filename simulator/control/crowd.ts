import { Hono } from 'hono';
import { type CrowdOrder, letCrowdWrite } from '../acts/crowd.ts';
import type { Platform } from '../platform.ts';
import { problem, readObject } from './input.ts';

const most = { people: 10_000, perSecond: 100_000, seconds: 600 };

/** Load for a bot: a crowd that writes. */
export function crowdControl(platform: Platform): Hono {
  const app = new Hono();
  let isWriting = false;

  app.post('/crowd', async (c) => {
    const order = readOrder(await readObject(c));
    if (typeof order === 'string') return problem(c, 400, order);
    if (isWriting) return problem(c, 409, 'a crowd is writing already');
    isWriting = true;
    try {
      return c.json(await letCrowdWrite(platform, order));
    } finally {
      isWriting = false;
    }
  });

  return app;
}

/** The order, or what is wrong with it. */
function readOrder(given: Record<string, unknown>): CrowdOrder | string {
  const { people = 100, perSecond = null, seconds = 10, text = 'こんにちは' } = given;
  if (!isWithin(people, most.people) || !Number.isInteger(people)) return `people: 1 to ${most.people}`;
  if (perSecond !== null && !isWithin(perSecond, most.perSecond)) return `perSecond: up to ${most.perSecond}`;
  if (!isWithin(seconds, most.seconds)) return `seconds: up to ${most.seconds}`;
  if (typeof text !== 'string' || text === '') return 'text: something to say';
  return { people, perSecond, seconds, text };
}

function isWithin(value: unknown, limit: number): value is number {
  return typeof value === 'number' && value > 0 && value <= limit;
}
