import { describe, expect, test } from 'vitest';
import { requestKey } from '../../../ledger/body-hash.ts';
import { usageRequestId, useKeys } from './request-key.ts';

const keysOf = (id: string, source = '/feed') => useKeys(usageRequestId({ source, id }));

describe('the key of a use', () => {
  test('begins with the moment of an id that tells one, and with nothing else of it', () => {
    const { key, formerKey } = keysOf('0199f3a2-5b6c-7d01-8e23-456789abcdef');
    expect(key).toBe(`0199f3a25b6c${formerKey.slice(12)}`);
    expect(keysOf('0199f3a2-5b6c-7d01-8e23-456789abcdee').key.slice(12)).not.toBe(key.slice(12));
    expect(keysOf('0199f3a2-5b6c-7d01-8e23-456789abcdef', '/other').key.slice(12)).not.toBe(key.slice(12));
  });

  test.each([
    '3f2b8a10-5b6c-4d01-8e23-456789abcdef',
    '0199F3A2-5B6C-7D01-8E23-456789ABCDEF',
    '0199f3a2-5b6c-7d01-0e23-456789abcdef',
    'x0199f3a2-5b6c-7d01-8e23-456789abcdef',
    'x","0199f3a2-5b6c-7d01-8e23-456789abcdef',
    '17',
  ])('is the hash of the request for any other id: %s', (id) => {
    const { key, formerKey } = keysOf(id);
    expect(formerKey).toBe(requestKey('data', usageRequestId({ source: '/feed', id })));
    expect(key).toBe(formerKey);
  });
});
