import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isProgramPath } from '../../src/infra/http/machine-path.ts';
import { type AskerName, isName, objectIn, ROUTES, type Row } from './routes.ts';
import { type Answer, type Asker, type AttackWorld, attackWorld, SITE } from './world.ts';

let world: AttackWorld;
beforeAll(async () => {
  world = await attackWorld();
});
afterAll(() => world.close());

interface Request {
  readonly method: string;
  readonly path: string;
  readonly form: Record<string, string>;
}

const NAMES: readonly AskerName[] = [
  'nobody',
  'contractor',
  'stranger',
  'child',
  'agent',
  'supervisor',
  'auditor',
  'admin',
  'key',
  'wrongKey',
];
const CUSTOMERS: readonly AskerName[] = ['owner', 'contractor', 'stranger', 'child'];

const CASES = Object.entries(ROUTES).flatMap(([route, rows]) =>
  [rows].flat().map((row) => ({ route, row, title: titleOf(route, row) })),
);

function titleOf(route: string, row: Row): string {
  const named = [row.query, row.form].flatMap((filled) => Object.values(filled ?? {}).filter(isName));
  return [route, ...named].join(' ');
}

/** Text as no person and no page of ours sends it: a database takes no NUL, and half a character is none. */
const BROKEN = ['\u0000', "x' or 'a' = 'a", '\ud800', `${'9'.repeat(400)}`, '../..', '<b>&"'];

/** With the family's own things named, with things of the same look that nobody has, or with such text in every place. */
function requestOf(route: string, row: Row, things: 'theirs' | 'none' | { broken: string }): Request {
  const fill = (value: string) => {
    if (typeof things === 'object') return things.broken;
    return isName(value) ? (things === 'none' ? randomUUID() : objectIn(value, world.objects)) : value;
  };
  const filled = (fields: Readonly<Record<string, string>> = {}) =>
    Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, fill(value)]));
  const [method = '', pattern = ''] = route.split(' ');
  const inPath = filled(row.path);
  const path = pattern.replace(/:(\w+)|\*/g, (all, name = all) =>
    encodeURIComponent((inPath[name] ?? randomUUID()).toWellFormed()),
  );
  const query = row.query ? `?${new URLSearchParams(filled(row.query))}` : '';
  return { method, path: path + query, form: filled(row.form) };
}

const ask = ({ method, path, form }: Request, asker: Asker, origin?: string | null) =>
  world.ask(method, path, asker, { form, ...(origin === undefined ? {} : { origin }) });

/** What comes out, without what is new in every answer or repeats the question. */
function shapeOf(answer: Answer, asked: Request): string {
  const question = [asked.path, encodeURIComponent(asked.path), encodeURI(asked.path)];
  let text = `${answer.status} ${answer.location}\n${answer.text}`;
  for (const words of question) text = text.replaceAll(words, '…');
  return text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '…').replace(/[\w-]{43,}/g, '…');
}

function isPast({ door }: Row, name: AskerName): boolean {
  if (door === 'open') return true;
  if (door === 'contractor') return name === 'contractor' || name === 'owner';
  if (door === 'line') return name === 'stranger' || name === 'child' || name === 'owner';
  return door === 'signed-in' && CUSTOMERS.includes(name);
}

/** Those whom a door knows nothing of are nobody to it. */
const asSeen = (row: Row, name: AskerName): AskerName =>
  row.door !== 'key' && !CUSTOMERS.includes(name) ? 'nobody' : name;

function expected(route: string, row: Row, name: AskerName): string {
  const right = row.right ?? (route.startsWith('GET') ? 200 : 303);
  const but = row.but?.[name];
  if (but !== undefined) return but;
  if (row.may.includes(asSeen(row, name))) return String(right);
  if (isPast(row, name) || ['key', 'partner', 'signature'].includes(row.door)) return String(row.wrong);
  return 'to /login';
}

/** The status, or the door that it sends to. */
function spoken({ status, location }: Answer): string {
  const door = /^\/(login|console\/sign-in)(?=$|[/?])/.exec(location);
  return status === 303 && door ? `to ${door[0]}` : String(status);
}

