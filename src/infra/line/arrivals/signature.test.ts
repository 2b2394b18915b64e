import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSigned, signatureOf } from './signature.ts';

const secret = 'the-channel-secret-of-this-test!';
const bytes = (text: string) => new TextEncoder().encode(text);

describe('a webhook signature', () => {
  const body = bytes('{"destination":"U0","events":[{"text":"\\uD83E\\uDD28"}]}');

  test('is the base64 of HMAC-SHA256 over the bytes', () =>
    expect(signatureOf(body, secret)).toBe(createHmac('sha256', secret).update(body).digest('base64')));

  test('is good for the bytes as they came, escaped emoji and all', () =>
    expect(isSigned(body, signatureOf(body, secret), [secret])).toBe(true));

  test('is not good for the same JSON written again', () => {
    const again = bytes(JSON.stringify(JSON.parse(new TextDecoder().decode(body))));
    expect(isSigned(again, signatureOf(body, secret), [secret])).toBe(false);
  });

  test('any of several secrets may have made it, while one is being exchanged for another', () => {
    expect(isSigned(body, signatureOf(body, 'old'), [secret, 'old'])).toBe(true);
    expect(isSigned(body, signatureOf(body, 'older'), [secret, 'old'])).toBe(false);
  });

  test.each([
    ['none', undefined],
    ['empty', ''],
    ['not base64', '!'.repeat(44)],
    ['too short', signatureOf(body, secret).slice(0, 40)],
    ['in hex', createHmac('sha256', secret).update(body).digest('hex')],
    ['in another alphabet', createHmac('sha256', secret).update(body).digest('base64url')],
    ['with something behind it', `${signatureOf(body, secret)}=`],
    ['without a secret', signatureOf(body, '')],
  ])('%s is refused', (_, signature) => expect(isSigned(body, signature, [secret])).toBe(false));

  test('no secrets, no entry', () => expect(isSigned(body, signatureOf(body, ''), [])).toBe(false));

  test('one altered byte anywhere breaks it, ten thousand times', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 300 }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (original, at, by) => {
          const altered = original.slice();
          const place = at % altered.length;
          altered[place] = (altered[place] ?? 0) ^ by;
          const signature = signatureOf(original, secret);
          return isSigned(original, signature, [secret]) && !isSigned(altered, signature, [secret]);
        },
      ),
      { numRuns: 10_000 },
    );
  });
});
