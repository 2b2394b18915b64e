import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { submitOn } from '../../../tests/support/companies.ts';
import { newContractor } from '../../../tests/support/orders.ts';
import { type OrdersSite, ordersSite } from '../../../tests/support/orders-site.ts';
import { newId } from '../../base/ids.ts';
import { TEST_CARDS } from '../../demo/simulated-card-gateway/cards.ts';
import type { Application } from '../orders/index.ts';

let site: OrdersSite;
beforeAll(async () => {
  site = await ordersSite();
});
afterAll(() => site.close());

const REASON = '内容をもう一度ご確認ください。';
const reserved: Application['number'] = {
  kind: 'reservation',
  phoneNumber: '09070001111',
  reservationNumber: '1234567890',
  validUntil: '2026-12-10',
};

/** Placed by somebody in LINE, and asked by the agent about some of it. */
async function asked(about: readonly string[], given: Partial<Application> = {}) {
  const lineUserId = await site.friend();
  const { orderId, application } = await site.place({ lineUserId, ...given });
  await site.step(orderId, 'take');
  const named = Object.fromEntries(about.map((topic) => [`about-${topic}`, 'yes']));
  const { status } = await site.step(orderId, 'ask', REASON, named);
  if (status !== 303) throw new Error(`not asked: ${status}`);
  const asker = { cookie: await site.people.signIn({ lineUserId }) };
  const path = `/orders/${orderId}/correct`;
  return {
    orderId,
    lineUserId,
    application,
    see: () => site.ask('GET', path, asker),
    send: (form: Record<string, string>) => site.ask('POST', path, asker, { form }),
    get: (at: string) => site.ask('GET', at, asker),
    /** To another company from the answer's page, and back. */
    async visit(go: 'identity' | 'payment', form: Record<string, string>, there: (url: string) => Promise<string>) {
      const step = await site.ask('POST', path, asker, { form: { ...form, go } });
      const out = await site.ask('POST', step.location, asker, { form: { method: 'jpki', requestId: newId() } });
      const back = await there(out.location);
      const after = await site.ask('GET', new URL(back).pathname, asker);
      return after.location;
    },
  };
}

const verify = async (url: string) => (await submitOn(url, { end: 'success' })).location;
const story = (orderId: string) => site.story(orderId);

