import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { testFolder } from '../../tests/support/folder.ts';
import { keyedHash, keyedHashes, loadKeys, makeKeys, parseKeys, SecretsFaulty, seal, unseal } from './secrets.ts';

const folder = testFolder();

describe('the keys', () => {
  test('are made once in the data folder, for its owner only, and read again', () => {
    const made = loadKeys({}, join(folder, 'new'), { mayCreate: true });
    const again = loadKeys({}, join(folder, 'new'), { mayCreate: true });
    expect(keyedHash(made.lookup, 'x')).toEqual(keyedHash(again.lookup, 'x'));
    expect(statSync(join(folder, 'new', 'keys.json')).mode & 0o777).toBe(0o600);
  });

  test('are never made up in production', () => {
    expect(() => loadKeys({}, folder, { mayCreate: false })).toThrow(SecretsFaulty);
  });

  test('come from the environment first', () => {
    const json = makeKeys();
    const loaded = loadKeys({ RENKEI_KEYS: json }, join(folder, 'unused'), { mayCreate: false });
    expect(keyedHash(loaded.limits, 'x')).toEqual(keyedHash(parseKeys(json).limits, 'x'));
  });

  test('tell every fault at once and never a key', () => {
    const good = 'A'.repeat(43);
    const json = JSON.stringify({ one: {}, '2': { lookup: `${good}=`, show: 'c2hvcnQ=', limits: 7 } });
    expect.assertions(2);
    try {
      parseKeys(json);
    } catch (error) {
      const faults = error instanceof SecretsFaulty ? error.faults : [];
      expect(faults).toHaveLength(8);
      expect(faults.join()).not.toContain('c2hvcnQ');
    }
  });

  test.each(['', 'no json', '[]', '{}', 'null'])('%j is refused', (json) =>
    expect(() => parseKeys(json)).toThrow(SecretsFaulty),
  );
});

describe('a seal', () => {
  const first = { '1': keysOf(1) };
  const secrets = parseKeys(JSON.stringify(first));

  test('opens with the same key and the same binding', () => {
    expect(unseal(secrets.show, seal(secrets.show, 'a text', 'to this'), 'to this')).toBe('a text');
  });
  test('does not open bound to something else', () => {
    const sealed = seal(secrets.show, 'a text', 'to this');
    expect(() => unseal(secrets.show, sealed, 'to that')).toThrow();
  });
  test('does not open with the key of another purpose, nor changed', () => {
    const sealed = seal(secrets.show, 'a text', 'to this');
    expect(() => unseal(secrets.tokens, sealed, 'to this')).toThrow();
    const changed = Buffer.from(sealed);
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    expect(() => unseal(secrets.show, changed, 'to this')).toThrow();
  });
  test('after a rotation the old opens, the new uses the new key, and look-ups try both', () => {
    const rotated = parseKeys(JSON.stringify({ ...first, '2': keysOf(2) }));
    expect(unseal(rotated.show, seal(secrets.show, 'old', 'b'), 'b')).toBe('old');
    expect(() => unseal(secrets.show, seal(rotated.show, 'new', 'b'), 'b')).toThrow();
    const hashes = keyedHashes(rotated.lookup)('123');
    expect(hashes).toEqual([keyedHash(rotated.lookup, '123'), keyedHash(secrets.lookup, '123')]);
  });
});

function keysOf(seed: number) {
  const key = (purpose: number) => Buffer.alloc(32, seed * 16 + purpose).toString('base64');
  return { lookup: key(1), show: key(2), limits: key(3), tokens: key(4) };
}
