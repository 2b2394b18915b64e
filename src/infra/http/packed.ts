import { createHash } from 'node:crypto';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Context } from 'hono';

/**
 * What is the same for everybody, sent small to whoever takes it so. Nothing else is ever compressed: of an answer that holds a
 * secret beside something the asker chose, the length would tell, try by try, how much the two have in common (BREACH).
 */
export interface Packed {
  readonly type: string;
  readonly body: string;
  /** Of what is in it. */
  readonly hash: string;
  /** Each made when it is first asked for. */
  as(coding: Coding): Uint8Array<ArrayBuffer>;
}

type Coding = 'br' | 'gzip';

/** In the order of our liking. */
const CODINGS: readonly Coding[] = ['br', 'gzip'];

export function pack(type: string, body: string): Packed {
  const made = new Map<Coding, Uint8Array<ArrayBuffer>>();
  return {
    type,
    body,
    hash: createHash('sha256').update(body).digest('hex').slice(0, 16),
    as(coding) {
      const known = made.get(coding);
      if (known) return known;
      const small = new Uint8Array(coding === 'br' ? brotliCompressSync(body) : gzipSync(body, { level: 9 }));
      made.set(coding, small);
      return small;
    },
  };
}

/** Answers with it; with 304 to whoever has it already. How long it may be kept stands in the headers the caller has set. */
export function answerPacked(c: Context, packed: Packed): Response {
  // The same in every coding, which a weak one may be.
  const validator = `W/"${packed.hash}"`;
  c.header('etag', validator);
  c.header('vary', 'accept-encoding');
  if (named(c.req.header('if-none-match')).some(([tag]) => tag === validator)) return c.body(null, 304);
  c.header('content-type', packed.type);
  const taken = named(c.req.header('accept-encoding')).filter(([, ...about]) => !about.some(isNever));
  const coding = CODINGS.find((each) => taken.some(([name]) => name === each));
  if (coding === undefined) return c.body(packed.body);
  c.header('content-encoding', coding);
  return c.body(packed.as(coding));
}

/** `br;q=0.5, gzip` as its parts. */
const named = (header = '') => header.split(',').map((part) => part.trim().split(/\s*;\s*/));
const isNever = (about: string) => /^q=0(\.0*)?$/.test(about);
