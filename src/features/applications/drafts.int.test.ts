import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { yamada as person } from '../../../tests/support/applicants.ts';
import { type ApplicationWorld, applicationWorld } from '../../../tests/support/applications.ts';
import type { Browser } from '../../../tests/support/linking.ts';
import { testOperator } from '../../../tests/support/operator.ts';
import { newId } from '../../base/ids.ts';

const NOON = '2026-11-18T05:00:00Z';
const dataPlan = {
  code: 'd1',
  name: { ja: 'データ専用プラン', en: 'Data only' },
  monthlyBytes: 1_000_000_000,
  monthlyFeeYen: 500,
  hasVoice: false,
};
const yamada = { ...person, mail: 'yamada@example.jp' };
const sim = { simKind: 'esim', number: 'new', user: 'self' };

let world: ApplicationWorld;
beforeAll(async () => {
  world = await applicationWorld({ operator: { ...testOperator, plans: [...testOperator.plans, dataPlan] } });
});
afterAll(() => world.close());
beforeEach(() => world.clock.freeze(NOON));

async function begin(browser: Browser, path = '/apply'): Promise<string> {
  const answer = await browser.post(path, { requestId: newId() });
  const draftId = /^\/apply\/([0-9a-f-]{36})\/plan$/.exec(answer.location)?.[1];
  if (!draftId) throw new Error(`not begun: ${answer.status} ${answer.location} ${answer.text}`);
  return draftId;
}

async function type(browser: Browser, draftId: string, step: string, fields: Record<string, string>): Promise<string> {
  const answer = await browser.post(`/apply/${draftId}/${step}`, fields);
  if (answer.status !== 303) throw new Error(`${step} refused: ${answer.status} ${answer.text}`);
  return answer.location;
}

/** As far as the code that was mailed. */
async function toMail(browser: Browser, mail: string): Promise<string> {
  const draftId = await begin(browser);
  await type(browser, draftId, 'plan', { plan: 'p3' });
  await type(browser, draftId, 'sim', sim);
  await type(browser, draftId, 'contractor', { ...yamada, mail });
  return draftId;
}

async function mailed(mail: string) {
  const found = (await world.mails()).findLast(({ to }) => to === mail);
  if (!found) throw new Error(`no mail to ${mail}`);
  return found;
}

const codeTo = async (mail: string) => /\d{6}/.exec((await mailed(mail)).subject)?.[0] ?? '';

async function proved(browser: Browser, mail: string): Promise<string> {
  const draftId = await toMail(browser, mail);
  expect(await type(browser, draftId, 'mail', { code: await codeTo(mail) })).toBe(`/apply/${draftId}/identity`);
  return draftId;
}

async function count(table: 'application_draft' | 'product_order', where = 'true'): Promise<number> {
  const { rows } = await world.database.pool.query<{ count: number }>(
    `select count(*)::integer as count from ${table} where ${where}`,
  );
  return rows[0]?.count ?? 0;
}

