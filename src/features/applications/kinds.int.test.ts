import { afterAll, beforeAll, expect, test } from 'vitest';
import { applicants, yamada } from '../../../tests/support/applicants.ts';
import { type ApplicationWorld, applicationWorld } from '../../../tests/support/applications.ts';
import { dayOf } from '../../base/operator-month.ts';
import type { Application } from '../orders/index.ts';

let world: ApplicationWorld;
let people: ReturnType<typeof applicants>;
beforeAll(async () => {
  world = await applicationWorld();
  people = applicants(world);
});
afterAll(() => world.close());

const child = {
  familyName: '山田',
  givenName: 'さくら',
  familyKana: 'ヤマダ',
  givenKana: 'サクラ',
  birthDate: '20150303',
};
const guardian = { guardianName: '山田 太郎', guardianAgrees: 'yes' };

/** Born a day after the one before: nobody applies more often than a contractor may. */
let day = 4;

/** What somebody tells of SIM and user, changed after all the rest, and what is sent then. */
async function sent(
  sim: Record<string, string>,
  more: Record<string, Record<string, string>> = {},
): Promise<Application> {
  day += 1;
  const one = await people.begin({ ...yamada, birthDate: `198505${String(day).padStart(2, '0')}` });
  await people.verify(one, 'success');
  await people.register(one);
  const post = async (step: string, fields: Record<string, string>) => {
    const answer = await one.browser.post(`/apply/${one.draftId}/${step}`, fields);
    if (answer.status !== 303) throw new Error(`${step}: ${answer.status} ${answer.text}`);
  };
  await post('sim', sim);
  for (const [step, fields] of Object.entries(more)) await post(step, fields);
  for (const code of ['explanation', 'terms']) {
    await one.browser.get(`/apply/${one.draftId}/documents/${code}`);
    await post(`documents/${code}`, {});
  }
  expect((await one.browser.get(`/apply/${one.draftId}/review`)).status).toBe(200);
  await post('review', {});
  const { orders } = await world.orders.search(world.sql, { limit: 1 });
  const [order] = orders;
  if (order?.application.requestId !== one.draftId) throw new Error('not the order');
  return order.application;
}

const self = { simKind: 'esim', number: 'new', user: 'self' };

test('a new number for oneself: who they are, what was verified, which card, what was read', async () => {
  const application = await sent(self);
  expect(application).toMatchObject({
    planCode: 'p3',
    optionCodes: [],
    simKind: 'esim',
    number: { kind: 'new' },
    contractor: {
      kind: 'new',
      name: { family: '山田', given: '太郎' },
      kana: { family: 'ヤマダ', given: 'タロウ' },
      birthDate: '1985-05-05',
      postalCode: '1500002',
      address: '東京都渋谷区渋谷 1-2-3',
      phone: '09011112222',
    },
    user: { kind: 'contractor' },
    identity: { outcome: 'success', method: 'jpki' },
    payment: { lastFour: '4242' },
    lineUserId: null,
    language: 'ja',
  });
  expect(application.documents.map(({ code, version }) => [code, version])).toEqual([
    ['explanation', '2026-10-01'],
    ['terms', '2026-04-01'],
  ]);
});

test('a number brought along by one-stop MNP, on a card', async () => {
  const application = await sent({ ...self, simKind: 'sim', number: 'one-stop', phoneNumber: '080-2222-3333' });
  expect([application.simKind, application.number]).toEqual(['sim', { kind: 'one-stop', phoneNumber: '08022223333' }]);
});

test('a number brought along with a reservation', async () => {
  const reserved = { phoneNumber: '08044445555', reservationNumber: '1234567890', validUntil: '20261201' };
  expect((await sent({ ...self, number: 'reservation', ...reserved })).number).toEqual({
    kind: 'reservation',
    phoneNumber: '08044445555',
    reservationNumber: '1234567890',
    validUntil: '2026-12-01',
  });
});

test('a reservation that runs out before the application is sent leads back to its step, which says so', async () => {
  const one = await people.toReview();
  const validUntil = dayOf(world.clock.now().add({ hours: 24 * 10 }), 'Asia/Tokyo');
  const reserved = { phoneNumber: '08044446666', reservationNumber: '1234567890', validUntil };
  await one.browser.post(`/apply/${one.draftId}/sim`, { ...self, number: 'reservation', ...reserved });
  world.clock.advance('P1D');
  const sending = await one.browser.post(`/apply/${one.draftId}/review`, {});
  const back = await one.browser.get(sending.location);
  expect(back.location).toBe(`/apply/${one.draftId}/sim`);
  const { status, text } = await one.browser.get(back.location);
  expect([status, text.includes('有効期限が10日以上残っている予約番号が必要です')]).toEqual([200, true]);
});

test.each([
  ['filtered as the law wants it', { filtering: 'on' }, true],
  ['not filtered, as the guardian declares', { filtering: 'off', guardianDeclines: 'yes' }, false],
])('for a child, %s', async (_, choice, filtering) => {
  const application = await sent({ ...self, user: 'other' }, { user: child, filtering: { ...guardian, ...choice } });
  expect(application.user).toEqual({
    kind: 'other',
    name: { family: '山田', given: 'さくら' },
    kana: { family: 'ヤマダ', given: 'サクラ' },
    birthDate: '2015-03-03',
    filtering,
    guardian: { name: '山田 太郎', agreedAt: world.clock.now().toString() },
  });
});

test('for a partner, who needs nobody’s word', async () => {
  const wife = { ...child, givenName: '花子', birthDate: '19880808' };
  expect((await sent({ ...self, user: 'other' }, { user: wife })).user).toMatchObject({
    birthDate: '1988-08-08',
    filtering: false,
    guardian: null,
  });
});
