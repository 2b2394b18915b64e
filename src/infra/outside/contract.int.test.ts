import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ConnectedCompanies, connectedCompanies, submitOn } from '../../../tests/support/companies.ts';
import { testFolder } from '../../../tests/support/folder.ts';
import { createAdjustableClock } from '../../base/clock.ts';
import { TEST_CARDS } from '../../demo/simulated-card-gateway/cards.ts';
import type { End } from '../../demo/simulated-identity-provider/sessions.ts';
import type { IdentityProvider } from '../identity/identity.ts';
import type { CardGateway } from '../payments/payments.ts';
import type { ActivationOrder, Provisioning } from '../provisioning/provisioning.ts';

/**
 * The contract of each port, over real HTTP. The simulated companies keep to it in every way they can be told to fail;
 * an adapter to a real company must pass the same, as far as its company can be told.
 */
const START = '2026-11-18T14:00:00+09:00';
const clock = createAdjustableClock(START);
const dataDir = testFolder();
let outside: ConnectedCompanies;
beforeAll(async () => {
  outside = await connectedCompanies(clock, { dataDir });
});
afterAll(() => outside.companies.stop());
beforeEach(() => {
  clock.freeze(START);
  for (const company of ['identity', 'cards', 'network'] as const) outside.companies.manner(company).mood = 'answers';
  Object.assign(outside.companies.network.settings, { fate: 'works', minutes: 3 });
});

let keys = 0;
const newKey = () => `key-${++keys}`;
const returnUrl = 'http://127.0.0.1:3000/apply/back';

/** The value of a decision for it. */
async function given<Value>(
  decision: Promise<{ ok: true; value: Value } | { ok: false; code: string }>,
): Promise<Value> {
  const decided = await decision;
  if (!decided.ok) throw new Error(`refused: ${decided.code}`);
  return decided.value;
}

describe('identity', () => {
  const person = {
    name: { family: '山田', given: '花子' },
    birthDate: '1990-04-01',
    postalCode: '1000001',
    address: '東京都千代田区千代田1-1',
  };
  const asked = (sessionKey = newKey(), method: 'jpki' | 'ic-chip' = 'jpki') =>
    ({ sessionKey, method, person, returnUrl, language: 'ja' }) as const;
  const open = (identity: IdentityProvider = outside.identity, key = newKey()) => given(identity.open(asked(key)));

  test.each([
    ['success', { outcome: 'success', certificateSerial: expect.any(String) }],
    ['name', { outcome: 'mismatch', mismatched: ['name'] }],
    ['birth-date', { outcome: 'mismatch', mismatched: ['birth-date'] }],
    ['address', { outcome: 'mismatch', mismatched: ['address'] }],
    ['certificate-expired', { outcome: 'refusal', reason: 'certificate-expired' }],
    ['certificate-revoked', { outcome: 'refusal', reason: 'certificate-revoked' }],
    ['locked', { outcome: 'refusal', reason: 'locked' }],
    ['unreadable', { outcome: 'refusal', reason: 'unreadable' }],
    ['gave-up', { outcome: 'refusal', reason: 'gave-up' }],
    ['time-out', { outcome: 'time-out' }],
  ] satisfies [End, object][])('a visit that ends with %s', async (end, result) => {
    const session = await open();
    expect(await given(outside.identity.result(session.sessionId))).toBeNull();
    expect(await submitOn(session.url, { end })).toEqual({ status: 303, location: returnUrl });
    const told = await given(outside.identity.result(session.sessionId));
    expect(told).toMatchObject({ ...result, method: 'jpki', checkedAt: '2026-11-18T05:00:00Z' });
    // What ended stays as it ended.
    await submitOn(session.url, { end: 'success' });
    expect(await given(outside.identity.result(session.sessionId))).toEqual(told);
  });

  test('whoever comes back too soon has no result, and one after ten minutes without an end is a time-out', async () => {
    const session = await open();
    await submitOn(session.url, { end: 'unfinished' });
    expect(await given(outside.identity.result(session.sessionId))).toBeNull();
    clock.advance('PT10M');
    expect(await given(outside.identity.result(session.sessionId))).toMatchObject({ outcome: 'time-out' });
  });

  test('the same key is the same session, whichever answer was lost; another visit under it is refused', async () => {
    const key = newKey();
    outside.companies.manner('identity').mood = 'lost-answer';
    const session = await open(outside.identity, key);
    expect(await open(outside.identity, key)).toEqual(session);
    expect(await outside.identity.open(asked(key, 'ic-chip'))).toEqual({ ok: false, code: 'refused' });
  });

  test('a session that is not there', async () =>
    expect(await outside.identity.result('no-such-session')).toEqual({ ok: false, code: 'not-found' }));

  test('the page shows what is compared, in both languages, and runs no script', async () => {
    const session = await open();
    const page = await fetch(session.url);
    expect(await page.text()).toContain('山田 花子');
    expect(page.headers.get('content-security-policy')).toContain("form-action 'self' http://127.0.0.1:3000");
    expect((await fetch(session.url.replace(/[^/]+$/, 'nobody'))).status).toBe(404);
  });
});

