import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ApplicationWorld, applicationWorld } from '../../../tests/support/applications.ts';
import { submitOn } from '../../../tests/support/companies.ts';
import type { Browser } from '../../../tests/support/linking.ts';
import { newId } from '../../base/ids.ts';
import { TEST_CARDS } from '../../demo/simulated-card-gateway/cards.ts';
import type { End } from '../../demo/simulated-identity-provider/sessions.ts';
import { CARD_VISITS, IDENTITY_VISITS } from './rules/outside.ts';

const yamada = {
  familyName: '山田',
  givenName: '太郎',
  familyKana: 'ヤマダ',
  givenKana: 'タロウ',
  birthDate: '19850505',
  postalCode: '1500002',
  address: '東京都渋谷区渋谷',
  building: '1-2-3',
  phone: '09011112222',
};

let world: ApplicationWorld;
beforeAll(async () => {
  world = await applicationWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  world.clock.freeze('2026-11-18T05:00:00Z');
  for (const company of ['identity', 'cards'] as const) world.companies.manner(company).mood = 'answers';
});

let people = 0;
/** Somebody whose next step is the identity. */
async function applicant(): Promise<{ browser: Browser; draftId: string; mail: string }> {
  people += 1;
  const mail = `applicant-${people}@example.jp`;
  const browser = world.browser();
  const draftId = newId();
  await browser.post('/apply', { requestId: draftId });
  await browser.post(`/apply/${draftId}/plan`, { plan: 'p3' });
  await browser.post(`/apply/${draftId}/sim`, { simKind: 'esim', number: 'new', user: 'self' });
  await browser.post(`/apply/${draftId}/contractor`, { ...yamada, mail });
  const code = /\d{6}/.exec((await world.mails()).findLast(({ to }) => to === mail)?.subject ?? '')?.[0] ?? '';
  const { location } = await browser.post(`/apply/${draftId}/mail`, { code });
  expect(location).toBe(`/apply/${draftId}/identity`);
  return { browser, draftId, mail };
}

const words = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
type Applicant = Awaited<ReturnType<typeof applicant>>;

const leave = ({ browser, draftId }: Applicant, step: 'identity' | 'payment', fields: Record<string, string> = {}) =>
  browser.post(`/apply/${draftId}/${step}`, { requestId: newId(), ...fields });

/** To the provider and back, and where that leads. */
async function verify(one: Applicant, end: End, method = 'jpki'): Promise<string> {
  const out = await leave(one, 'identity', { method });
  const { location } = await submitOn(out.location, { end });
  return (await one.browser.get(new URL(location).pathname)).location;
}

async function register(one: Applicant, number: string = TEST_CARDS.visa, answer = 'yes'): Promise<string> {
  const out = await leave(one, 'payment');
  const typed = await submitOn(out.location, { number, expiry: '12/30', code: '123' });
  const { location } = typed.location.includes('/secure/') ? await submitOn(typed.location, { answer }) : typed;
  return (await one.browser.get(new URL(location).pathname)).location;
}

const at = (one: Applicant, step: string) => one.browser.get(`/apply/${one.draftId}/${step}`);

