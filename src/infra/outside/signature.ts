import { createHmac, timingSafeEqual } from 'node:crypto';

/** The headers that carry the proof of who asks, and of who answers. */
export const TIME_HEADER = 'renkei-time';
export const SIGNATURE_HEADER = 'renkei-signature';

/** A question that was made longer ago than this is not answered: somebody may have kept it. */
export const GOOD_FOR_SECONDS = 300;

export interface Question {
  readonly method: string;
  /** With its query, as it stands in the request. */
  readonly path: string;
  /** Seconds since 1970 by the machine's clock: both sides' machines know it, whatever our own clock is set to. */
  readonly time: string;
  /** As it is sent; empty without one. */
  readonly body: string;
}

/** HMAC-SHA-256 over every part of a question, so that none can be changed or used for another. */
export function signQuestion(secret: string, { method, path, time, body }: Question): string {
  return hmac(secret, ['question', method, path, time, body]);
}

/** Ties an answer to its question: yesterday's "success" is no answer to today's. */
export function signAnswer(secret: string, answer: { question: string; status: number; body: string }): string {
  return hmac(secret, ['answer', answer.question, String(answer.status), answer.body]);
}

/** In constant time. */
export function isSignature(expected: string, given: string | null | undefined): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given ?? '')];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Each part with its length before it, so that moving a letter from one into the next gives another text. */
function hmac(secret: string, parts: readonly string[]): string {
  const text = parts.map((part) => `${Buffer.byteLength(part)}:${part}`).join('\n');
  return `v1=${createHmac('sha256', secret).update(text).digest('hex')}`;
}
