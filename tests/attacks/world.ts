import { createApp } from '../../src/app.ts';
import { createAdjustableClock } from '../../src/base/clock.ts';
import { loadConfig } from '../../src/config.ts';
import { makeKeys } from '../../src/infra/secrets.ts';
import { createLog } from '../../src/infra/telemetry/log.ts';
import { API_KEY } from '../support/app-process.ts';
import { testDatabase } from '../support/database.ts';
import { freePort } from '../support/free-port.ts';
import { textOf } from '../support/visitor.ts';
import { giveThings } from './objects.ts';
import { createPeople, type Run } from './people.ts';

export const SITE = 'https://my.example.jp';

/** Somebody who asks: what their requests carry. */
export interface Asker {
  readonly cookie?: string;
  readonly authorization?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly location: string;
  readonly text: string;
}

export type AttackWorld = Awaited<ReturnType<typeof attackWorld>>;

/** The whole app as operators run it, behind one proxy; LINE is out of reach and no job runs by itself. */
export async function openSite(at: string, more: Record<string, string> = {}) {
  const database = await testDatabase({ poolSize: 10 });
  const clock = createAdjustableClock(at);
  const keys = makeKeys();
  const port = await freePort();
  const config = loadConfig(
    {
      PORT: String(port),
      PUBLIC_URL: SITE,
      DATABASE_URL: database.url,
      RENKEI_ROLES: 'web',
      RENKEI_API_KEY: API_KEY,
      RENKEI_KEYS: keys,
      TRUSTED_PROXIES: '1',
      LINE_CHANNEL_ID: '1',
      LINE_CHANNEL_SECRET: 'x'.repeat(32),
      LINE_LOGIN_CHANNEL_ID: '2',
      LINE_LOGIN_CHANNEL_SECRET: 'y'.repeat(32),
      LINE_LIFF_ID: '2-liff',
      LINE_API_BASE_URL: 'http://127.0.0.1:9',
      IDENTITY_URL: 'http://127.0.0.1:9',
      IDENTITY_SECRET: 'z'.repeat(32),
      PROVISIONING_URL: 'http://127.0.0.1:9',
      PROVISIONING_SECRET: 'z'.repeat(32),
      PAYMENTS_URL: 'http://127.0.0.1:9',
      PAYMENTS_SECRET: 'z'.repeat(32),
      ...more,
    },
    'production',
  );
  const logged: string[] = [];
  const log = createLog('trace', { write: (line) => logged.push(line) });
  const app = await createApp(config, { clock, database, log, mail: { send: async () => undefined } });
  await app.listen();
  const run: Run = async (text, values = []) => (await database.pool.query(text, [...values])).rows;
  let asked = 0;

  return {
    app,
    clock,
    keys,
    run,
    people: createPeople(app, run, clock),
    /** Where the OpenID provider listens, which stands beside the web. */
    url: `http://127.0.0.1:${port}`,
    logged: () => logged.join(''),
    /** As a browser or a program sends it through the proxy, each time from another address. */
    async ask(
      method: string,
      path: string,
      asker: Asker,
      { form = {}, origin = SITE }: { form?: Record<string, string>; origin?: string | null } = {},
    ): Promise<Answer> {
      asked += 1;
      const headers = new Headers({
        'accept-language': 'ja',
        'x-forwarded-for': `10.${asked >> 16}.${(asked >> 8) & 255}.${asked & 255}`,
      });
      for (const [name, value] of Object.entries(asker)) headers.set(name, value);
      if (method !== 'GET' && origin !== null) headers.set('origin', origin);
      const body = method === 'GET' ? null : new URLSearchParams(form);
      const isBeside = method === 'POST' && app.doors.includes(path);
      const response = isBeside
        ? await fetch(`http://127.0.0.1:${port}${path}`, { method, headers, body })
        : await app.web.request(SITE + path, { method, headers, body });
      const location = response.headers.get('location') ?? '';
      return { status: response.status, headers: response.headers, location, text: await textOf(response) };
    },
    async close() {
      await app.stop();
      await database.close();
    },
  };
}