describe('a question that names fields', () => {
  test('is answered with a corrected reservation number, and the network gets that one', async () => {
    const one = await asked(['number'], { number: reserved });
    const page = await one.see();
    expect(page.text).toContain(REASON);
    expect(page.text).toContain('value="1234567890"');
    expect(page.text).not.toContain('name="familyName"');
    const told = await site.run(`select body::text as said from outbox where line_user_id = $1 order by outbox_id`, [
      one.lineUserId,
    ]);
    expect(told.map(({ said }) => said).join()).toContain(encodeURIComponent(`/orders/${one.orderId}/correct`));

    const typed = { number: 'reservation', phoneNumber: '090-7000-2222', validUntil: '20261215' };
    const short = await one.send({ ...typed, reservationNumber: '12345', validUntil: '20261120' });
    expect([short.status, short.text.includes('value="12345"')]).toEqual([422, true]);
    expect(short.text).toContain('MNP予約番号は10桁の数字です');
    expect(short.text).toContain('10日以上残っている');
    const sent = await one.send({ ...typed, reservationNumber: '22-222-22222', words: '番号を間違えていました' });
    expect([sent.status, sent.location]).toEqual([303, `/orders/${one.orderId}`]);
    expect((await one.send({ ...typed, reservationNumber: '3333333333' })).status).toBe(303);
    expect(await story(one.orderId)).toBe('place take ask correct');
    const now = await site.now(one.orderId);
    expect(now.application).toEqual({
      ...one.application,
      number: {
        kind: 'reservation',
        phoneNumber: '09070002222',
        reservationNumber: '2222222222',
        validUntil: '2026-12-15',
      },
    });
    const change = (await site.app.orders.changesOf(site.sql, one.orderId)).at(-1);
    expect(change).toMatchObject({ about: ['number'], note: '番号を間違えていました', before: { number: reserved } });

    const desk = (await site.desk('GET', `/console/orders/${one.orderId}`)).text;
    expect(desk).toMatch(/2222222222[\s\S]*訂正前[\s\S]*<del>[^<]*1234567890/);
    const audit = await site.run(
      `select detail from audit_log where action = 'orders.correct' and detail->>'orderId' = $1`,
      [one.orderId],
    );
    expect(audit).toMatchObject([{ detail: { about: 'number', from: 'held', to: 'pending' } }]);
    expect(JSON.stringify(audit)).not.toContain('2222222222');
    expect((await site.step(one.orderId, 'approve')).status).toBe(303);
    await site.pass(4);
    expect(await story(one.orderId)).toBe('place take ask correct approve complete');
    const [activation] = await site.run('select msisdn from product_order_activation where order_id = $1', [
      one.orderId,
    ]);
    expect(activation).toEqual({ msisdn: '819070002222' });
  });

  test('a name that differs from the card is put right as the card has it; another one is verified anew', async () => {
    const typed = { family: '渡邉', given: '陽菜' };
    const contractor = newContractor({ name: typed, mail: 'w@example.jp', phone: '09012340000' });
    const identity = (family: string) => ({
      reference: 'r',
      method: 'jpki' as const,
      outcome: 'success' as const,
      checkedAt: '2026-11-18T04:50:00Z',
      certificateSerial: 'OLD1',
      mismatched: [],
      person: { ...contractor, name: { ...typed, family } },
    });
    const one = await asked(['name'], { contractor, identity: identity('渡辺') });
    const names = { familyName: '渡辺', givenName: '陽菜', familyKana: 'ワタナベ', givenKana: 'ひな' };
    expect((await one.send(names)).status).toBe(303);
    expect((await site.now(one.orderId)).application.contractor).toMatchObject({
      name: { family: '渡辺', given: '陽菜' },
      kana: { family: 'ワタナベ', given: 'ヒナ' },
    });

    const other = await asked(['name'], {
      contractor: { ...contractor, mail: 'v@example.jp', birthDate: '1990-01-02' },
      identity: { ...identity('渡辺'), person: { ...contractor, birthDate: '1990-01-02' } },
    });
    const married = { ...names, familyName: '山中', familyKana: 'ヤマナカ' };
    const refused = await other.send(married);
    expect([refused.status, refused.text.includes('href="#identity"')]).toEqual([422, true]);
    const back = await other.visit('identity', married, verify);
    expect(back).toMatch(/^\/apply\/.*\/review$/);
    expect((await other.get(back)).location).toBe(`/orders/${other.orderId}/correct`);
    expect((await other.see()).text).toContain('済みました');
    expect((await other.send(married)).status).toBe(303);
    const { application } = await site.now(other.orderId);
    expect(application).toMatchObject({ identity: { person: { name: { family: '山中' } } } });
    expect(application.identity?.certificateSerial).not.toBe('OLD1');
    expect(await site.run('select 1 from application_draft where corrects_order_id = $1', [other.orderId])).toEqual([]);
  });

  test('another card takes the place of the one before, which is forgotten', async () => {
    const one = await asked(['card', 'sim']);
    const nothing = await one.send({ simKind: 'sim' });
    expect([nothing.status, nothing.text.includes('カードを登録してください')]).toEqual([422, true]);
    await one.visit('payment', { simKind: 'sim' }, async (url) => {
      const { location } = await submitOn(url, { number: TEST_CARDS.visa, expiry: '12/30', code: '123' });
      return (await submitOn(location, { answer: 'yes' })).location;
    });
    expect((await one.send({ simKind: 'sim' })).status).toBe(303);
    const { application } = await site.now(one.orderId);
    expect([application.simKind, application.payment?.expiresIn]).toEqual(['sim', '2030-12']);
    const old = one.application.payment?.reference;
    expect(await site.run('select reference from card_to_forget where reference = $1', [old])).toHaveLength(1);
  });

  test('another user may be a child, whose guardian is asked on the same page', async () => {
    const one = await asked(['user', 'address']);
    const child = {
      user: 'other',
      'user-familyName': '山本',
      'user-givenName': 'ひな',
      'user-familyKana': 'ヤマモト',
      'user-givenKana': 'ヒナ',
      'user-birthDate': '20140201',
      postalCode: '1500001',
      address: '東京都渋谷区神宮前',
      building: '1-2-3 メゾン101',
    };
    const refused = await one.send(child);
    expect([refused.status, refused.text.includes('name="user-guardianName"')]).toEqual([422, true]);
    const word = { 'user-filtering': 'on', 'user-guardianName': '山本 恵', 'user-guardianAgrees': 'yes' };
    expect((await one.send({ ...child, ...word })).status).toBe(303);
    expect((await site.now(one.orderId)).application).toMatchObject({
      user: { kind: 'other', name: { given: 'ひな' }, filtering: true, guardian: { name: '山本 恵' } },
      contractor: { address: '東京都渋谷区神宮前 1-2-3 メゾン101' },
    });
    // A user who lives elsewhere than the card says is for the staff to look at.
    expect((await site.desk('GET', `/console/orders/${one.orderId}`)).text).toContain(
      '住所が、本人確認をしたものと違います',
    );
  });

  test('a number on another order is refused, one of its own is not; without any change it takes words', async () => {
    await site.place({ number: { kind: 'one-stop', phoneNumber: '09070003333' } });
    const one = await asked(['number'], { number: { kind: 'one-stop', phoneNumber: '09070004444' } });
    const taken = await one.send({ number: 'one-stop', phoneNumber: '09070003333' });
    expect([taken.status, taken.text.includes('いま引き継げません')]).toEqual([422, true]);
    const same = { number: 'one-stop', phoneNumber: '09070004444' };
    expect((await one.send(same)).status).toBe(422);
    expect((await one.send({ ...same, words: 'この番号で合っています' })).status).toBe(303);
    expect(await story(one.orderId)).toBe('place take ask answer');
  });

  test('of one order no more than ten numbers are looked at in a day', async () => {
    await site.place({ number: { kind: 'one-stop', phoneNumber: '09070005555' } });
    const one = await asked(['number'], { number: { kind: 'one-stop', phoneNumber: '09070006666' } });
    const send = (phoneNumber: string) => one.send({ number: 'one-stop', phoneNumber });
    for (let time = 0; time < 10; time += 1) expect((await send('09070005555')).text).toContain('いま引き継げません');
    // A good one, too, which nobody has.
    expect((await send('09070007777')).text).toContain('今日はこれ以上お調べできません');
  });

  test('is answered by a mailed link too, and by nobody whose order it is not', async () => {
    const one = await asked(['sim']);
    const stranger = { cookie: await site.people.signIn({ lineUserId: await site.friend() }) };
    const path = `/orders/${one.orderId}/correct`;
    expect((await site.ask('GET', path, stranger)).status).toBe(404);
    expect((await site.ask('POST', path, stranger, { form: { simKind: 'sim' } })).status).toBe(404);
    expect((await site.ask('GET', path, {})).location).toContain('/login');
    const { contractor } = one.application;
    const mails = await site.run(
      `select body->>'text' as text from mail_outbox where recipient = $1 order by created_at`,
      [contractor.kind === 'new' ? contractor.mail : ''],
    );
    const link = /\/orders\/link\/\S+/.exec(String(mails.at(-1)?.text))?.[0] ?? '';
    const opened = await site.ask('GET', link, {});
    const asker = { cookie: (opened.headers.get('set-cookie') ?? '').split(';')[0] ?? '' };
    expect((await site.ask('GET', `/orders/${one.orderId}`, asker)).text).toContain(path);
    expect((await site.ask('POST', path, asker, { form: { simKind: 'sim' } })).status).toBe(303);
    expect((await site.now(one.orderId)).application.simKind).toBe('sim');
    // From then on there is nothing to answer, in any window.
    expect((await one.see()).location).toBe(`/orders/${one.orderId}`);
    expect(await story(one.orderId)).toBe('place take ask correct');
  });
});
