import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoPassword, demoStaff } from '../../src/demo/people.ts';
import { type ConsoleStage, consoleStage } from '../support/console.ts';
import type { StaffName } from '../support/staff.ts';
import { createVisitor } from '../support/visitor.ts';

const EVERYBODY = demoStaff.map((member) => member.loginId);

/**
 * Every route of the console and who may have it. A route that is not here fails the test: whoever adds one decides.
 * `d` marks the door, which everybody reaches.
 */
const ROUTES: Record<string, readonly StaffName[] | 'door'> = {
  'GET /console/sign-in': 'door',
  'POST /console/sign-in': 'door',
  'GET /console/sign-in/code': 'door',
  'POST /console/sign-in/code': 'door',
  'POST /console/sign-in/passkey': 'door',
  'POST /console/sign-in/passkey/options': 'door',
  'POST /console/sign-out': 'door',
  'GET /console/first': 'door',
  'POST /console/first': 'door',
  'GET /console/first/step': 'door',
  'POST /console/first/step': 'door',
  'POST /console/first/passkey': 'door',
  'POST /console/first/passkey/options': 'door',
  'GET /console/account': EVERYBODY,
  'POST /console/account/sign-out': EVERYBODY,
  'POST /console/account': EVERYBODY,
  'GET /console/account/password': EVERYBODY,
  'POST /console/account/password': EVERYBODY,
  'GET /console/account/codes': EVERYBODY,
  'POST /console/account/codes': EVERYBODY,
  'GET /console/account/passkeys': EVERYBODY,
  'POST /console/account/passkeys': EVERYBODY,
  'POST /console/account/passkeys/options': EVERYBODY,
  'POST /console/account/passkeys/remove': EVERYBODY,
  'GET /console/confirm': EVERYBODY,
  'POST /console/confirm': EVERYBODY,
  'POST /console/confirm/passkey': EVERYBODY,
  'POST /console/confirm/passkey/options': EVERYBODY,
  'GET /console/staff': ['admin'],
  'GET /console/staff/new': ['admin'],
  'POST /console/staff/new': ['admin'],
  'GET /console/staff/:id': ['admin'],
  'POST /console/staff/:id/role': ['admin'],
  'GET /console/staff/:id/reset': ['admin'],
  'POST /console/staff/:id/reset': ['admin'],
  'GET /console/staff/:id/close': ['admin'],
  'POST /console/staff/:id/close': ['admin'],
  'GET /console/staff/:id/reopen': ['admin'],
  'POST /console/staff/:id/reopen': ['admin'],
  'GET /console': EVERYBODY,
  'GET /console/inbox': EVERYBODY,
  'GET /console/inbox/list': EVERYBODY,
  'GET /console/inbox/stream': EVERYBODY,
  'GET /console/inbox/:id': EVERYBODY,
  'POST /console/inbox/:id': ['agent', 'supervisor', 'admin'],
  'GET /console/inbox/:id/talk': EVERYBODY,
  'GET /console/inbox/:id/desk': EVERYBODY,
  'GET /console/inbox/:id/pictures/:picture': EVERYBODY,
  'GET /console/requests': EVERYBODY,
  'GET /console/requests/:id': EVERYBODY,
  'POST /console/requests/:id': ['supervisor', 'admin'],
  'GET /console/audit': ['auditor', 'admin'],
  'POST /console/audit/export': ['auditor', 'admin'],
  'GET /console/entry-codes': EVERYBODY,
  'GET /console/entry-codes/new': ['supervisor', 'admin'],
  'POST /console/entry-codes/new': ['supervisor', 'admin'],
  'GET /console/entry-codes/:batch': ['supervisor', 'admin'],
  'POST /console/entry-codes/:batch/withdraw': ['supervisor', 'admin'],
  'GET /console/partners': ['supervisor', 'auditor', 'admin'],
  'GET /console/partners/new': ['admin'],
  'POST /console/partners/new': ['admin'],
  'GET /console/partners/:partner': ['supervisor', 'auditor', 'admin'],
  'POST /console/partners/:partner/terms': ['admin'],
  'GET /console/partners/:partner/secret': ['admin'],
  'POST /console/partners/:partner/secret': ['admin'],
  'GET /console/partners/:partner/suspend': ['admin'],
  'POST /console/partners/:partner/suspend': ['admin'],
  'POST /console/partners/:partner/resume': ['admin'],
  'GET /console/orders': EVERYBODY,
  'GET /console/orders/stream': EVERYBODY,
  'GET /console/orders/list': EVERYBODY,
  'GET /console/orders/documents/:code/:version': EVERYBODY,
  'GET /console/orders/:id': EVERYBODY,
  'GET /console/orders/:id/standing': EVERYBODY,
  'POST /console/orders/:id': ['agent', 'supervisor', 'admin'],
  'POST /console/orders/:id/sim-end': ['agent', 'supervisor', 'admin'],
  'GET /console/order-listeners': 'door',
  'GET /console/listeners': ['supervisor', 'auditor', 'admin'],
  'POST /console/listeners/:id': ['admin'],
  'GET /console/subscriptions/:id/ledger': EVERYBODY,
  'GET /console/subscriptions/:id/correction': ['agent', 'supervisor', 'admin'],
  'POST /console/subscriptions/:id/correction': ['agent', 'supervisor', 'admin'],
  'GET /console/feed': EVERYBODY,
  'GET /console/feed/conflicts/:id': ['agent', 'supervisor', 'admin'],
  'POST /console/feed/conflicts/:id': ['agent', 'supervisor', 'admin'],
  'GET /console/ledger-check': EVERYBODY,
  'POST /console/ledger-check': ['admin'],
  'GET /console/bill-items': ['agent', 'supervisor', 'admin'],
  'POST /console/bill-items': ['agent', 'supervisor', 'admin'],
  'GET /console/customers/:id/points': EVERYBODY,
  'POST /console/customers/:id/points': ['agent', 'supervisor', 'admin'],
  'GET /console/customers/:id/points/return': ['agent', 'supervisor', 'admin'],
  'POST /console/customers/:id/points/return': ['agent', 'supervisor', 'admin'],
  'GET /console/customers/:id/file': ['supervisor', 'admin'],
  'POST /console/customers/:id/file': ['supervisor', 'admin'],
  'GET /console/customers/:id/links': EVERYBODY,
  'GET /console/customers/:id/links/:link': ['agent', 'supervisor', 'admin'],
  'POST /console/customers/:id/links/:link': ['agent', 'supervisor', 'admin'],
  'GET /console/subscriptions/:id/link-code': ['agent', 'supervisor', 'admin'],
  'POST /console/subscriptions/:id/link-code': ['agent', 'supervisor', 'admin'],
  'GET /console/messages': EVERYBODY,
  'GET /console/messages/over-allowance/again': ['supervisor', 'admin'],
  'POST /console/messages/over-allowance/again': ['supervisor', 'admin'],
  'GET /console/messages/:id': ['supervisor', 'admin'],
  'POST /console/messages/:id': ['supervisor', 'admin'],
  'GET /console/messages/events/:event': ['supervisor', 'admin'],
  'POST /console/messages/events/:event': ['supervisor', 'admin'],
  'GET /console/measures': EVERYBODY,
  'GET /console/measures.csv': EVERYBODY,
  'GET /console/help-figures': EVERYBODY,
  'GET /console/customers': EVERYBODY,
  'GET /console/customers/:id': EVERYBODY,
  'GET /console/customers/:id/look': EVERYBODY,
  'POST /console/customers/:id/look': EVERYBODY,
};
/** An empty form is refused (422) by whoever may send one at all; except these. */
const ANSWERS: Record<string, number> = {
  'POST /console/account/passkeys/options': 200,
  'POST /console/confirm/passkey/options': 200,
  'POST /console/ledger-check': 200,
  'POST /console/audit/export': 200,
  'POST /console/account': 200,
  'POST /console/account/sign-out': 404,
  // There is nothing to send again.
  'GET /console/messages/over-allowance/again': 404,
};
/** Where nothing is left of what is done, so that a late second tap is led on like the first: so is one that names what never was. */
const LEADS_ON: Record<string, string> = {
  'POST /console/account/passkeys/remove': '/console/account/passkeys',
  'POST /console/feed/conflicts/:id': '/console/feed',
  'POST /console/messages/over-allowance/again': '/console/messages',
};
/** For a route about one thing: nobody's id, so that whoever may see such things is told there is none. */
const NOBODY = '00000000-0000-7000-8000-000000000000';

