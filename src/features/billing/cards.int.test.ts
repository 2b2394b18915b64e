import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type BillingWorld, billingWorld } from '../../../tests/support/billing.ts';
import { submitOn } from '../../../tests/support/companies.ts';
import type { Browser } from '../../../tests/support/linking.ts';
import { newId } from '../../base/ids.ts';
import { TEST_CARDS } from '../../demo/simulated-card-gateway/cards.ts';
import { forgetVisits, VISITS_A_DAY } from './cards.ts';

let world: BillingWorld;
beforeAll(async () => {
  world = await billingWorld(undefined, { hasCompanies: true });
});
afterAll(() => world.close());
beforeEach(() => {
  world.companies.manner('cards').mood = 'answers';
});

let families = 0;
async function payer() {
  families += 1;
  const one = await world.family(`payer-${families}`);
  const card = { reference: `card-${families}`, brand: 'JCB', lastFour: '0505', expiresIn: '2030-11' };
  await world.billing.registerCard(world.database.db, { contractorId: one.contractorId, card });
  const browser = await world.prove(await world.signIn(one.loginId));
  return { ...one, browser, card };
}

const begin = (browser: Browser, requestId = newId()) => browser.post('/payment/card', { requestId });
const typed = (number: string) => ({ number, expiry: '12/30', code: '123' });

/** The person at the gateway: the card, the answer to 3-D Secure, and the path they come back to. */
async function atGateway(url: string, number: string = TEST_CARDS.visa, answer = 'yes'): Promise<string> {
  const sent = await submitOn(url, typed(number));
  const last = sent.location.includes('/secure/') ? await submitOn(sent.location, { answer }) : sent;
  return new URL(last.location).pathname;
}

const cardOf = async (contractorId: string) => (await world.billing.cardOf(contractorId))?.lastFour;

describe('another card', () => {
  test("is registered on the gateway's page, pays from then on, and is told in the talk and by mail", async () => {
    const one = await payer();
    const person = await world.person('はらう');
    await world.linkContractor(person, one.loginId);
    expect(world.words((await one.browser.get('/payment')).text)).toContain('JCB');

    const page = await one.browser.get('/payment/card');
    expect(page.headers.get('content-security-policy')).toContain(`form-action 'self' ${world.companies.url}`);
    const opened = await begin(one.browser, world.hidden(page.text, 'requestId'));
    expect(opened.location).toContain(`${world.companies.url}/cards/enter/`);
    const back = await atGateway(opened.location);
    expect((await one.browser.get(back)).location).toBe('/payment?done=card');
    // Coming back again, as browsers do, changes and tells nothing more.
    expect((await one.browser.get(back)).location).toBe('/payment?done=card');

    const shown = world.words((await one.browser.get('/payment?done=card')).text);
    expect(shown).toMatch(/新しいカードを登録しました.*VISA.*4242.*2030年12月/);
    expect((await world.notified(person)).filter((said) => said.includes('VISA •••• 4242'))).toHaveLength(1);
    expect((await world.mails()).filter(({ text }) => text.includes('VISA •••• 4242'))).toHaveLength(1);
    const kept = await world.sql.query(
      'select row_to_json(c) as row from payment_card c union all select row_to_json(v) from card_visit v',
    );
    expect(JSON.stringify(kept)).not.toContain('424242');
  });

  test('is told by mail in the language in which the contractor reads My Page', async () => {
    const one = await payer();
    await world.contractors.rememberLanguage(world.sql, one.contractorId, 'en');
    await one.browser.get(await atGateway((await begin(one.browser)).location));
    const told = (await world.mails()).at(-1);
    expect(told?.subject).toBe('Sakura Mobile: another card pays from now on');
    expect(told?.text).toMatch(/^Dear .*\n\nAnother card pays from now on\.\n\nVISA •••• 4242/);
    expect(told?.text).not.toMatch(/[様。]/);
  });

  test('lets the gateway forget the one before, also when it is silent for a while', async () => {
    const job = world.billing.jobs.find(({ name }) => name === 'billing.forget-cards');
    await job?.run(world.clock.now());
    const [one, other] = [await payer(), await payer()];
    await one.browser.get(await atGateway((await begin(one.browser)).location));
    // The same card told once more is no other card.
    await world.billing.registerCard(world.database.db, other);
    // Nor is one forgotten that somebody pays with, whoever gave it up elsewhere.
    await world.billing.forgetCards(world.database.db, [other.card.reference]);
    const waiting = () => world.sql.query('select reference from card_to_forget');
    world.companies.manner('cards').mood = 'stumbles';
    await job?.run(world.clock.now());
    expect(await waiting()).toEqual([{ reference: one.card.reference }]);
    world.companies.manner('cards').mood = 'answers';
    await job?.run(world.clock.now());
    expect(await waiting()).toEqual([]);
  });

  test('asks for a second proof first; a password alone never opens the page', async () => {
    const one = await world.family('payer-by-password');
    const browser = await world.signIn(one.loginId);
    expect((await browser.get('/payment/card')).location).toBe('/proof?next=/payment/card');
    expect((await begin(browser)).location).toBe('/proof?next=/payment/card');
    expect(world.words((await browser.get('/payment')).text)).toContain('お支払い方法が登録されていません');
    // Nor does a proof that was given for something else.
    await world.sql.query(
      `update web_session set proven_at = $2, proven_for = 'leave' where contractor_id = $1 and ended_at is null`,
      [one.contractorId, world.clock.now().toString()],
    );
    expect((await browser.get('/payment/card')).location).toBe('/proof?next=/payment/card');
  });
});