describe('a draft of somebody nobody knows', () => {
  test('is for the browser that began it; to others it is not there', async () => {
    const [own, other] = [world.browser(), world.browser()];
    const draftId = await begin(own);
    await begin(other);
    for (const path of ['', '/plan', '/sim', '/review', '/discard', '/documents/terms']) {
      expect((await other.get(`/apply/${draftId}${path}`)).status, path).toBe(404);
    }
    expect((await other.post(`/apply/${draftId}/plan`, { plan: 'p3' })).status).toBe(404);
    await other.post(`/apply/${draftId}/discard`, {});
    expect((await own.get(`/apply/${draftId}/plan`)).status).toBe(200);
  });

  test('goes on after two days, and is gone a week after it was last saved', async () => {
    const browser = world.browser();
    const draftId = await begin(browser);
    await type(browser, draftId, 'plan', { plan: 'p3', 'option-voicemail': 'yes' });
    world.clock.advance('PT48H');
    expect((await browser.get(`/apply/${draftId}`)).location).toBe(`/apply/${draftId}/sim`);
    expect((await browser.get('/apply')).text).toContain(`/apply/${draftId}/sim`);
    await type(browser, draftId, 'sim', sim);
    world.clock.advance('PT167H');
    expect((await browser.get(`/apply/${draftId}`)).status).toBe(303);
    world.clock.advance('PT1H');
    expect((await browser.get(`/apply/${draftId}`)).status).toBe(404);
    const [job] = world.applications.jobs;
    expect(await job?.run(world.clock.now())).toBeGreaterThan(0);
    expect(await count('application_draft', `draft_id = '${draftId}'`)).toBe(0);
    expect(await job?.run(world.clock.now())).toBe(0);
  });

  test('begins once however often the button is pressed', async () => {
    const browser = world.browser();
    const requestId = newId();
    const before = await count('application_draft');
    await browser.post('/apply', { requestId });
    await browser.post('/apply', { requestId });
    expect(await count('application_draft')).toBe(before + 1);
  });

  test('lies sealed: neither name nor address can be read in the table', async () => {
    await toMail(world.browser(), 'sealed@example.jp');
    const { rows } = await world.database.pool.query<{ all: string }>(
      `select string_agg(d::text || encode(coalesce(d.sealed, ''), 'escape'), '') as all from application_draft d`,
    );
    for (const words of ['山田', 'sealed@example.jp', '渋谷', 'familyName']) expect(rows[0]?.all).not.toContain(words);
  });

  test('going back and a step that is not right yet lose nothing', async () => {
    const browser = world.browser();
    const draftId = await begin(browser);
    await type(browser, draftId, 'plan', { plan: 'p3' });
    await type(browser, draftId, 'sim', sim);
    const back = await browser.post(`/apply/${draftId}/contractor`, { familyName: '半分', go: 'back' });
    expect(back.location).toBe(`/apply/${draftId}/sim`);
    expect((await browser.get(`/apply/${draftId}/contractor`)).text).toContain('value="半分"');
    const refused = await browser.post(`/apply/${draftId}/contractor`, { ...yamada, familyName: '佐藤', mail: 'x' });
    expect([refused.status, refused.text.includes('value="佐藤"')]).toEqual([422, true]);
    expect((await browser.get(`/apply/${draftId}/contractor`)).text).toContain('value="佐藤"');
  });

  test('no step is opened before those ahead of it are done', async () => {
    const browser = world.browser();
    const draftId = await begin(browser);
    for (const step of ['sim', 'contractor', 'mail', 'identity', 'payment', 'documents', 'review']) {
      expect((await browser.get(`/apply/${draftId}/${step}`)).location, step).toBe(`/apply/${draftId}/plan`);
    }
    expect((await browser.post(`/apply/${draftId}/review`, {})).location).toBe(`/apply/${draftId}`);
  });

  test('the postal code fills the address where the person has not', async () => {
    const browser = world.browser();
    const draftId = await begin(browser);
    await type(browser, draftId, 'plan', { plan: 'p3' });
    await type(browser, draftId, 'sim', sim);
    const asked = await browser.post(`/apply/${draftId}/contractor`, { postalCode: '１５０－０００２', go: 'look-up' });
    expect([asked.status, asked.text.includes('value="東京都渋谷区渋谷"')]).toEqual([200, true]);
    const left = await browser.post(`/apply/${draftId}/contractor`, { ...yamada, address: '' });
    expect(left.text).toContain('value="東京都渋谷区渋谷"');
    expect((await browser.get('/apply/postal-code?code=1500002')).text).toContain('東京都渋谷区渋谷');
    expect((await browser.get('/apply/postal-code?code=9999999')).status).toBe(404);
  });

  test('is forgotten when the person gives it up', async () => {
    const browser = world.browser();
    const draftId = await begin(browser);
    await browser.post(`/apply/${draftId}/discard`, {});
    expect(await count('application_draft', `draft_id = '${draftId}'`)).toBe(0);
  });
});