let play: ConsoleStage;
beforeAll(async () => {
  play = await consoleStage();
});
afterAll(() => play.close());

const routes = () =>
  play.stage.app.web.routes
    .filter((route) => route.path.startsWith('/console') && route.method !== 'ALL')
    .map((route) => `${route.method} ${route.path}`);

test('every route of the console stands in the table, and no other', () =>
  expect([...new Set(routes())].sort()).toEqual(Object.keys(ROUTES).sort()));

describe.each(Object.entries(ROUTES).filter(([, who]) => who !== 'door'))('%s', (route, who) => {
  const [method = '', path = ''] = route.split(' ');
  const address = () => play.stage.url + path.replace(/:\w+/g, NOBODY);

  test('sends nobody signed in to the door', async () => {
    const page = await createVisitor().go(address(), { method, ...(method === 'POST' ? { form: {} } : {}) });
    expect(page.url.pathname).toBe('/console/sign-in');
  });

  test.each(EVERYBODY)('%s', async (loginId) => {
    const page = await play.as(loginId).go(address(), { method, ...(method === 'POST' ? { form: {} } : {}) });
    const leadsOn = who.includes(loginId) ? LEADS_ON[route] : undefined;
    if (leadsOn !== undefined) return expect([page.status, page.url.pathname]).toEqual([200, leadsOn]);
    const isThere = who.includes(loginId) && !path.includes(':');
    const status = isThere ? (ANSWERS[route] ?? (method === 'POST' ? 422 : 200)) : 404;
    expect([page.status, page.url.pathname]).toEqual([status, new URL(address()).pathname]);
  });
});

test('a customer who is signed in is nobody here', async () => {
  const visitor = createVisitor();
  const form = await visitor.go(`${play.stage.url}/login`);
  await form.submit({ loginId: 'tanaka', password: demoPassword('tanaka') });
  expect((await visitor.go(`${play.stage.url}/console/audit`)).url.pathname).toBe('/console/sign-in');
});

test('what staff did is in the audit log, chained', async () => {
  await play.stage.app.jobs.runDue();
  const page = await play.as('auditor').at('/console/audit?actor=staff');
  expect(page.text).toContain('staff.signed-in');
  expect(page.text).toContain('江川 監査');
  expect(page.text).not.toContain('まもなく');
});
