import { describe, expect, test } from 'vitest';
import { nextPath, withNext } from './next-path.ts';

describe('where to go on after a sign-in', () => {
  test.each([
    ['/contract', '/contract'],
    ['/data/0199?day=2026-11-23#chart', '/data/0199?day=2026-11-23#chart'],
    ['/gifts/claim/abc', '/gifts/claim/abc'],
    ['/links/../contract', '/contract'],
    ['/loginhelp', '/loginhelp'],
  ])('%s is a path of this site', (wanted, path) => expect(nextPath(wanted)).toBe(path));

  test.each([
    undefined,
    null,
    '',
    'contract',
    'https://evil.example/',
    '//evil.example/',
    '///evil.example/',
    '/\\evil.example/',
    '/\t/evil.example/',
    '/.//evil.example/',
    '/a/..//evil.example/',
    '\\\\evil.example',
    'javascript:alert(1)',
    '/\nSet-Cookie: a=b',
    '/契約',
    `/${'a'.repeat(600)}`,
  ])('%j leads to the top page', (wanted) => expect(nextPath(wanted)).toBe('/'));

  test.each(['/login', '/login?next=/contract', '/login/line', '/logout', '/api/v1/gifts', '/webhook/line'])(
    '%s would lead in a circle or to no page',
    (wanted) => expect(nextPath(wanted)).toBe('/'),
  );

  test('a sign-in page carries it along', () => {
    expect(withNext('/login', '/contract?a=1&b=2')).toBe('/login?next=%2Fcontract%3Fa%3D1%26b%3D2');
    expect(withNext('/login/line', '//evil.example')).toBe('/login/line');
  });
});