describe('payments', () => {
  const open = (key = newKey()) => given(outside.payments.open({ entryKey: key, returnUrl, language: 'en' }));
  const typed = (number: string) => ({ number, expiry: '12/30', code: '123' });
  const result = (entryId: string) => given(outside.payments.result(entryId));

  test('a card is registered after 3-D Secure; of its number only the last four come to us', async () => {
    const entry = await open();
    const secure = await submitOn(entry.url, typed(TEST_CARDS.mastercard));
    expect(await result(entry.entryId)).toBeNull();
    expect(await submitOn(secure.location, { answer: 'yes' })).toEqual({ status: 303, location: returnUrl });
    const told = await result(entry.entryId);
    expect(told).toEqual({
      outcome: 'registered',
      card: { reference: expect.any(String), brand: 'Mastercard', lastFour: '4444', expiresIn: '2030-12' },
    });
    const forget = () => outside.payments.forget(told?.outcome === 'registered' ? told.card.reference : '');
    expect([await forget(), await forget()]).toEqual([
      { ok: true, value: null },
      { ok: true, value: null },
    ]);
  });

  test.each([
    ['no', 'authentication-failed'],
    ['wait', 'time-out'],
  ])('3-D Secure answered with %s: %s', async (answer, outcome) => {
    const entry = await open();
    const secure = await submitOn(entry.url, typed(TEST_CARDS.visa));
    await submitOn(secure.location, { answer });
    expect(await result(entry.entryId)).toEqual({ outcome });
  });

  test('a declined card, a person who leaves, and nobody for fifteen minutes', async () => {
    const [declined, left, late] = [await open(), await open(), await open()];
    expect((await submitOn(declined.url, typed(TEST_CARDS.declined))).location).toBe(returnUrl);
    await submitOn(left.url, { act: 'gave-up' });
    await submitOn(late.url, { act: 'back' });
    expect(await result(late.entryId)).toBeNull();
    clock.advance('PT15M');
    expect(await result(declined.entryId)).toEqual({ outcome: 'declined' });
    expect(await result(left.entryId)).toEqual({ outcome: 'gave-up' });
    expect(await result(late.entryId)).toEqual({ outcome: 'time-out' });
  });

  test("a number that is none stays on the gateway's page", async () => {
    const entry = await open();
    expect((await submitOn(entry.url, typed('4242 4242 4242 4241'))).status).toBe(422);
    expect(await result(entry.entryId)).toBeNull();
  });

  test('the same key is the same page', async () => {
    const key = newKey();
    outside.companies.manner('cards').mood = 'lost-answer';
    expect(await open(key)).toEqual(await open(key));
  });
});

