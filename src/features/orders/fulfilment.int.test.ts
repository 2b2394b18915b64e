import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { cutConnections } from '../../../tests/support/cut-connections.ts';
import { type OrdersSite, ordersSite } from '../../../tests/support/orders-site.ts';
import { parseKeys } from '../../infra/secrets.ts';
import { verifyBills } from '../billing/index.ts';
import { loadOwnOrder, type Visitor } from './access-store.ts';
import { documentOfOrder } from './contract-document.ts';
import type { Application } from './index.ts';

let site: OrdersSite;
beforeAll(async () => {
  site = await ordersSite();
});
afterAll(() => site.close());
afterEach(() => {
  Object.assign(site.network.settings, { fate: 'works', minutes: 3 });
  site.moodOf.mood = 'answers';
});

const one = async <Row>(text: string, values: unknown[] = []): Promise<Row | undefined> =>
  (await site.sql.query<Row>(text, values))[0];
/** Everything that waits to leave, to anybody. */
const waiting = async () =>
  (
    await one<{ text: string }>(
      `select concat((select json_agg(body) from outbox), (select json_agg(body) from mail_outbox),
       (select json_agg(detail) from audit_log)) as text`,
    )
  )?.text ?? '';
/** Bills begin with the month in which they first run. */
const closeBills = async () =>
  site.app.billing.jobs.find(({ name }) => name === 'billing.close-bills')?.run(site.clock.now());
/** How far the network is with ending an order's SIM. */
const endOf = (orderId: string) =>
  site.network.activations().find(({ held }) => held.key.startsWith(orderId))?.end?.state;
const activations = (orderId: string) =>
  site.sql.query<{ state: string; attempt: number; msisdn: string | null; failure: string | null }>(
    'select state, attempt, msisdn, failure from product_order_activation where order_id = $1 order by round',
    [orderId],
  );

const child: Extract<Application['user'], { kind: 'other' }> = {
  kind: 'other',
  name: { family: '山本', given: 'ひな' },
  kana: { family: 'ヤマモト', given: 'ヒナ' },
  birthDate: '2014-02-01',
  filtering: true,
  guardian: { name: '山本 恵', agreedAt: '2026-11-18T00:00:00Z' },
};