describe('the mail address', () => {
  test('is proved by the latest code, in time, for the address it was sent to', async () => {
    const browser = world.browser();
    const draftId = await toMail(browser, 'first@example.jp');
    const old = await codeTo('first@example.jp');
    await type(browser, draftId, 'contractor', { ...yamada, mail: 'second@example.jp' });
    expect((await browser.post(`/apply/${draftId}/mail`, { code: old })).status).toBe(422);
    const late = await codeTo('second@example.jp');
    world.clock.advance('PT15M');
    expect((await browser.post(`/apply/${draftId}/mail`, { code: late })).status).toBe(422);
    await browser.post(`/apply/${draftId}/mail/again`, {});
    const code = await codeTo('second@example.jp');
    expect(await type(browser, draftId, 'mail', { code: `${code.slice(0, 3)} ${code.slice(3)}` })).toContain(
      'identity',
    );
    // The same form sent again has nothing to prove any more.
    expect(await type(browser, draftId, 'contractor', { ...yamada, mail: 'second@example.jp' })).toContain('identity');
  });

  test('is sent one code, and one link, however often a button is tapped', async () => {
    const browser = world.browser();
    const draftId = await begin(browser);
    await type(browser, draftId, 'plan', { plan: 'p3' });
    await type(browser, draftId, 'sim', sim);
    const twice = async (step: string, fields: Record<string, string> = {}) => {
      const asked = { ...fields, requestId: newId() };
      await Promise.all([0, 1, 2].map(() => browser.post(`/apply/${draftId}/${step}`, asked)));
      return (await world.mails()).filter(({ to }) => to === 'taps@example.jp').length;
    };
    expect(await twice('contractor', { ...yamada, mail: 'taps@example.jp' })).toBe(1);
    expect(await twice('mail/again')).toBe(2);
    await type(browser, draftId, 'mail', { code: await codeTo('taps@example.jp') });
    expect(await twice('elsewhere')).toBe(3);
  });

  test('is not guessed: five wrong codes, and the right one waits, too', async () => {
    const browser = world.browser();
    const draftId = await toMail(browser, 'guess@example.jp');
    const code = await codeTo('guess@example.jp');
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
    for (let tries = 0; tries < 5; tries += 1) await browser.post(`/apply/${draftId}/mail`, { code: wrong });
    const refused = await browser.post(`/apply/${draftId}/mail`, { code });
    expect([refused.status, refused.text.includes('何度も間違えました')]).toEqual([422, true]);
  });

  test('is sent at most five mails an hour, whoever asks', async () => {
    const browser = world.browser();
    const draftId = await toMail(browser, 'flood@example.jp');
    for (let mails = 0; mails < 4; mails += 1) await browser.post(`/apply/${draftId}/mail/again`, {});
    expect((await browser.post(`/apply/${draftId}/mail/again`, {})).status).toBe(422);
    const other = world.browser();
    const second = await begin(other);
    await type(other, second, 'plan', { plan: 'p3' });
    await type(other, second, 'sim', sim);
    const refused = await other.post(`/apply/${second}/contractor`, { ...yamada, mail: 'flood@example.jp' });
    expect([refused.status, refused.text.includes('メールを何度も送りました')]).toEqual([422, true]);
    expect((await world.mails()).filter(({ to }) => to === 'flood@example.jp')).toHaveLength(5);
  });
});

