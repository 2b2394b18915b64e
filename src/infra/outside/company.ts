import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { accept, type Decision, type Refused, refuse } from '../../base/refusal.ts';
import { isSignature, SIGNATURE_HEADER, signAnswer, signQuestion, TIME_HEADER } from './signature.ts';

/** Where an outside company is asked, and the secret that both sides sign with. */
export interface CompanyAddress {
  /** Without a trailing slash. */
  readonly url: string;
  readonly secret: string;
}

/**
 * Why there is no answer to go on with: nobody answered (or nobody we can believe), the company knows of no such thing,
 * or it will not do it.
 */
export type CompanyTrouble = 'no-answer' | 'not-found' | 'refused';

export interface CompanyOptions extends CompanyAddress {
  /** For one try; a person may be waiting. */
  readonly timeoutMs?: number;
  /** Pauses between tries; there is one try more than pauses. */
  readonly pausesMs?: readonly number[];
  /** What an engineer should see. Holds no data of people. */
  readonly onTrouble?: (facts: { company: string; call: string; why: string }) => void;
}

interface Ask<Answer> {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly answer: z.ZodType<Answer>;
}

/** A company we ask over HTTP, in the way the README of this folder tells. */
export interface Company {
  /** Every call may be repeated without a second effect; so one that got no answer is tried again here. */
  ask<Answer>(ask: Ask<Answer>): Promise<Decision<Answer, CompanyTrouble>>;
}

/** A try that failed and may be repeated. */
class NoAnswer extends Error {}

/** @param name stands in the log. Four seconds a try and three tries unless told otherwise. */
export function createCompany(name: string, options: CompanyOptions): Company {
  const { timeoutMs = 4_000, pausesMs = [250, 1_000] } = options;
  const trouble = <Code extends CompanyTrouble>(ask: Ask<unknown>, code: Code, why: string): Refused<Code> => {
    // The path's first part only: what follows may name a person's order or card.
    options.onTrouble?.({ company: name, call: `${ask.method} ${ask.path.split('/', 2).join('/')}`, why });
    return refuse(code);
  };

  return {
    async ask(ask) {
      for (const pause of [...pausesMs, null]) {
        try {
          return await once(options, timeoutMs, ask, trouble);
        } catch (error) {
          if (!(error instanceof NoAnswer)) throw error;
          if (pause === null) return trouble(ask, 'no-answer', error.message);
          await wait(pause);
        }
      }
      throw new Error('there is always a last try');
    },
  };
}

async function once<Answer>(
  { url, secret }: CompanyAddress,
  timeoutMs: number,
  ask: Ask<Answer>,
  trouble: <Code extends CompanyTrouble>(ask: Ask<unknown>, code: Code, why: string) => Refused<Code>,
): Promise<Decision<Answer, CompanyTrouble>> {
  const body = ask.body === undefined ? '' : JSON.stringify(ask.body);
  const time = String(Math.floor(Date.now() / 1_000));
  const path = new URL(url + ask.path).pathname + new URL(url + ask.path).search;
  const question = signQuestion(secret, { method: ask.method, path, time, body });
  const headers = { 'content-type': 'application/json', [TIME_HEADER]: time, [SIGNATURE_HEADER]: question };
  const { status, text, signature } = await fetched(url + ask.path, {
    method: ask.method,
    headers,
    signal: AbortSignal.timeout(timeoutMs),
    redirect: 'error',
    ...(body === '' ? {} : { body }),
  });
  if (status >= 500 || status === 429) throw new NoAnswer(`status ${status}`);
  // Whoever cannot sign is not the company: its no is worth as little as its yes.
  if (!isSignature(signAnswer(secret, { question, status, body: text }), signature)) {
    return trouble(ask, 'no-answer', `status ${status}, not signed with our secret`);
  }
  if (status === 404) return refuse('not-found');
  if (status >= 400) return trouble(ask, 'refused', `status ${status}`);
  const answer = ask.answer.safeParse(jsonOf(text));
  if (answer.success) return accept(answer.data);
  const paths = answer.error.issues.map((issue) => issue.path.join('.') || '(all)');
  return trouble(ask, 'no-answer', `an answer of another shape: ${paths.join(', ')}`);
}

async function fetched(url: string, init: RequestInit) {
  try {
    const response = await fetch(url, init);
    return { status: response.status, text: await response.text(), signature: response.headers.get(SIGNATURE_HEADER) };
  } catch (error) {
    throw new NoAnswer(error instanceof Error ? error.name : 'no connection');
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An answer that says nothing but that it was heard. */
export const heard = z.object({});
