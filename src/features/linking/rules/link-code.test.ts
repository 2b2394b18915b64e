import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasValidCheckDigit } from '../../../base/check-digit.ts';
import { makeLinkCode, maskLinkCode, parseLinkCode } from './link-code.ts';

describe('a fresh code', () => {
  test('is what chance says, and its check digit', () => {
    const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5];
    const made = makeLinkCode(() => digits.shift() ?? 0);
    expect(made.slice(0, 15)).toBe('123456789012345');
    expect(hasValidCheckDigit(made)).toBe(true);
  });
  test('asks chance for each of fifteen digits, 0 to 9', () => {
    const asked: number[] = [];
    makeLinkCode((below) => {
      asked.push(below);
      return 9;
    });
    expect(asked).toEqual(Array.from({ length: 15 }, () => 10));
  });
  test('reads back, however it is written', () => {
    const separator = fc.constantFrom('', ' ', '　', '-', '－', '‐', '‑', '–', '—', '−', 'ー', '\u200b', '\n');
    fc.assert(
      fc.property(
        fc.array(fc.nat(9), { minLength: 15, maxLength: 15 }),
        separator,
        fc.boolean(),
        (digits, between, isWide) => {
          const rest = [...digits];
          const code = makeLinkCode(() => rest.shift() ?? 0);
          const groups = code.match(/.{4}/g)?.join(between) ?? '';
          const typed = isWide
            ? groups.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)))
            : groups;
          expect(parseLinkCode(` ${typed} `)).toEqual({ kind: 'code', code });
          const onPaper = groups.replaceAll('0', 'O').replaceAll('1', 'l');
          expect(parseLinkCode(onPaper)).toEqual({ kind: 'code', code });
        },
      ),
    );
  });
});

describe('what was typed', () => {
  const valid = makeLinkCode(() => 7);
  test.each([
    ['', { kind: 'wrong-length', digits: 0 }],
    ['123', { kind: 'wrong-length', digits: 3 }],
    [`${valid}0`, { kind: 'wrong-length', digits: 17 }],
    ['利用コード', { kind: 'wrong-length', digits: 0 }],
    [`${valid.slice(0, 15)}x`, { kind: 'wrong-length', digits: 15 }],
    [valid.slice(0, 15) + ((Number(valid[15]) + 1) % 10), { kind: 'wrong-check-digit' }],
    [valid, { kind: 'code', code: valid }],
  ])('%j → %j', (typed, parsed) => expect(parseLinkCode(typed)).toEqual(parsed));
});

test('shown by its end where it need not be seen whole', () => {
  expect(maskLinkCode('3450')).toBe('•••• 3450');
});