describe('going on elsewhere', () => {
  test('a mailed link lets one other browser in, once, for a day', async () => {
    const [first, second, third] = [world.browser(), world.browser(), world.browser()];
    const unproved = await toMail(first, 'not-yet@example.jp');
    expect((await first.post(`/apply/${unproved}/elsewhere`, {})).status).toBe(404);
    const draftId = await proved(first, 'elsewhere@example.jp');
    await first.post(`/apply/${draftId}/elsewhere`, {});
    const token = /\/apply\/link\/([\w-]+)/.exec((await mailed('elsewhere@example.jp')).text)?.[1] ?? '';
    // A mail program that looks at the link uses nothing up.
    expect((await second.get(`/apply/link/${token}`)).status).toBe(200);
    expect((await second.get(`/apply/${draftId}`)).status).toBe(404);
    expect((await second.post('/apply/link', { token })).location).toBe(`/apply/${draftId}`);
    expect((await second.get(`/apply/${draftId}`)).location).toBe(`/apply/${draftId}/identity`);
    expect((await third.post('/apply/link', { token })).status).toBe(410);
    expect((await third.get(`/apply/${draftId}`)).status).toBe(404);
    expect((await first.get(`/apply/${draftId}`)).status).toBe(303);

    await first.post(`/apply/${draftId}/elsewhere`, {});
    const late = /\/apply\/link\/([\w-]+)/.exec((await mailed('elsewhere@example.jp')).text)?.[1] ?? '';
    world.clock.advance('PT24H');
    expect((await third.post('/apply/link', { token: late })).status).toBe(410);
  });

  test('a LINE account finds its draft wherever it signs in, and nobody else’s', async () => {
    const [hanako, jiro] = [await world.person('はなこ'), await world.person('じろう')];
    const phone = await world.signInWithLine(hanako);
    const draftId = await begin(phone);
    await type(phone, draftId, 'plan', { plan: 'p3' });
    const computer = await world.signInWithLine(hanako);
    expect((await computer.get(`/apply/line?draft=${draftId}`)).location).toBe(`/apply/${draftId}`);
    expect((await computer.get(`/apply/${draftId}`)).location).toBe(`/apply/${draftId}/sim`);
    const stranger = await world.signInWithLine(jiro);
    expect((await stranger.get(`/apply/${draftId}`)).status).toBe(404);
    // The browser keeps no way in of its own when the person signs out.
    await phone.post('/logout', {});
    expect((await phone.get(`/apply/${draftId}`)).status).toBe(404);
  });
});

/** All that a contractor needs for a data-only plan. */
async function toReview(browser: Browser): Promise<string> {
  const draftId = await begin(browser, '/apply/add');
  await type(browser, draftId, 'plan', { plan: 'd1' });
  await type(browser, draftId, 'sim', sim);
  return draftId;
}

async function readAll(browser: Browser, draftId: string): Promise<void> {
  for (const code of ['explanation', 'terms']) await browser.get(`/apply/${draftId}/documents/${code}`);
  await type(browser, draftId, 'documents', { 'agree-explanation': 'yes', 'agree-terms': 'yes' });
}

