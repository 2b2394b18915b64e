import { setTimeout as wait } from 'node:timers/promises';
import type { MiddlewareHandler } from 'hono';
import {
  GOOD_FOR_SECONDS,
  isSignature,
  SIGNATURE_HEADER,
  signAnswer,
  signQuestion,
  TIME_HEADER,
} from '../../infra/outside/signature.ts';

/**
 * How a company behaves towards programs: it answers, says nothing, stumbles, or its answers are not its own.
 * `lost-answer` does what it is asked and loses the answer once: the case that idempotency keys are for.
 */
export const MOODS = ['answers', 'silent', 'stumbles', 'forged', 'lost-answer'] as const;
export type Mood = (typeof MOODS)[number];

export interface Manner {
  mood: Mood;
}

/** Silence as long as anybody waits, and then a little. */
const LONGEST_SILENCE_MS = 60_000;

/** The door for programs: hears only questions that are signed and fresh, and signs every answer. */
export function companyDoor(secret: string, manner: Manner): MiddlewareHandler {
  return async (c, next) => {
    const { mood } = manner;
    if (mood === 'silent') await silence(c.req.raw.signal);
    if (mood === 'silent' || mood === 'stumbles') return c.json({ code: 'out-of-order' }, 503);

    const time = c.req.header(TIME_HEADER) ?? '';
    const { pathname, search } = new URL(c.req.url);
    const body = await c.req.text();
    const question = signQuestion(secret, { method: c.req.method, path: pathname + search, time, body });
    const age = Math.abs(Date.now() / 1_000 - Number(time));
    if (!(age <= GOOD_FOR_SECONDS) || !isSignature(question, c.req.header(SIGNATURE_HEADER))) {
      return c.json({ code: 'not-signed' }, 401);
    }

    await next();
    if (mood === 'lost-answer') {
      manner.mood = 'answers';
      c.res = new Response('gateway timeout', { status: 504 });
      return;
    }
    const answered = await c.res.clone().text();
    const by = mood === 'forged' ? `not ${secret}` : secret;
    c.res.headers.set(SIGNATURE_HEADER, signAnswer(by, { question, status: c.res.status, body: answered }));
  };
}

async function silence(hungUp: AbortSignal): Promise<void> {
  await wait(LONGEST_SILENCE_MS, undefined, { signal: hungUp, ref: false }).catch(() => undefined);
}