/**
 * A site with a family that owns one of everything, each with a name that stands nowhere else, and with people who have no
 * business with it.
 */
export async function attackWorld() {
  const site = await openSite('2026-10-20T12:00:00+09:00');
  const { app, clock, people, run } = site;
  const family = await people.family('canary-owner', 'カナリア所有', ['カナリア本人', 'カナリア子供', 'カナリア退会']);
  const others = await people.family('other-family', '他人 一郎', ['他人 二郎']);
  const { contractorId } = family;
  const [own = '', child = '', leaving = ''] = family.subscriptionIds;
  const lines = { owner: 'U-canary-owner', child: 'U-canary-child' };
  await people.linkContractor(lines.owner, contractorId);
  const link = await people.linkUser(lines.owner, own, 'カナリアLINE');
  await people.linkUser(lines.child, child, 'こどもLINE');
  await people.linkUser('U-stranger', others.subscriptionIds[0] ?? '', 'よその人');

  const label = { ja: 'カナリア通話', en: 'Canary calls' };
  const call = { id: '1', kind: 'calls', subscriptionId: own, label, amountYen: 123_457, isTaxed: true } as const;
  await app.billing.recordItems({ source: 'test', items: [{ ...call, occurredAt: clock.now().toString() }] });
  await app.jobs.runDue();
  clock.freeze('2026-11-05T12:00:00+09:00');
  await app.jobs.runDue();
  const things = await giveThings(app, run, { family, lines, keys: site.keys, now: clock.now().toString() });

  const owner = { cookie: await people.signIn({ contractorId, lineUserId: lines.owner }) };
  await people.signIn({ contractorId });
  const [session] = await run(
    'select session_id as id from web_session where contractor_id = $1 and line_user_id is null',
    [contractorId],
  );
  return {
    ...site,
    family,
    objects: { ...things, own, child, leaving, link, contractor: contractorId, session: String(session?.id) },
    askers: {
      nobody: {},
      owner,
      contractor: { cookie: await people.signIn({ contractorId: others.contractorId }) },
      stranger: { cookie: await people.signIn({ lineUserId: 'U-stranger' }) },
      /** Carries the child's phone: may see its data, and nothing of the contract. */
      child: { cookie: await people.signIn({ lineUserId: lines.child }) },
      agent: { cookie: await people.signInStaff('agent') },
      supervisor: { cookie: await people.signInStaff('supervisor') },
      auditor: { cookie: await people.signInStaff('auditor') },
      admin: { cookie: await people.signInStaff('admin') },
      key: { authorization: `Bearer ${API_KEY}` },
      wrongKey: { authorization: `Bearer ${'x'.repeat(API_KEY.length)}` },
    },
    /** Words of the family that the one who carries the child's phone may not read either. */
    canaries: [
      'カナリア本人',
      'カナリア所有',
      'カナリア退会',
      'カナリア通話',
      'カナリアお詫び',
      'カナリア相談',
      'カナリアLINE',
      'カナリア 申込',
      'canary-owner',
      '123,457',
      things.reservationNumber,
      lines.owner,
      ...family.numbers.slice(0, 2),
      ...family.numbers.slice(4),
    ],
    /** And those which only they may. */
    childsCanaries: ['カナリア子供', 'こどもLINE', lines.child, ...family.numbers.slice(2, 4)],
    /** Every row of every table that names the family or one of its subscriptions; what was looked at is no change. */
    async familysRows(): Promise<string> {
      const tables = await run(
        `select table_name as name from information_schema.tables where table_schema = 'public'
         and table_name not in ('audit_log', 'staff_look') order by 1`,
      );
      const names = [contractorId, own, child, leaving, lines.owner].map((id) => `%${id}%`);
      const dumped: string[] = [];
      for (const { name } of tables) {
        const rows = await run(`select t::text as row from ${name} t where t::text like any ($1) order by 1`, [names]);
        dumped.push(...rows.map(({ row }) => `${name} ${row}`));
      }
      return dumped.join('\n');
    },
  };
}