describe('provisioning', () => {
  const order = (change: Partial<ActivationOrder> = {}): ActivationOrder => ({
    activationKey: newKey(),
    planCode: 'p3',
    optionCodes: [],
    hasVoice: true,
    simKind: 'esim',
    number: { kind: 'new' },
    holder: { name: '山田 花子', kana: 'ヤマダ ハナコ', birthDate: '1990-04-01' },
    ...change,
  });
  const submit = (wanted: ActivationOrder) => given(outside.provisioning.submit(wanted));
  const look = (wanted: ActivationOrder) => given(outside.provisioning.look(wanted.activationKey));

  test('an activation takes its minutes by the clock of everybody, and gives a number and a SIM', async () => {
    const wanted = order();
    expect(await submit(wanted)).toEqual({ attempt: 1, state: 'acknowledged' });
    clock.advance('PT1M');
    expect(await look(wanted)).toEqual({ attempt: 1, state: 'in-progress' });
    clock.advance('PT2M');
    expect(await look(wanted)).toEqual({
      attempt: 1,
      state: 'completed',
      msisdn: expect.stringMatching(/^8170\d{8}$/),
      iccid: expect.stringMatching(/^8981\d{15}$/),
      esimActivationCode: expect.stringMatching(/^LPA:1\$smdp\.example\.jp\$[0-9A-F]{20}$/),
      completedAt: '2026-11-18T05:03:00Z',
    });
  });

  test('a number comes along; a card has no activation code', async () => {
    const number = { kind: 'port-in', msisdn: '819055550001', reservationNumber: '1012345678' } as const;
    const [wanted, again] = [order({ number, simKind: 'sim' }), order({ number, simKind: 'sim' })];
    await submit(wanted);
    await submit(again);
    clock.advance('PT3M');
    expect(await look(wanted)).toMatchObject({ state: 'completed', msisdn: '819055550001', esimActivationCode: null });
    expect(await look(again)).toMatchObject({ state: 'failed', failure: 'number-in-use' });
  });

  test.each(['port-refused', 'number-in-use', 'no-number-left', 'network-fault'] as const)(
    'one that fails with %s, and works when it is repeated',
    async (fate) => {
      const wanted = order();
      outside.companies.network.settings.fate = fate;
      await submit(wanted);
      clock.advance('PT3M');
      expect(await look(wanted)).toEqual({ attempt: 1, state: 'failed', failure: fate });
      outside.companies.network.settings.fate = 'works';
      await outside.provisioning.repeat(wanted.activationKey, 2);
      const repeated = await given(outside.provisioning.repeat(wanted.activationKey, 2));
      expect(repeated).toMatchObject({ attempt: 2, state: 'acknowledged' });
      clock.advance('PT3M');
      expect(await look(wanted)).toMatchObject(
        fate === 'number-in-use' ? { state: 'failed' } : { state: 'completed', attempt: 2 },
      );
    },
  );

  test('asked twice, answers lost, repeated: every key has one number and no number two keys', async () => {
    const wanted = Array.from({ length: 5 }, () => order());
    for (const each of wanted) {
      outside.companies.manner('network').mood = 'lost-answer';
      await Promise.all([submit(each), submit(each)]);
    }
    clock.advance('PT3M');
    const numbers = await Promise.all(wanted.map(async (each) => Reflect.get(await look(each), 'msisdn')));
    expect(new Set(numbers).size).toBe(5);
  });

  test('a cancelled one stays cancelled, its number rests; a completed one cannot be', async () => {
    const [wanted, other] = [order(), order()];
    await submit(wanted);
    expect(await given(outside.provisioning.cancel(wanted.activationKey))).toEqual({
      attempt: 1,
      state: 'cancelled',
    });
    await submit(other);
    clock.advance('PT3M');
    expect(await look(wanted)).toMatchObject({ state: 'cancelled' });
    expect(await outside.provisioning.cancel(other.activationKey)).toEqual({ ok: false, code: 'refused' });
    const news = outside.companies.network.activations().filter(({ held }) => held.order.number.kind === 'new');
    expect(new Set(news.map(({ held }) => held.msisdn)).size).toBe(news.length);
  });

  test('what works is ended once, in its minutes, and its number may come back with another key', async () => {
    const number = { kind: 'port-in', msisdn: '819055550002', reservationNumber: null } as const;
    const wanted = order({ number });
    const end = (attempt: number, each = wanted) => outside.provisioning.deactivate(each.activationKey, attempt);
    await submit(wanted);
    expect(await end(1)).toEqual({ ok: false, code: 'refused' });
    expect(await outside.provisioning.deactivate('nobody', 1)).toEqual({ ok: false, code: 'not-found' });
    clock.advance('PT3M');
    outside.companies.manner('network').mood = 'lost-answer';
    expect(await Promise.all([given(end(1)), given(end(1))])).toEqual(
      Array.from({ length: 2 }, () => ({ attempt: 1, state: 'acknowledged' })),
    );
    const early = order({ number });
    await submit(early);
    clock.advance('PT3M');
    expect(await given(end(1))).toEqual({ attempt: 1, state: 'completed', endedAt: '2026-11-18T05:06:00Z' });
    expect(await look(early)).toMatchObject({ state: 'failed', failure: 'number-in-use' });
    expect(await given(end(2))).toMatchObject({ attempt: 1, state: 'completed' });
    // As what happened, the activation stays.
    expect(await look(wanted)).toMatchObject({ state: 'completed', msisdn: number.msisdn });
    const back = order({ number });
    await submit(back);
    clock.advance('PT3M');
    expect(await look(back)).toMatchObject({ state: 'completed', msisdn: number.msisdn });
    const restarted = await connectedCompanies(clock, { dataDir });
    expect(await given(restarted.provisioning.deactivate(wanted.activationKey, 1))).toMatchObject({
      state: 'completed',
    });
    await restarted.companies.stop();
  });

  test('an end that fails is tried anew as its next attempt', async () => {
    const wanted = order();
    const end = (attempt: number) => given(outside.provisioning.deactivate(wanted.activationKey, attempt));
    await submit(wanted);
    clock.advance('PT3M');
    outside.companies.network.settings.fate = 'network-fault';
    await end(1);
    expect(await outside.provisioning.deactivate(wanted.activationKey, 3)).toMatchObject({ value: { attempt: 1 } });
    clock.advance('PT3M');
    expect(await end(1)).toEqual({ attempt: 1, state: 'failed', failure: 'network-fault' });
    outside.companies.network.settings.fate = 'works';
    expect(await end(2)).toEqual({ attempt: 2, state: 'acknowledged' });
    clock.advance('PT3M');
    expect(await end(2)).toMatchObject({ attempt: 2, state: 'completed' });
  });

  test('another order under the same key is refused', async () => {
    const wanted = order();
    await submit(wanted);
    expect(await outside.provisioning.submit({ ...wanted, planCode: 'p6' })).toEqual({ ok: false, code: 'refused' });
  });

  test('the network remembers what it gave when it was killed: nothing is given twice', async () => {
    const wanted = order();
    await submit(wanted);
    clock.advance('PT3M');
    const before = await look(wanted);
    // No stop, no goodbye: a second one on the same folder reads what the first had put on disk.
    const restarted = await connectedCompanies(clock, { dataDir });
    expect(await given(restarted.provisioning.look(wanted.activationKey))).toEqual(before);
    const next = order();
    await restarted.provisioning.submit(next);
    clock.advance('PT3M');
    const numbers = outside.companies.network.activations().map(({ held }) => held.msisdn);
    const after = await given(restarted.provisioning.look(next.activationKey));
    expect(after).toMatchObject({ state: 'completed' });
    expect(numbers).not.toContain(Reflect.get(after, 'msisdn'));
    await restarted.companies.stop();
  });
});

