import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { applicants, yamada } from '../../../tests/support/applicants.ts';
import { type ApplicationWorld, applicationWorld } from '../../../tests/support/applications.ts';
import { submitOn } from '../../../tests/support/companies.ts';
import { newId } from '../../base/ids.ts';
import { TEST_CARDS } from '../../demo/simulated-card-gateway/cards.ts';
import type { End } from '../../demo/simulated-identity-provider/sessions.ts';
import { CARD_VISITS, IDENTITY_VISITS } from './rules/outside.ts';

let world: ApplicationWorld;
let people: ReturnType<typeof applicants>;
beforeAll(async () => {
  world = await applicationWorld();
  people = applicants(world);
});
afterAll(() => world.close());
beforeEach(() => {
  world.clock.freeze('2026-11-18T05:00:00Z');
  for (const company of ['identity', 'cards'] as const) world.companies.manner(company).mood = 'answers';
});

const words = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

describe('identity', () => {
  test('leads out by one button, and goes on when the provider says so', async () => {
    const one = await people.begin();
    const page = await people.at(one, 'identity');
    expect(page.headers.get('content-security-policy')).toContain(`form-action 'self' ${world.companies.url}`);
    expect(await people.verify(one, 'success', 'ic-chip')).toBe(`/apply/${one.draftId}/payment`);
    expect(words((await people.at(one, 'identity')).text)).toContain('本人確認がすみました');
    // What is said a second time changes nothing; nobody proves anything without having been there.
    expect((await people.at(one, 'identity/back')).location).toBe(`/apply/${one.draftId}/payment`);
    const other = await people.begin();
    expect((await people.at(other, 'identity/back')).location).toBe(`/apply/${other.draftId}/identity`);
    expect((await people.at(other, 'payment')).location).toBe(`/apply/${other.draftId}/identity`);
  });

  test('is about one person: another name, birth date or address is verified anew', async () => {
    const one = await people.begin();
    await people.verify(one, 'success');
    await one.browser.post(`/apply/${one.draftId}/contractor`, { ...yamada, building: '9-9', mail: one.mail });
    expect(words((await people.at(one, 'identity')).text)).toContain('もう一度確認が必要です');
    expect((await people.at(one, 'review')).location).toBe(`/apply/${one.draftId}/identity`);
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
    const one = await people.begin();
    expect(await people.verify(one, end)).toBe(`/apply/${one.draftId}/identity`);
    const page = await people.at(one, 'identity');
    expect(words(page.text)).toContain(says);
    expect((await people.at(one, 'payment')).location).toBe(`/apply/${one.draftId}/identity`);
    expect(await people.verify(one, 'success', 'ic-chip')).toBe(`/apply/${one.draftId}/payment`);
  });

  test('of a contractor is about where the contract says they live; who has moved is told to call', async () => {
    const { contractorId } = await world.family('mover', '引田 越子');
    const home = { postalCode: '1500002', address: '東京都渋谷区渋谷 1-2-3', phone: '09011112222' };
    await world.contractors.changeContractor(contractorId, { home, birthDate: '1980-05-05' });
    const browser = await world.signIn('mover');
    await world.prove(browser);
    const draftId = newId();
    const one = { browser, draftId, mail: '' };
    await browser.post('/apply/add', { requestId: draftId });
    await browser.post(`/apply/${draftId}/plan`, { plan: 'p3' });
    await browser.post(`/apply/${draftId}/sim`, { simKind: 'esim', number: 'new', user: 'self' });
    const out = await people.leave(one, 'identity');
    expect(words(await (await fetch(out.location)).text())).toContain('渋谷区渋谷 1-2-3');
    expect(await people.verify(one, 'address')).toBe(`/apply/${draftId}/identity`);
    const page = words((await people.at(one, 'identity')).text);
    expect(page).toContain('お電話でお知らせください');
    expect(page).not.toContain('入力を直す');
  });

  test('of a contractor without a birth date leads to nobody: the page says to call, and offers nothing else', async () => {
    await world.family('no-birthday', '古井 ハル');
    const browser = await world.signIn('no-birthday');
    await world.prove(browser);
    const draftId = newId();
    await browser.post('/apply/add', { requestId: draftId });
    await browser.post(`/apply/${draftId}/plan`, { plan: 'p3' });
    await browser.post(`/apply/${draftId}/sim`, { simKind: 'esim', number: 'new', user: 'self' });
    const refused = await people.leave({ browser, draftId, mail: '' }, 'identity');
    expect([refused.status, words(refused.text)]).toEqual([
      422,
      expect.stringContaining('生年月日が登録されていません'),
    ]);
    expect(refused.text).toContain('href="tel:');
    expect(refused.text).not.toContain('name="method"');
  });

  test('no result yet, and no answer, keep the person where they are', async () => {
    const one = await people.begin();
    const out = await people.leave(one, 'identity');
    await submitOn(out.location, { end: 'unfinished' });
    const waiting = await people.at(one, 'identity/back');
    expect([waiting.status, words(waiting.text)]).toEqual([422, expect.stringContaining('まだ結果が届いていません')]);
    expect(waiting.text).toContain(`href="${out.location}"`);
    world.companies.manner('identity').mood = 'forged';
    expect(words((await people.at(one, 'identity/back')).text)).toContain('会社のページにつながりません');
    world.companies.manner('identity').mood = 'stumbles';
    expect(words((await people.leave(one, 'identity')).text)).toContain('会社のページにつながりません');
    world.companies.manner('identity').mood = 'answers';
    expect(await people.verify(one, 'success')).toBe(`/apply/${one.draftId}/payment`);
  });

  test('sent twice it is one visit; after so many nobody is sent there any more', async () => {
    const one = await people.begin();
    const requestId = newId();
    const [first, second] = await Promise.all([
      people.leave(one, 'identity', { requestId }),
      people.leave(one, 'identity', { requestId }),
    ]);
    expect(first.location).toBe(second.location);
    for (let visit = 1; visit < IDENTITY_VISITS; visit += 1)
      expect(await people.verify(one, 'locked')).toContain('identity');
    expect(words((await people.leave(one, 'identity')).text)).toContain('これ以上お試しになれません');
    expect((await people.at(one, 'identity')).text).toContain('href="tel:');
  });
});