describe('what fails keeps the card and says the way on', () => {
  test.each([
    ['declined', TEST_CARDS.declined, 'yes', 'このカードは使えませんでした'],
    ['3-D Secure', TEST_CARDS.visa, 'no', 'ご本人の確認ができませんでした'],
    ['a time-out', TEST_CARDS.visa, 'wait', '時間切れになりました'],
    ['no end yet', TEST_CARDS.visa, 'back', 'まだ登録が終わっていません'],
  ])('%s', async (_, number, answer, says) => {
    const one = await payer();
    const back = await one.browser.get(await atGateway((await begin(one.browser)).location, number, answer));
    expect(world.words(back.text)).toContain(says);
    expect(await cardOf(one.contractorId)).toBe('0505');
    // The way on is on the page: a form to begin again, or the gateway's page to go on with.
    if (answer === 'back') expect(back.text).toContain(`href="${world.companies.url}/cards/enter/`);
    else expect((await begin(one.browser, world.hidden(back.text, 'requestId'))).location).toContain('/cards/enter/');
  });

  test('a gateway that does not answer, before and after', async () => {
    const one = await payer();
    const visit = newId();
    world.companies.manner('cards').mood = 'stumbles';
    const silent = await begin(one.browser, visit);
    expect([silent.status, world.words(silent.text)]).toEqual([
      422,
      expect.stringContaining('決済会社につながりません'),
    ]);
    world.companies.manner('cards').mood = 'answers';
    const back = await atGateway((await begin(one.browser, visit)).location);
    world.companies.manner('cards').mood = 'forged';
    expect(world.words((await one.browser.get(back)).text)).toContain('決済会社につながりません');
    expect(await cardOf(one.contractorId)).toBe('0505');
    world.companies.manner('cards').mood = 'answers';
    await one.browser.get(back);
    expect(await cardOf(one.contractorId)).toBe('4242');
  });
});

test("one visit, opened and looked at from many sides at once, is one change; another's is not found", async () => {
  const [one, other] = [await payer(), await payer()];
  const visit = newId();
  const theirs = newId();
  const openedByOther = await begin(other.browser, theirs);
  const opened = await Promise.all(Array.from({ length: 6 }, () => begin(one.browser, visit)));
  expect(new Set(opened.map(({ location }) => location)).size).toBe(1);
  const back = await atGateway(opened[0]?.location ?? '');
  expect((await other.browser.get(back)).status).toBe(404);
  expect((await begin(other.browser, visit)).status).toBe(404);
  await Promise.all(Array.from({ length: 6 }, () => one.browser.get(back)));
  const changes = await world.sql.query(
    `select from audit_log where action = 'billing.card-changed' and contractor_id = $1`,
    [one.contractorId],
  );
  expect(changes).toHaveLength(1);
  // The other is where they were.
  expect((await other.browser.get(`/payment/card/${theirs}`)).text).toContain(`href="${openedByOther.location}"`);
  expect(await cardOf(other.contractorId)).toBe('0505');
});

test('whoever tries card after card is stopped for the day, and nobody else', async () => {
  const [one, other] = [await payer(), await payer()];
  for (let visit = 0; visit < VISITS_A_DAY; visit += 1) expect((await begin(one.browser)).status).toBe(303);
  expect((await begin(one.browser)).status).toBe(429);
  expect((await begin(other.browser)).status).toBe(303);
  world.clock.advance('PT24H');
  expect((await begin(await world.prove(await world.signIn(one.loginId)))).status).toBe(303);
});

test('that somebody was there is forgotten 30 days later; the way back from it leads nowhere then', async () => {
  const one = await payer();
  const began = world.clock.now();
  const opened = await begin(one.browser);
  const visits = () => world.count('card_visit', `contractor_id = '${one.contractorId}'`);
  const job = forgetVisits(world.database);
  await job.run(began.add({ hours: 30 * 24 }));
  expect(await visits()).toBe(1);
  await job.run(began.add({ hours: 30 * 24 + 1 }));
  expect(await visits()).toBe(0);
  expect((await one.browser.get(await atGateway(opened.location))).status).toBe(404);
});