describe('trouble is a value', () => {
  const asks: [
    string,
    (ports: { identity: IdentityProvider; payments: CardGateway; provisioning: Provisioning }) => Promise<unknown>,
  ][] = [
    ['identity', ({ identity }) => identity.result('x')],
    ['cards', ({ payments }) => payments.result('x')],
    ['network', ({ provisioning }) => provisioning.look('x')],
  ];

  test.each(['silent', 'stumbles', 'forged'] as const)('a company that is %s gave no answer', async (mood) => {
    for (const company of ['identity', 'cards', 'network'] as const) outside.companies.manner(company).mood = mood;
    const answers = await Promise.all(asks.map(([, ask]) => ask(outside)));
    expect(answers).toEqual(asks.map(() => ({ ok: false, code: 'no-answer' })));
  });

  test('a question that is not signed is answered by nobody', async () => {
    for (const path of ['identity/sessions/x', 'cards/card-entries/x', 'network/activations/x']) {
      expect((await fetch(`${outside.companies.url}/${path}`)).status).toBe(401);
    }
  });

  test('the panel shows the companies in both languages', async () => {
    for (const language of ['ja', 'en']) {
      const page = await fetch(`${outside.companies.url}/?lang=${language}`);
      expect(await page.text()).toContain(language === 'ja' ? '次の開通' : 'The next activation');
    }
    await submitOn(`${outside.companies.url}/control/network`, { mood: 'silent', fate: 'stuck', minutes: '7' });
    expect(outside.companies.manner('network').mood).toBe('silent');
    expect(outside.companies.network.settings).toEqual({ fate: 'stuck', minutes: 7 });
  });
});