function expectGuarded({ headers }: Answer, { path }: Request) {
  // The same for everybody, and knows nobody.
  const kept = path === '/openapi.json' ? /^no-cache$/ : path.endsWith('.svg') ? /private|no-store/ : /^no-store/;
  expect(headers.get('cache-control')).toMatch(kept);
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(headers.get('content-security-policy')).not.toContain('unsafe');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('strict-transport-security')).toBeTruthy();
  if (!isProgramPath(path)) expect(headers.get('referrer-policy')).toMatch(/^(same-origin|no-referrer)$/);
}

/** What this asker may not read; programs with a key are told of customers. */
function hidden(row: Row, name: AskerName): readonly string[] {
  if (name === 'owner' || (row.door === 'key' && name === 'key')) return [];
  if (name === 'child') return world.canaries.filter((words) => !row.shown?.includes(words));
  return [...world.canaries, ...world.childsCanaries];
}

/** Behind the console's door; who of the staff may have what is said in `tests/journeys/console.int.test.ts`. */
const isConsole = (route: string) => / \/console(?!\/(sign-|first))/.test(route);

function routesOfTheApp(): string[] {
  const routes = world.app.web.routes.filter(({ method, path }) => method !== 'ALL' && !path.startsWith('/assets/'));
  const doors = world.app.doors.map((path) => `POST ${path}`);
  return [...new Set([...routes.map(({ method, path }) => `${method} ${path}`), ...doors])].sort();
}

test('every route of the app stands in the table, and no other', () =>
  expect(routesOfTheApp().filter((route) => !isConsole(route))).toEqual(Object.keys(ROUTES).sort()));

let before = '';
test('the family has one of everything', async () => {
  before = await world.familysRows();
  expect(before.split('\n').length).toBeGreaterThan(30);
});

describe.each(CASES)('$title', ({ route, row }) => {
  const { theirs, none } = { theirs: () => requestOf(route, row, 'theirs'), none: () => requestOf(route, row, 'none') };

  test('answers each as the table says, and tells nobody what is not theirs', async () => {
    const request = theirs();
    const answers: Record<string, string> = {};
    for (const name of NAMES) {
      const answer = await ask(request, world.askers[name]);
      answers[name] = spoken(answer);
      expectGuarded(answer, request);
      if (/:token\b/.test(route)) expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
      for (const words of hidden(row, name)) expect(answer.text + answer.location, name).not.toContain(words);
    }
    expect(answers).toEqual(Object.fromEntries(NAMES.map((name) => [name, expected(route, row, name)])));
  });

  if (!row.isLive)
    test('answers about a thing of somebody else as about one that nobody has', async () => {
      for (const name of NAMES.filter((each) => !row.may.includes(each))) {
        const [asked, other] = [theirs(), none()];
        const [answer, same] = [await ask(asked, world.askers[name]), await ask(other, world.askers[name])];
        expect(shapeOf(answer, asked), name).toBe(shapeOf(same, other));
      }
    });

  const isForm = !route.startsWith('GET') && !isProgramPath(route.split(' ')[1] ?? '');
  if (isForm)
    test('takes no form from another site, nor one that does not say where it is from', async () => {
      for (const name of ['owner', 'admin'] as const) {
        for (const origin of [null, 'null', 'https://evil.example', `${SITE}.evil.example`]) {
          expect((await ask(theirs(), world.askers[name], origin)).status).toBe(403);
        }
      }
    });
});

test('and nothing of the family has changed', async () => expect(await world.familysRows()).toBe(before));

describe('the owner, to whom all of it belongs', () => {
  test.each(CASES.filter(({ row }) => !['key', 'partner', 'signature'].includes(row.door)))(
    '$title',
    async ({ route, row }) => {
      const request = requestOf(route, row, 'theirs');
      const answer = await ask(request, world.askers.owner);
      expect(spoken(answer)).toBe(expected(route, row, 'owner'));
      expectGuarded(answer, request);
    },
  );
});

