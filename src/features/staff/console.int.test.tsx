import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type StaffWorld, staffWorld } from '../../../tests/support/staff.ts';
import type { WebEnv } from '../../infra/http/web-env.ts';
import { renderPage } from '../../infra/ui/components.tsx';
import { ConsolePage } from './index.ts';

let world: StaffWorld;
beforeAll(async () => {
  world = await staffWorld({
    entries: [
      {
        key: 'customers',
        href: '/console/customers',
        label: (language) => (language === 'ja' ? 'お客さま' : 'Customers'),
        hint: (language) => (language === 'ja' ? 'さがす' : 'Find'),
        roles: ['agent', 'supervisor'],
        waiting: async () => 3,
      },
    ],
    pages: (staff) =>
      new Hono<WebEnv>()
        .get('/console/customers', staff.requireStaff('agent', 'supervisor'), (c) =>
          renderPage(
            c,
            <ConsolePage c={c} staff={staff} title="お客さま" at="customers">
              <p>ひみつ</p>
            </ConsolePage>,
          ),
        )
        .get('/console/stays', staff.requireStaff(), (c) => {
          staff.leavesByItself(c);
          return c.html('<p>ひみつ</p>');
        })
        .get('/console/forgotten', (c) => c.text('ひみつ')),
  });
});
afterAll(() => world.close());

test('a feature’s page has the frame: who is signed in, and the navigation of the role', async () => {
  const agent = await world.signIn('agent');
  const page = await agent.get('/console/customers');
  expect(page.text).toContain('井上 窓口（オペレーター）');
  expect(page.text).toContain('<a href="/console/customers" aria-current="page">お客さま</a>');
  expect(page.text).not.toContain('/console/audit');
  expect((await agent.get('/console')).text).toContain('3件待っています');
});

test('another role finds nothing there, and no way to it', async () => {
  const auditor = await world.signIn('auditor');
  const page = await auditor.get('/console/customers');
  expect([page.status, page.text.includes('ひみつ')]).toEqual([404, false]);
  expect(page.text).toContain('<body class="console">');
  expect(page.text).toContain('<a href="/console/audit"');
  expect((await auditor.get('/console')).text).not.toContain('/console/customers');
});

test('where nothing is, signed-in staff stay in the console, and nobody else sees it', async () => {
  const agent = await world.signIn('agent');
  const nowhere = await agent.get('/console/nowhere');
  expect([nowhere.status, nowhere.text.includes('井上 窓口（オペレーター）')]).toEqual([404, true]);
  expect((await world.browser().get('/console/nowhere')).status).toBe(303);
});

test('a page that forgot to ask who comes is behind the door all the same', async () => {
  const page = await world.browser().get('/console/forgotten');
  expect([page.status, page.location, page.text]).toEqual([303, '/console/sign-in?next=%2Fconsole%2Fforgotten', '']);
});

test('a page that nobody touches leaves the screen when the session is over, unless it hears of that by itself', async () => {
  const agent = await world.signIn('agent');
  const leaves = async (path: string) => (await agent.get(path)).headers.get('refresh');
  expect(await leaves('/console/customers?q=a')).toBe('1805; url=/console/sign-in?next=%2Fconsole%2Fcustomers%3Fq%3Da');
  expect(await leaves('/console/stays')).toBe(null);
  expect(await leaves('/console/forgotten')).toBe(null);
});
