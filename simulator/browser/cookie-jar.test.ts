import { describe, expect, it } from 'vitest';
import { createCookieJar, createCookieJars } from './cookie-jar.ts';

const NOW = Date.parse('2026-11-23T00:00:00Z');
const app = 'http://127.0.0.1:3000';
const request = { origin: app, path: '/', method: 'GET', isCrossSite: false };

function jarWith(...lines: string[]) {
  const jar = createCookieJar();
  jar.keep(app, lines, NOW);
  return (change: Partial<typeof request> = {}, now = NOW) => jar.headerFor({ ...request, ...change }, now);
}

describe('a person’s cookies', () => {
  it('go back to the site that set them, and to no other', () => {
    const sent = jarWith('a=1; Path=/', 'b=x=y');
    expect(sent()).toBe('a=1; b=x=y');
    expect(sent({ origin: 'http://127.0.0.1:9103' })).toBe('');
  });
  it('end when they say, by the simulator’s clock', () => {
    const sent = jarWith('short=1; Max-Age=60', 'day=1; Expires=Tue, 24 Nov 2026 00:00:00 GMT', 'session=1');
    expect(sent({}, NOW + 59_000)).toBe('short=1; day=1; session=1');
    expect(sent({}, NOW + 61_000)).toBe('day=1; session=1');
    expect(sent({}, NOW + 25 * 3_600_000)).toBe('session=1');
  });
  it('can be taken back', () => expect(jarWith('a=1', 'a=; Max-Age=0')()).toBe(''));
  it('keep to their path', () => {
    const sent = jarWith('a=1; Path=/my');
    expect([sent({ path: '/my/points' }), sent({ path: '/mypage' })]).toEqual(['a=1', '']);
  });
  it('follow SameSite when another site’s page asks', () => {
    const sent = jarWith(
      'strict=1; SameSite=Strict',
      'lax=1; SameSite=Lax',
      'plain=1',
      'none=1; SameSite=None; Secure',
    );
    expect(sent({ isCrossSite: true })).toBe('lax=1; plain=1; none=1');
    expect(sent({ isCrossSite: true, method: 'POST' })).toBe('none=1');
  });
  it('with a __Host- name are refused when they break its rules', () => {
    const sent = jarWith('__Host-a=1; Path=/', '__Host-b=1; Path=/; Secure; Domain=x', '__Host-c=1; Path=/; Secure');
    expect(sent()).toBe('__Host-c=1');
  });
  it('are forgotten for everybody on reset', () => {
    const jars = createCookieJars();
    jars.jarOf('U1').keep(app, ['a=1'], NOW);
    expect(jars.jarOf('U2').headerFor(request, NOW)).toBe('');
    jars.clear();
    expect(jars.jarOf('U1').headerFor(request, NOW)).toBe('');
  });
});