/** Fields of the console's forms and addresses, all sent everywhere. */
const CONSOLE_FIELDS = ['q', 'before', 'after', 'actor', 'reason', 'note', 'decision', 'partnerId', 'nameJa', 'amount'];

test('behind the console’s door nobody is let in but staff, no form is taken from elsewhere, and nothing stumbles', async () => {
  const routes = routesOfTheApp().filter(isConsole);
  expect(routes.length).toBeGreaterThan(15);
  const admin = { cookie: await world.people.signInStaff('admin', 'console-admin') };
  for (const route of routes) {
    const [method = '', pattern = ''] = route.split(' ');
    const at = (id: string) => pattern.replace(/:\w+/g, encodeURIComponent(id.toWellFormed()));
    for (const name of ['nobody', 'owner', 'contractor', 'stranger', 'child', 'key'] as const) {
      const answer = await world.ask(method, at(world.objects.contractor), world.askers[name]);
      expect(spoken(answer), `${route} ${name}`).toBe('to /console/sign-in');
      for (const words of [...world.canaries, ...world.childsCanaries]) expect(answer.text).not.toContain(words);
    }
    for (const origin of method === 'GET' ? [] : [null, 'https://evil.example']) {
      const path = at(world.objects.contractor);
      expect((await world.ask(method, path, admin, { origin })).status, route).toBe(403);
    }
    for (const broken of BROKEN) {
      const form = Object.fromEntries(CONSOLE_FIELDS.map((name) => [name, broken]));
      const query = method === 'GET' ? `?${new URLSearchParams(form)}` : '';
      const answer = await world.ask(method, at(broken) + query, admin, { form });
      expect(answer.status, `${route} ${broken}`).toBeLessThan(500);
      expectGuarded(answer, { method, path: at(broken), form });
    }
  }
});

describe('nothing stumbles over what is typed into it', () => {
  const askers: Partial<Record<AskerName, Asker>> = {};
  beforeAll(async () => {
    const contractorId = world.family.contractorId;
    askers.owner = { cookie: await world.people.signIn({ contractorId, lineUserId: 'U-canary-owner' }) };
    askers.admin = { cookie: await world.people.signInStaff('admin', 'second-admin') };
    askers.key = world.askers.key;
  });
  test.each(CASES)('$title', async ({ route, row }) => {
    for (const broken of BROKEN) {
      for (const [name, asker] of Object.entries(askers)) {
        const { status } = await ask(requestOf(route, row, { broken }), asker);
        expect(status, `${name}: ${broken}`).toBeLessThan(500);
      }
    }
  });
});

/** What the OpenID provider says of itself; it stands beside the web, with routes of its own. */
const OPEN_ID: Readonly<Record<string, number>> = {
  authorization_endpoint: 400,
  pushed_authorization_request_endpoint: 400,
  revocation_endpoint: 400,
  userinfo_endpoint: 401,
  token_endpoint: 400,
  backchannel_authentication_endpoint: 400,
  jwks_uri: 200,
};

test('every endpoint of the OpenID provider stands in its table, and none answers a stranger more than it says', async () => {
  const discovered = await fetch(`${world.url}/oidc/.well-known/openid-configuration`);
  const endpoints = Object.entries((await discovered.json()) as Record<string, unknown>).filter(
    ([, value]) => typeof value === 'string' && value.startsWith(`${SITE}/oidc/`),
  );
  const answers: Record<string, number> = {};
  for (const [name, address] of endpoints) {
    const method = /^(auth|jwks)/.test(name) ? 'GET' : 'POST';
    const path = String(address).slice(SITE.length);
    const answer = await fetch(world.url + path, { method, headers: { cookie: world.askers.owner.cookie } });
    answers[name] = answer.status;
    const text = await answer.text();
    for (const words of [...world.canaries, ...world.childsCanaries]) expect(text).not.toContain(words);
  }
  expect(answers).toEqual(OPEN_ID);
});

test('no line of the log names anybody', () => {
  for (const words of [...world.canaries, ...world.childsCanaries]) expect(world.logged()).not.toContain(words);
});