describe('from approved to working', () => {
  test('a new contractor: subscription, code, data, card, fee; the password once; both links with one tap', async () => {
    const lineUserId = await site.friend();
    const orderId = await site.approved({ lineUserId });
    await site.pass(4);
    expect(await site.story(orderId)).toBe('place take approve complete');
    const { contractorId, subscriptionId } = await site.now(orderId);
    const opened = await one<{
      msisdn: string;
      lots: number;
      codes: number;
      fee: number;
      card: string;
      loginId: string;
    }>(
      `select s.msisdn, c.login_id as "loginId",
         (select count(*)::int from ledger_lot l where l.owner_id = s.subscription_id) as lots,
         (select count(*)::int from link_code k where k.subscription_id = s.subscription_id) as codes,
         (select sum(amount_yen)::int from bill_charge b where b.subscription_id = s.subscription_id) as fee,
         (select reference from payment_card p where p.contractor_id = c.contractor_id) as card
       from subscription s join contractor c using (contractor_id) where s.subscription_id = $1`,
      [subscriptionId],
    );
    expect(opened).toMatchObject({ codes: 1, fee: 3_300 });
    expect(opened?.lots).toBeGreaterThan(0);
    expect(opened?.card).toMatch(/^card-/);
    expect(opened?.msisdn).toMatch(/^8170/);

    const applicant = { cookie: await site.people.signIn({ lineUserId }) };
    const path = `/orders/${orderId}/welcome`;
    const before = await site.ask('GET', path, applicant);
    expect(before.text).toContain(opened?.loginId);
    expect(before.text).toContain('LPA:1$');
    const paper = await site.ask('GET', `/orders/${orderId}/contract`, applicant);
    expect([paper.status, paper.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(paper.text.startsWith('%PDF-')).toBe(true);
    const delivered = await documentOfOrder({ secrets: parseKeys(site.keys) }, site.sql, orderId);
    const { contractor } = (await site.now(orderId)).application;
    // By mail goes the way to it, not the paper: a mailbox keeps birth date and address for ever.
    const mail = await one<{ text: string }>(
      `select body ->> 'text' as text from mail_outbox where recipient = $1 and body ->> 'subject' like '%開通しました%'`,
      [contractor.kind === 'new' ? contractor.mail : ''],
    );
    expect(mail?.text).toMatch(/契約書面（PDF）の保存、.*こちらの専用ページから.*\nhttp\S+\/orders\/link\//);
    expect(delivered?.document).toMatchObject({
      contractor: { home: contractor.kind === 'new' ? { address: contractor.address, phone: contractor.phone } : null },
      msisdn: opened?.msisdn,
      plan: { monthlyFeeYen: 980 },
      options: [{ monthlyFeeYen: 319 }],
      registrationFeeYen: 3_300,
      deliveredOn: '2026-11-18',
      withdrawalLastDay: '2026-11-25',
    });
    const stored = await site.run(
      `select d::text || c::text as rows from contract_document d, contractor c where d.order_id = $1 and c.contractor_id = $2`,
      [orderId, contractorId],
    );
    expect(JSON.stringify(stored)).not.toContain('神宮前');
    const shown = await site.ask('POST', `${path}/password`, applicant);
    const password = /[a-z2-9]{5}(-[a-z2-9]{5}){3}/.exec(shown.text)?.[0] ?? '';
    expect(password).toHaveLength(23);
    expect(
      await one(
        `select actor_kind as by from audit_log where action = 'orders.first-password-shown' and contractor_id = $1`,
        [contractorId],
      ),
    ).toEqual({ by: 'line-account' });
    const again = await site.ask('POST', `${path}/password`, applicant);
    expect([again.status, again.text.includes(password)]).toEqual([200, false]);
    expect(again.text).toContain('もう表示しました');
    expect(await waiting()).not.toContain(password);
    expect(site.logged()).not.toContain(password);
    expect((await site.ask('GET', path, { cookie: await site.people.signIn({ lineUserId: 'U-other' }) })).status).toBe(
      404,
    );

    // To have sent it from a browser shows nothing any more; a mailed link does.
    const nobody = { lineUserId: null, contractorId: null, linkedOrderId: null, sentOrderId: null };
    const seen = (who: Partial<Visitor>) =>
      loadOwnOrder(site.sql, { ...nobody, ...who }, { orderId, isLocked: false }).then((row) => row !== null);
    expect([await seen({ sentOrderId: orderId }), await seen({ linkedOrderId: orderId }), await seen({})]).toEqual([
      false,
      true,
      false,
    ]);

    const said = JSON.stringify(await site.tap(lineUserId, 'link', { order: orderId }));
    expect(said).toContain('契約者連携と利用者連携が完了しました');
    const links = await one<{ contractor: string; user: string }>(
      `select (select contractor_id from contractor_link where line_user_id = $1 and unlinked_at is null) as contractor,
              (select subscription_id from user_link where line_user_id = $1 and unlinked_at is null) as user`,
      [lineUserId],
    );
    expect(links).toEqual({ contractor: contractorId, user: subscriptionId });
    expect(JSON.stringify(await site.tap(lineUserId, 'link', { order: orderId }))).toContain('もうつながっています');
    const stranger = await site.friend();
    expect(JSON.stringify(await site.tap(stranger, 'link', { order: orderId }))).toContain('いまはつなげません');

    const signIn = { loginId: opened?.loginId ?? '', password };
    const first = await site.ask('POST', '/login', {}, { form: signIn });
    expect([first.status, first.location]).toEqual([303, '/login/first']);
    const cookie = first.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    expect(cookie).not.toContain('__Host-renkei=');
    const short = await site.ask('POST', '/login/first', { cookie }, { form: { wanted: 'short' } });
    expect(short.status).toBe(422);
    const same = await site.ask('POST', '/login/first', { cookie }, { form: { wanted: password } });
    expect(same.status).toBe(422);
    const changed = await site.ask('POST', '/login/first', { cookie }, { form: { wanted: 'my very own password' } });
    expect([changed.status, changed.location]).toEqual([303, '/login/first?done=sign-in']);
    const record = `select from audit_log where action = 'credentials.first-password-changed'`;
    expect(await site.sql.query(record)).toHaveLength(1);
    expect(
      (await site.ask('POST', '/login/first', { cookie }, { form: { wanted: 'somebody elses word' } })).status,
    ).toBe(410);
    expect((await site.ask('POST', '/login', {}, { form: signIn })).status).toBe(422);
    const own = await site.ask('POST', '/login', {}, { form: { ...signIn, password: 'my very own password' } });
    expect([own.status, own.location]).toEqual([303, '/']);
  });

  test('a number comes along, for another user who is a child; the contractor link alone is made', async () => {
    const lineUserId = await site.friend();
    const orderId = await site.approved({
      lineUserId,
      number: { kind: 'one-stop', phoneNumber: '090-7000-1234' },
      user: child,
    });
    await site.pass(4);
    const { subscriptionId } = await site.now(orderId);
    const row = await one('select msisdn, user_name as name, filtering from subscription where subscription_id = $1', [
      subscriptionId,
    ]);
    expect(row).toEqual({ msisdn: '819070001234', name: '山本 ひな', filtering: 'content' });
    expect(JSON.stringify(await site.tap(lineUserId, 'link', { order: orderId }))).toContain('利用コード');
    expect(await one('select 1 from user_link where line_user_id = $1', [lineUserId])).toBeUndefined();
  });

  test('a contractor who is there gets one more, without a new login', async () => {
    const { contractorId } = await site.people.family('more', '山田 花', ['山田 花']);
    const orderId = await site.approved({ contractor: { kind: 'existing', contractorId }, payment: null });
    await site.pass(4);
    expect((await site.now(orderId)).contractorId).toBe(contractorId);
    const page = await site.ask('GET', `/orders/${orderId}/welcome`, {
      cookie: await site.people.signIn({ contractorId }),
    });
    expect(page.text).not.toContain('最初のパスワード');
  });

  test('a code that the order holds waives the fee; one that nobody made does not', async () => {
    const [holds, invents] = [await site.approved(), await site.approved({ entryCode: 'ABCD-EFGH-JKLM' })];
    const now = site.clock.now().toString();
    await site.sql.query(
      `insert into entry_code_batch (batch_id, purpose, made_by, made_at, expires_at)
       select $1, 'test', staff_id, $2, '2027-01-01Z' from staff limit 1`,
      [holds, now],
    );
    await site.sql.query(
      `insert into entry_code (entry_code_id, batch_id, code_hash, code_sealed, order_id, held_at)
       values ($1, $1, '', '', $1, $2)`,
      [holds, now],
    );
    await site.pass(4);
    const feeOf = async (orderId: string) =>
      (
        await one<{ fee: number }>('select amount_yen::int as fee from bill_charge where subscription_id = $1', [
          (await site.now(orderId)).subscriptionId,
        ])
      )?.fee;
    expect([await feeOf(holds), await feeOf(invents)]).toEqual([undefined, 3_300]);
  });
});

describe('when the network fails', () => {
  test('what passes is tried again by itself, with the same number', async () => {
    site.network.settings.fate = 'network-fault';
    const orderId = await site.approved();
    await site.pass(3);
    expect(await activations(orderId)).toMatchObject([{ state: 'open', attempt: 2, failure: 'network-fault' }]);
    site.network.settings.fate = 'works';
    await site.pass(8);
    expect(await site.story(orderId)).toBe('place take approve complete');
    expect(await activations(orderId)).toMatchObject([{ state: 'done', attempt: 2 }]);
  });

  test('what stays goes back to the staff after five tries, and is approved anew', async () => {
    site.network.settings.fate = 'no-number-left';
    const orderId = await site.approved();
    await site.pass(60);
    expect(await site.story(orderId)).toBe('place take approve return');
    // Whoever is free looks at it, not only who approved it.
    expect((await site.now(orderId)).reviewerId).toBeNull();
    const page = await site.desk('GET', `/console/orders/${orderId}`);
    expect(page.text).toContain('割り当てられる番号がありません');
    site.network.settings.fate = 'works';
    await site.step(orderId, 'take');
    await site.step(orderId, 'approve');
    await site.pass(4);
    expect(await activations(orderId)).toMatchObject([{ state: 'undone' }, { state: 'done' }]);
  });

  test('a number that has become somebody’s meanwhile opens nothing: back to the staff, and the SIM is ended', async () => {
    site.network.settings.fate = 'works';
    const orderId = await site.approved({ number: { kind: 'one-stop', phoneNumber: '09070005555' } });
    const { contractorId } = await site.people.family('had-it', '先 約', ['先 約']);
    const opensAt = site.clock.now();
    const taken = { contractorId, msisdn: '09070005555', planCode: 'p3', opensAt };
    expect((await site.app.contractors.createSubscription(taken)).ok).toBe(true);
    await site.pass(8);
    expect(await site.story(orderId)).toBe('place take approve return');
    expect((await site.now(orderId)).contractorId).toBeNull();
    expect(await activations(orderId)).toMatchObject([{ state: 'ended', msisdn: null }]);
    expect(endOf(orderId)).toBe('completed');
  });

  test('a port that is refused goes back at once', async () => {
    site.network.settings.fate = 'port-refused';
    const orderId = await site.approved({ number: { kind: 'one-stop', phoneNumber: '09070009999' } });
    await site.pass(4);
    expect(await site.story(orderId)).toBe('place take approve return');
  });

  test.each([
    ['port-refused', '転出元が番号の移転を断りました', 'return'],
    ['number-in-use', 'この番号は、もう使われています', 'return'],
    ['no-number-left', '割り当てられる番号がありません', 'approve'],
    ['network-fault', '網の障害', 'approve'],
  ] as const)('the staff read of %s on the order’s page', async (fate, words, last) => {
    site.network.settings.fate = fate;
    const orderId = await site.approved();
    await site.pass(3);
    const page = await site.desk('GET', `/console/orders/${orderId}`);
    expect(page.text).toContain(words);
    expect((await site.story(orderId)).split(' ').at(-1)).toBe(last);
    // What went back to the staff waits in their queue; what is tried again does not.
    const queue = await site.desk('GET', '/console/orders');
    expect(queue.text.includes(`/console/orders/${orderId}"`)).toBe(last === 'return');
    // Whatever it was, they can take the order back, with a double click once.
    const { version } = await site.now(orderId);
    const form = { event: 'cancel', version: String(version), reason: 'お電話で取り消しのご希望', requestId: orderId };
    const answers = await Promise.all([1, 2].map(() => site.desk('POST', `/console/orders/${orderId}`, form)));
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    await site.pass(1);
    expect((await site.story(orderId)).split(' ').at(-1)).toBe('cancel');
  });

  test('what the network will not take, and its silence, are read there too', async () => {
    const [refused, silent] = [await site.approved(), await site.approved()];
    // The key was used for another order before.
    await site.app.companies.provisioning?.submit({
      activationKey: `${refused}-1`,
      planCode: 'p6',
      optionCodes: [],
      hasVoice: true,
      simKind: 'sim',
      number: { kind: 'new' },
      holder: { name: '別人', kana: 'ベツジン', birthDate: '1990-01-01' },
    });
    await site.work();
    expect((await site.desk('GET', `/console/orders/${refused}`)).text).toContain('網が申し込みを受け付けません');
    // What was begun for it is stopped; then only the other is asked about.
    await site.work();
    site.moodOf.mood = 'stumbles';
    site.clock.advance('PT1M');
    await site.work();
    expect((await site.desk('GET', `/console/orders/${silent}`)).text).toContain('網から応答がありません');
    site.moodOf.mood = 'answers';
    await site.pass(5);
    expect((await site.now(silent)).state).toBe('completed');
  });

  test('an order that cannot be carried on with, whatever is wrong with it, holds up no other', async () => {
    const user = { ...child, name: { family: '山\0本', given: 'ひな' } };
    const [stuck, other] = [await site.approved({ user }), await site.approved()];
    await site.work();
    site.clock.advance('PT4M');
    await expect(site.work()).rejects.toThrow('could not be carried on with');
    expect((await site.now(other)).state).toBe('completed');
    // It is nobody's turn before it again; the staff can take it back.
    expect(await site.work()).toBe(0);
    await site.step(stuck, 'cancel', 'お名前を保存できません');
    expect((await site.now(stuck)).state).toBe('cancelled');
    await site.pass(4);
  });

  test('a network that does not answer is asked again, and nothing is lost', async () => {
    site.moodOf.mood = 'stumbles';
    const orderId = await site.approved();
    await site.work();
    expect(await activations(orderId)).toMatchObject([{ state: 'open', failure: 'no-answer' }]);
    site.moodOf.mood = 'answers';
    await site.pass(6);
    expect((await site.now(orderId)).state).toBe('completed');
  });
});

describe('ways out', () => {
  test("cancelled on its way, the network is stopped, and its number is nobody else's", async () => {
    const lineUserId = await site.friend();
    const orderId = await site.approved({ lineUserId });
    await site.work();
    const applicant = { cookie: await site.people.signIn({ lineUserId }) };
    expect((await site.ask('POST', `/orders/${orderId}/cancel`, applicant)).status).toBe(303);
    await site.pass(5);
    expect(await site.story(orderId)).toBe('place take approve cancel');
    expect(await activations(orderId)).toMatchObject([{ state: 'undone', msisdn: null }]);
    const card = await one('select 1 from card_to_forget where reference = $1', [
      (await site.now(orderId)).application.payment?.reference,
    ]);
    expect(card).toBeDefined();
  });

  test('cancelled after the network was done and before we heard, its SIM is ended', async () => {
    const orderId = await site.approved();
    await site.work();
    site.clock.advance('PT4M');
    await site.step(orderId, 'cancel', 'お電話で取り消しのご希望');
    await site.work();
    expect(await activations(orderId)).toMatchObject([{ state: 'ending' }]);
    await site.pass(5);
    expect(await activations(orderId)).toMatchObject([{ state: 'ended', failure: null }]);
    expect(endOf(orderId)).toBe('completed');
  });

  test('an end that the network cannot make is tried again, then shown to the staff, who ask anew', async () => {
    const orderId = await site.approved();
    await site.pass(4);
    site.network.settings.fate = 'network-fault';
    await site.step(orderId, 'withdraw', 'お電話で解除のご希望');
    site.moodOf.mood = 'stumbles';
    await site.work();
    expect(await activations(orderId)).toMatchObject([{ state: 'ending', failure: 'no-answer' }]);
    site.moodOf.mood = 'answers';
    await site.pass(60);
    expect(await activations(orderId)).toMatchObject([{ state: 'stuck', failure: 'network-fault' }]);
    const queue = await site.desk('GET', '/console/orders?state=ends');
    expect(queue.text).toContain('網で止められなかったSIMが1枚あります');
    expect(queue.text).toContain(`/console/orders/${orderId}`);
    site.network.settings.fate = 'works';
    const anew = () => site.desk('POST', `/console/orders/${orderId}/sim-end`);
    expect((await Promise.all([anew(), anew()])).map(({ status }) => status)).toEqual([303, 303]);
    await site.pass(5);
    expect(await activations(orderId)).toMatchObject([{ state: 'ended' }]);
    expect(endOf(orderId)).toBe('completed');
    expect((await site.desk('GET', '/console/orders')).text).not.toContain('網で止められなかった');
    const asked = await one("select count(*)::int as n from audit_log where action = 'orders.sim-end-asked-anew'");
    expect(asked).toEqual({ n: 1 });
  });

  test('within eight days the contract is cancelled: links and number end, monthly fees are given back', async () => {
    const lineUserId = await site.friend();
    await closeBills();
    const orderId = await site.approved({ lineUserId });
    await site.pass(4);
    await site.tap(lineUserId, 'link', { order: orderId });
    const { contractorId, subscriptionId } = await site.now(orderId);
    site.clock.freeze('2026-11-25T23:59:00+09:00');
    const applicant = { cookie: await site.people.signIn({ lineUserId }) };
    const page = await site.ask('GET', `/orders/${orderId}/withdraw`, applicant);
    expect(page.text).toContain('2026年11月25日まで');
    expect(page.text).toContain('3,300円');
    expect((await site.ask('POST', `/orders/${orderId}/withdraw`, applicant)).status).toBe(303);
    expect((await site.ask('POST', `/orders/${orderId}/withdraw`, applicant)).status).toBe(303);
    expect(await site.story(orderId)).toBe('place take approve complete withdraw');
    // The first password, which nobody has seen, stays unseen.
    await site.ask('POST', `/orders/${orderId}/welcome/password`, applicant);
    const welcome = 'select shown_at as "shownAt" from product_order_welcome where order_id = $1';
    expect(await one(welcome, [orderId])).toEqual({ shownAt: null });
    expect(
      await one('select 1 from user_link where subscription_id = $1 and unlinked_at is null', [subscriptionId]),
    ).toBeUndefined();
    site.clock.freeze('2026-12-01T10:00:00+09:00');
    await closeBills();
    const bill = await one<{ total: number }>(
      'select total_yen::int as total from bill where contractor_id = $1 and month = $2',
      [contractorId, '2026-11'],
    );
    expect(bill).toEqual({ total: 3_300 });
    expect((await verifyBills(site.sql, site.app.config.operator)).findings).toEqual([]);
  });

  test('also across the turn of the month, when the first bill is closed; and not on the ninth day', async () => {
    site.clock.freeze('2026-12-28T12:00:00+09:00');
    const [orderId, late] = [await site.approved(), await site.approved()];
    await site.pass(4);
    site.clock.freeze('2027-01-02T12:00:00+09:00');
    await closeBills();
    expect((await site.step(orderId, 'withdraw', 'お電話で解除のご希望')).status).toBe(303);
    site.clock.freeze('2027-01-05T00:00:00+09:00');
    expect((await site.step(late, 'withdraw', 'お電話で解除のご希望')).text).toContain('期間が過ぎています');
    site.clock.freeze('2027-02-01T10:00:00+09:00');
    await closeBills();
    const { contractorId } = await site.now(orderId);
    const sum = await one<{ total: number }>('select sum(total_yen)::int as total from bill where contractor_id = $1', [
      contractorId,
    ]);
    expect(sum).toEqual({ total: 3_300 });
    expect((await verifyBills(site.sql, site.app.config.operator)).findings).toEqual([]);
  });

  test('also by the operator’s own systems, as a task that ends with an error when it is too late', async () => {
    site.clock.freeze('2027-02-10T12:00:00+09:00');
    const [orderId, late] = [await site.approved(), await site.approved()];
    await site.pass(4);
    const cancel = async (id: string) => {
      const response = await site.app.web.request('/tmf-api/productOrderingManagement/v4/cancelProductOrder', {
        method: 'POST',
        headers: { authorization: `Bearer ${site.app.config.apiKey}`, 'content-type': 'application/json' },
        body: JSON.stringify({ productOrder: { id } }),
      });
      return (await response.json()).state;
    };
    expect(await cancel(orderId)).toBe('done');
    expect(await site.story(orderId)).toBe('place take approve complete withdraw');
    site.clock.freeze('2027-02-18T00:00:00+09:00');
    expect(await cancel(late)).toBe('terminatedWithError');
    expect(await site.story(late)).toBe('place take approve complete');
  });
});

/** All of them were tried by hand (`KILLS=all`); the suite has no time for that. */
const isEvery = process.env.KILLS === 'all';

describe('killed between any two statements', () => {
  /** The statements before which to cut, and the last one whose answer is lost: that of the commit. */
  const cutsOf = (count: number): [number, 'before' | 'before-the-answer'][] => {
    const step = isEvery ? 1 : Math.max(1, Math.floor(count / 5));
    const before = Array.from({ length: count }, (_, nth) => nth + 1).filter(
      (nth) => nth % step === 0 || nth === count,
    );
    return [...before.map((nth): [number, 'before'] => [nth, 'before']), [count, 'before-the-answer']];
  };

  test('sending, reviewing, the network, completing: no order lost, none twice, no number twice', async () => {
    const cutter = cutConnections(site.app.database.pool);
    const placed: string[] = [];
    /** Does it once uncut to count its statements, then cut at each of them and done again. */
    async function everywhere<Ready>(ready: () => Promise<Ready>, act: (of: Ready) => Promise<unknown>) {
      const whole = await ready();
      cutter.disarm();
      await act(whole);
      const cuts = cutsOf(cutter.count());
      const done = [whole];
      for (const [nth, when] of cuts) {
        const of = await ready();
        cutter.arm(nth, when);
        await act(of).catch(() => undefined);
        expect(cutter.count()).toBeGreaterThanOrEqual(nth);
        cutter.disarm();
        await act(of);
        done.push(of);
      }
      expect(cuts.length).toBeGreaterThan(3);
      return done;
    }

    for (const applied of await everywhere(
      async () => site.unsent(),
      (unsent) => site.app.orders.place(unsent),
    )) {
      const again = await site.app.orders.place(applied);
      if (!again.ok) throw new Error(again.code);
      expect(again.value.version).toBe(1);
      placed.push(again.value.orderId);
    }
    const approvals = await everywhere(
      async () => {
        const { orderId } = await site.place();
        await site.step(orderId, 'take');
        return { orderId, version: (await site.now(orderId)).version };
      },
      ({ orderId, version }) => site.step(orderId, 'approve', '', { version: String(version) }),
    );
    for (const { orderId } of approvals) {
      expect(await site.story(orderId)).toBe('place take approve');
      expect(await activations(orderId)).toHaveLength(1);
    }
    await site.pass(6);
    const completed = await everywhere(
      async () => {
        const orderId = await site.approved();
        await site.work();
        site.clock.advance('PT4M');
        return orderId;
      },
      async () => {
        await site.work();
        site.clock.advance('PT1M');
      },
    );
    await site.pass(3);
    const ids = [...approvals.map(({ orderId }) => orderId), ...completed];
    for (const orderId of ids) expect(await site.story(orderId)).toBe('place take approve complete');
    const opened = await one<{
      orders: number;
      subscriptions: number;
      contractors: number;
      numbers: number;
      fees: number;
    }>(
      `select count(*)::int as orders, count(distinct subscription_id)::int as subscriptions,
         count(distinct contractor_id)::int as contractors, count(distinct msisdn)::int as numbers,
         sum((select count(*) from bill_charge b where b.subscription_id = o.subscription_id))::int as fees
       from product_order o join subscription s using (subscription_id, contractor_id) where o.order_id = any ($1::uuid[])`,
      [ids],
    );
    const all = ids.length;
    expect(opened).toEqual({ orders: all, subscriptions: all, contractors: all, numbers: all, fees: all });
    expect(
      await one(
        'select count(*)::int as lost from contractor c where login_id like $1 and not exists (select 1 from product_order o where o.contractor_id = c.contractor_id)',
        ['m%'],
      ),
    ).toEqual({ lost: 0 });
    const given = site.network.activations().flatMap(({ held }) => held.msisdn ?? []);
    expect(new Set(given).size).toBe(given.length);
    for (const orderId of placed) expect((await site.now(orderId)).state).toBe('acknowledged');
  }, 300_000);
});