describe('a contractor', () => {
  test('adds a subscription behind a second proof, and sends it behind one', async () => {
    await world.family('adder', '足立 花');
    const browser = await world.signIn('adder');
    expect((await browser.post('/apply', {})).location).toBe('/apply/add');
    expect((await browser.get('/apply/add')).location).toMatch(/^\/proof/);
    await world.prove(browser);
    expect((await browser.get('/apply/add')).text).toContain('足立 花');
    const draftId = await toReview(browser);
    expect((await world.browser().get(`/apply/${draftId}`)).status).toBe(404);

    const early = await browser.post(`/apply/${draftId}/documents`, {
      'agree-terms': 'yes',
      'agree-explanation': 'yes',
    });
    expect([early.status, early.text.includes('先に「利用規約」を開いて')]).toEqual([422, true]);
    await readAll(browser, draftId);
    world.clock.advance('PT10M');
    expect((await browser.post(`/apply/${draftId}/review`, {})).location).toMatch(/^\/proof/);
    expect(await count('product_order')).toBe(0);
  });

  test('pressed twice, and from two devices at once, there is one order and the same last page', async () => {
    await world.family('twice', '二度 押子');
    const [phone, computer] = [await world.signIn('twice'), await world.signIn('twice')];
    await world.prove(phone);
    await world.prove(computer);
    const draftId = await toReview(phone);
    await readAll(phone, draftId);
    const send = (browser: Browser) => browser.post(`/apply/${draftId}/review`, {});
    const answers = await Promise.all([send(phone), send(phone), send(computer), send(computer)]);
    expect(answers.map(({ location }) => location)).toEqual(Array(4).fill(`/apply/${draftId}/done`));
    expect((await send(phone)).location).toBe(`/apply/${draftId}/done`);
    expect(await count('product_order')).toBe(1);
    const done = await phone.get(`/apply/${draftId}/done`);
    expect(done.text).toContain('お申し込み番号');
    expect(done.text).toContain('@sakura-mobile');
    expect(done.text).toContain('https://line.me/R/ti/p/%40sakura-mobile');
    expect((await world.browser().get(`/apply/${draftId}/done`)).status).toBe(404);
    // What was typed is forgotten.
    expect(await count('application_draft', `draft_id = '${draftId}' and sealed is null`)).toBe(1);
    expect((await phone.get(`/apply/${draftId}/plan`)).status).toBe(404);
  });

  test('loses nothing when it breaks off in the middle of sending', async () => {
    await world.family('broken', '中断 止子');
    const browser = await world.prove(await world.signIn('broken'));
    const draftId = await toReview(browser);
    await readAll(browser, draftId);
    const before = await count('product_order');
    const { pool } = world.database;
    await pool.query(`create function power_goes() returns trigger language plpgsql
      as $$ begin raise exception 'the power goes'; end $$`);
    await pool.query(
      'create trigger power_goes before insert on product_order_change for each row execute function power_goes()',
    );
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect((await browser.post(`/apply/${draftId}/review`, {})).status).toBe(500);
    said.mockRestore();
    await pool.query('drop trigger power_goes on product_order_change');
    // Neither half an order nor half a draft: everything stands as before, and is sent once more.
    expect(await count('product_order')).toBe(before);
    expect((await browser.get(`/apply/${draftId}/review`)).status).toBe(200);
    expect((await browser.post(`/apply/${draftId}/review`, {})).location).toBe(`/apply/${draftId}/done`);
    expect(await count('product_order')).toBe(before + 1);
  });

  test('is told at once that a number is their own already; of nobody else’s number anything is told', async () => {
    const numberOf = async (loginId: string) => {
      const { contractorId } = await world.family(loginId);
      const [subscription] = await world.contractors.subscriptionsOf(world.sql, contractorId);
      return `0${subscription?.msisdn.slice(2)}`;
    };
    const [own, others] = [await numberOf('own-number'), await numberOf('other-number')];
    const browser = await world.prove(await world.signIn('own-number'));
    const draftId = await begin(browser, '/apply/add');
    expect((await browser.get('/apply/add')).text).toContain('入力の途中です');
    await type(browser, draftId, 'plan', { plan: 'd1' });
    const bring = (phoneNumber: string) =>
      browser.post(`/apply/${draftId}/sim`, { ...sim, number: 'one-stop', phoneNumber });
    const told = await bring(own);
    expect([told.status, told.text.includes('すでにご契約中の番号です')]).toEqual([422, true]);
    expect((await bring(others)).status).toBe(303);
  });

  test('has at most five subscriptions', async () => {
    const { contractorId } = await world.family('five', '五木 五郎');
    for (let more = 0; more < 4; more += 1) await world.subscription(contractorId);
    const browser = await world.prove(await world.signIn('five'));
    expect((await browser.get('/apply/add')).text).toContain('5回線まで');
    const refused = await browser.post('/apply/add', { requestId: newId() });
    expect([refused.status, refused.location]).toEqual([200, '']);
    // Where it was offered stands why, and what to do; nobody is led to a page that refuses.
    for (const page of ['/contract', '/apply']) {
      const { text } = await browser.get(page);
      expect(text, page).toContain('5回線までです');
      expect(text, page).toContain('使わない回線を解約すると');
      expect(text, page).not.toContain('href="/apply/add"');
    }
    expect((await browser.get('/contract?lang=en')).text).toContain('at most 5 subscriptions');
  });

  test('has orders under way counted before anything is typed', async () => {
    const { contractorId } = await world.family('ordered', '順番 待子');
    for (let more = 0; more < 3; more += 1) await world.subscription(contractorId);
    const browser = await world.prove(await world.signIn('ordered'));
    expect((await browser.get('/contract')).text).toContain('href="/apply/add"');
    const draftId = await toReview(browser);
    await readAll(browser, draftId);
    await browser.post(`/apply/${draftId}/review`, {});
    for (const page of ['/contract', '/apply', '/apply/add']) {
      expect((await browser.get(page)).text, page).toContain('お申し込み中の1回線も、数に入っています');
    }
    const refused = await browser.post('/apply/add', { requestId: newId() });
    expect([refused.status, refused.location]).toEqual([200, '']);
  });
});