describe('identity', () => {
  test('leads out by one button, and goes on when the provider says so', async () => {
    const one = await applicant();
    const page = await at(one, 'identity');
    expect(page.headers.get('content-security-policy')).toContain(`form-action 'self' ${world.companies.url}`);
    expect(await verify(one, 'success', 'ic-chip')).toBe(`/apply/${one.draftId}/payment`);
    expect(words((await at(one, 'identity')).text)).toContain('本人確認がすみました');
    // What is said a second time changes nothing; nobody proves anything without having been there.
    expect((await at(one, 'identity/back')).location).toBe(`/apply/${one.draftId}/payment`);
    const other = await applicant();
    expect((await at(other, 'identity/back')).location).toBe(`/apply/${other.draftId}/identity`);
    expect((await at(other, 'payment')).location).toBe(`/apply/${other.draftId}/identity`);
  });

  test('is about one person: another name, birth date or address is verified anew', async () => {
    const one = await applicant();
    await verify(one, 'success');
    await one.browser.post(`/apply/${one.draftId}/contractor`, { ...yamada, building: '9-9', mail: one.mail });
    expect(words((await at(one, 'identity')).text)).toContain('もう一度確認が必要です');
    expect((await at(one, 'review')).location).toBe(`/apply/${one.draftId}/identity`);
  });

  test.each([
    ['name', 'お名前が、カードと違います'],
    ['birth-date', '生年月日が、カードと違います'],
    ['address', 'ご住所が、カードと違います'],
    ['certificate-expired', '電子証明書の期限が切れています'],
    ['certificate-revoked', '電子証明書が使えません'],
    ['locked', 'パスワードがロックされています'],
    ['unreadable', 'カードを読み取れませんでした'],
    ['gave-up', '本人確認はまだすんでいません'],
    ['time-out', '時間切れになりました'],
  ] satisfies [End, string][])('%s has its words and a way on', async (end, says) => {
    const one = await applicant();
    expect(await verify(one, end)).toBe(`/apply/${one.draftId}/identity`);
    const page = await at(one, 'identity');
    expect(words(page.text)).toContain(says);
    expect((await at(one, 'payment')).location).toBe(`/apply/${one.draftId}/identity`);
    expect(await verify(one, 'success', 'ic-chip')).toBe(`/apply/${one.draftId}/payment`);
  });

  test('no result yet, and no answer, keep the person where they are', async () => {
    const one = await applicant();
    const out = await leave(one, 'identity');
    await submitOn(out.location, { end: 'unfinished' });
    const waiting = await at(one, 'identity/back');
    expect([waiting.status, words(waiting.text)]).toEqual([422, expect.stringContaining('まだ結果が届いていません')]);
    expect(waiting.text).toContain(`href="${out.location}"`);
    world.companies.manner('identity').mood = 'forged';
    expect(words((await at(one, 'identity/back')).text)).toContain('会社のページにつながりません');
    world.companies.manner('identity').mood = 'stumbles';
    expect(words((await leave(one, 'identity')).text)).toContain('会社のページにつながりません');
    world.companies.manner('identity').mood = 'answers';
    expect(await verify(one, 'success')).toBe(`/apply/${one.draftId}/payment`);
  });

  test('sent twice it is one visit; after so many nobody is sent there any more', async () => {
    const one = await applicant();
    const requestId = newId();
    const [first, second] = await Promise.all([
      leave(one, 'identity', { requestId }),
      leave(one, 'identity', { requestId }),
    ]);
    expect(first.location).toBe(second.location);
    for (let visit = 1; visit < IDENTITY_VISITS; visit += 1) expect(await verify(one, 'locked')).toContain('identity');
    expect(words((await leave(one, 'identity')).text)).toContain('これ以上お試しになれません');
    expect((await at(one, 'identity')).text).toContain('href="tel:');
  });
});

describe('payment', () => {
  test('takes a card from the page of the gateway, of which the draft knows no number, and another one instead', async () => {
    const one = await applicant();
    await verify(one, 'success');
    expect(await register(one)).toBe(`/apply/${one.draftId}/documents`);
    expect(words((await at(one, 'payment')).text)).toMatch(/VISA •••• 4242/);
    expect(await register(one, TEST_CARDS.jcb)).toBe(`/apply/${one.draftId}/documents`);
    expect(words((await at(one, 'payment')).text)).toMatch(/JCB •••• 0000/);
  });

  test.each([
    ['declined', TEST_CARDS.declined, 'yes', 'このカードは使えませんでした'],
    ['3-D Secure', TEST_CARDS.visa, 'no', 'ご本人の確認ができませんでした'],
    ['a time-out', TEST_CARDS.visa, 'wait', '時間切れになりました'],
  ])('%s has its words and a way on', async (_, number, answer, says) => {
    const one = await applicant();
    await verify(one, 'success');
    expect(await register(one, number, answer)).toBe(`/apply/${one.draftId}/payment`);
    expect(words((await at(one, 'payment')).text)).toContain(says);
    expect((await at(one, 'documents')).location).toBe(`/apply/${one.draftId}/payment`);
    expect(await register(one)).toBe(`/apply/${one.draftId}/documents`);
  });

  test('whoever tries card after card is stopped', async () => {
    const one = await applicant();
    await verify(one, 'success');
    for (let visit = 0; visit < CARD_VISITS; visit += 1) expect((await leave(one, 'payment')).status).toBe(303);
    expect(words((await leave(one, 'payment')).text)).toContain('これ以上お試しになれません');
  });
});
