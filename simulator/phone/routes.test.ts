import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { phoneRoutes } from './routes.ts';

const app = phoneRoutes();
const at = (path: string) => app.request(`http://127.0.0.1:9100${path}`);

describe('the phone’s page', () => {
  it('names only files that are served', async () => {
    const page = await (await at('/')).text();
    const paths = [...page.matchAll(/(?:href|src)="([^"]+)"|":"(\/[^"]+)"/g)].map(
      (match) => match[1] ?? match[2] ?? '',
    );
    expect(paths.length).toBeGreaterThan(8);
    for (const path of paths) expect([path, (await at(path)).status]).toEqual([path, 200]);
  });

  it('has every one of its scripts without types, and imports only what is served', async () => {
    const folder = new URL('./app/', import.meta.url);
    const files = (await readdir(folder, { recursive: true })).filter((name) => /(?<!\.test)\.ts$/.test(name));
    for (const file of files) {
      const response = await at(`/phone/app/${file}`);
      expect([file, response.status, response.headers.get('content-type')]).toEqual([
        file,
        200,
        'text/javascript; charset=utf-8',
      ]);
      const script = await response.text();
      expect(script).not.toContain('import type');
      for (const [, path = ''] of script.matchAll(/from '(\.[^']+)'/g)) {
        const url = new URL(path, `http://127.0.0.1:9100/phone/app/${file}`);
        expect([file, path, (await at(url.pathname)).status]).toEqual([file, path, 200]);
      }
    }
  });

  it.each([
    '/phone/app/nothing.ts',
    '/phone/app/../routes.ts',
    '/phone/styles/..%2fpage.ts',
    '/phone/vendor/left-pad.js',
  ])('serves nothing else: %s', async (path) => expect((await at(path)).status).toBe(404));

  it('tells at which address a person’s browser opens a page', async () => {
    const userId = `U${'a'.repeat(32)}`;
    const answer = await at(`/browser/url?${new URLSearchParams({ userId, url: 'http://127.0.0.1:3000/link' })}`);
    expect(await answer.json()).toEqual({ url: `http://u${'a'.repeat(32)}--127-0-0-1-3000.localhost:9104/link` });
  });

  it('draws QR codes', async () => {
    const answer = await at('/phone/qr.svg?text=https%3A%2F%2Fline.me%2FR%2Fti%2Fp%2F%40renkei');
    expect(answer.headers.get('content-type')).toBe('image/svg+xml');
    expect(await answer.text()).toContain('<svg');
    expect((await at('/phone/qr.svg')).status).toBe(400);
  });
});