describe('payment', () => {
  test('takes a card from the page of the gateway, of which the draft knows no number, and another one instead', async () => {
    const one = await people.begin();
    await people.verify(one, 'success');
    expect(await people.register(one)).toBe(`/apply/${one.draftId}/documents`);
    expect(words((await people.at(one, 'payment')).text)).toMatch(/VISA •••• 4242/);
    expect(await people.register(one, TEST_CARDS.jcb)).toBe(`/apply/${one.draftId}/documents`);
    expect(words((await people.at(one, 'payment')).text)).toMatch(/JCB •••• 0000/);
  });

  test('a card that is replaced, given up or left lying is forgotten at the gateway, one that is sent is not', async () => {
    const before = world.forgotten.length;
    const one = await people.toReview();
    await people.register(one, TEST_CARDS.jcb);
    expect(world.forgotten).toHaveLength(before + 1);
    await one.browser.post(`/apply/${one.draftId}/review`, {});
    const done = async () => (await one.browser.get(`/apply/${one.draftId}/done`)).text;
    expect(await done()).toContain('href="/orders/');
    world.clock.advance('PT1H');
    expect(await done()).not.toContain('href="/orders/');
    await one.browser.post(`/apply/${one.draftId}/discard`, {});
    expect(world.forgotten).toHaveLength(before + 1);
    const other = await people.toReview({ ...yamada, birthDate: '19850507' });
    await other.browser.post(`/apply/${other.draftId}/discard`, {});
    expect(world.forgotten).toHaveLength(before + 2);
    await people.toReview({ ...yamada, birthDate: '19850508' });
    world.clock.advance('PT169H');
    const [job] = world.applications.jobs;
    while ((await job?.run(world.clock.now())) ?? 0) {}
    expect(world.forgotten.length).toBeGreaterThan(before + 2);
    expect(new Set(world.forgotten).size).toBe(world.forgotten.length);
  });

  test.each([
    ['declined', TEST_CARDS.declined, 'yes', 'このカードは使えませんでした'],
    ['3-D Secure', TEST_CARDS.visa, 'no', 'ご本人の確認ができませんでした'],
    ['a time-out', TEST_CARDS.visa, 'wait', '時間切れになりました'],
  ])('%s has its words and a way on', async (_, number, answer, says) => {
    const one = await people.begin();
    await people.verify(one, 'success');
    expect(await people.register(one, number, answer)).toBe(`/apply/${one.draftId}/payment`);
    expect(words((await people.at(one, 'payment')).text)).toContain(says);
    expect((await people.at(one, 'documents')).location).toBe(`/apply/${one.draftId}/payment`);
    expect(await people.register(one)).toBe(`/apply/${one.draftId}/documents`);
  });

  test('whoever tries card after card is stopped', async () => {
    const one = await people.begin();
    await people.verify(one, 'success');
    for (let visit = 0; visit < CARD_VISITS; visit += 1) expect((await people.leave(one, 'payment')).status).toBe(303);
    expect(words((await people.leave(one, 'payment')).text)).toContain('これ以上お試しになれません');
  });
});
