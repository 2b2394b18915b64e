import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type MyPageWorld, myPageWorld } from '../../../tests/support/my-page.ts';
import { newId } from '../../base/ids.ts';

let world: MyPageWorld;
beforeAll(async () => {
  world = await myPageWorld();
});
afterAll(() => world.close());

async function registered(subscriptionId: string) {
  const [row] = await world.sql.query<{ name: string | null; birthDate: string | null; filtering: string | null }>(
    `select user_name as name, user_birth_date as "birthDate", filtering from subscription where subscription_id = $1`,
    [subscriptionId],
  );
  return row;
}

const sakura = { name: '田中 さくら', birthDate: '2012-03-03' };

describe('who carries a phone', () => {
  test('is changed behind a second proof; what it does is said before, and everybody concerned is told', async () => {
    const { subscriptionId, code } = await world.family('parent', '田中 太郎');
    const child = await world.person('さくら');
    await world.linkUser(child, code());
    await world.sql.query(`update subscription set filtering = 'off' where subscription_id = $1`, [subscriptionId]);
    const browser = await world.signIn('parent');
    const path = `/contract/${subscriptionId}/user`;
    expect((await browser.get(path)).location).toMatch(/^\/proof\?next=/);
    expect((await browser.post(path, sakura)).location).toMatch(/^\/proof\?next=/);
    await world.prove(browser);
    expect((await browser.get(path)).text).toContain('18歳未満の方を登録すると');

    const requestId = newId();
    const answers = [
      await browser.post(path, { ...sakura, requestId }),
      await browser.post(path, { ...sakura, requestId }),
    ];
    expect(answers.map(({ location }) => location)).toEqual(['/contract?done=user', '/contract?done=user']);
    expect(await registered(subscriptionId)).toEqual({ ...sakura, filtering: 'content' });
    expect((await browser.get('/contract?done=user')).text).toContain(
      '田中 さくら <span class="muted figure">2012年3月3日生まれ',
    );
    const told = (await world.told(child)).filter((said) => said.includes('利用者の登録が「田中 さくら」様'));
    expect(told).toHaveLength(1);

    await browser.post(path, { isSelf: 'yes', requestId: newId() });
    expect(await registered(subscriptionId)).toMatchObject({ name: null, birthDate: null });
    // What a guardian has set by hand is not set back.
    await world.sql.query(`update subscription set filtering = 'parental' where subscription_id = $1`, [
      subscriptionId,
    ]);
    // As in an application, a day is read however people write it.
    await browser.post(path, { ...sakura, birthDate: '平成24年3月3日' });
    expect(await registered(subscriptionId)).toEqual({ ...sakura, filtering: 'parental' });
  });

  test('is not changed of a subscription that has ended', async () => {
    const { subscriptionId } = await world.family('ended-phone');
    const browser = await world.prove(await world.signIn('ended-phone'));
    await world.contractors.changeSubscription(subscriptionId, { endedAt: world.clock.now() });
    expect((await browser.post(`/contract/${subscriptionId}/user`, sakura)).status).toBe(404);
    expect(await registered(subscriptionId)).toMatchObject({ name: null });
  });

  test.each([
    [{ ...sakura, name: ' ' }, 'お名前を入力'],
    [{ ...sakura, birthDate: '2012-02-30' }, '20120303のように入力'],
    [{ ...sakura, birthDate: '2999-01-01' }, '1900年から今日まで'],
    [{ ...sakura, birthDate: '1899-12-31' }, '1900年から今日まで'],
  ])('%o is refused, and what was typed is kept', async (typed, words) => {
    const { subscriptionId } = await world.family(`typing-${newId()}`);
    const [row] = await world.sql.query<{ login: string }>(
      'select login_id as login from contractor join subscription using (contractor_id) where subscription_id = $1',
      [subscriptionId],
    );
    const browser = await world.prove(await world.signIn(row?.login ?? ''));
    const answer = await browser.post(`/contract/${subscriptionId}/user`, typed);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(words);
    expect(answer.text).toContain(`value="${typed.birthDate}"`);
    expect(await registered(subscriptionId)).toMatchObject({ name: null });
  });

  test('of somebody else is not found', async () => {
    const owner = await world.family('owner-of-user');
    await world.family('stranger-to-user');
    const browser = await world.prove(await world.signIn('stranger-to-user'));
    const path = `/contract/${owner.subscriptionId}/user`;
    expect([(await browser.get(path)).status, (await browser.post(path, sakura)).status]).toEqual([404, 404]);
    expect(await registered(owner.subscriptionId)).toMatchObject({ name: null });
  });
});

describe('the mail address', () => {
  const THERE = '/contract/email';
  const CODE = '/contract/email/code';

  async function mailer(loginId: string) {
    const { contractorId } = await world.family(loginId);
    const browser = await world.prove(await world.signIn(loginId));
    return {
      contractorId,
      browser,
      address: async () => (await world.contractors.contractor(world.sql, contractorId))?.email,
      ask: (email: string, requestId = newId()) => browser.post(THERE, { email, requestId }),
      enter: (code: string) => browser.post(CODE, { code }),
      /** The code of the newest mail to this address. */
      async codeFor(email: string) {
        const to = (await world.mails()).filter((mail) => mail.to === email).at(-1);
        return /\d{6}/.exec(to?.subject ?? '')?.[0] ?? '';
      },
    };
  }
  const other = (code: string) => (code === '000000' ? '000001' : '000000');

  test('changes when the code is entered that was mailed there, and the one until now is told', async () => {
    const { contractorId } = await world.family('mailer');
    const browser = await world.signIn('mailer');
    const address = async () => (await world.contractors.contractor(world.sql, contractorId))?.email;
    expect((await browser.post(THERE, { email: 'thief@example.com' })).location).toMatch(/^\/proof/);
    await world.prove(browser);
    const person = await world.person('郵便');
    await world.linkContractor(person, 'mailer');
    const refused = await browser.post(THERE, { email: 'no address' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('いまのアドレス');
    expect((await browser.post(THERE, { email: 'mailer@example.jp' })).text).toContain('いまのアドレスと同じです');

    expect((await browser.post(THERE, { email: ' new@example.jp ' })).location).toBe(CODE);
    expect(await address()).toBe('mailer@example.jp');
    expect((await browser.get('/contract')).text).toContain('new@example.jp の確認を待っています');
    const sent = (await world.mails()).at(-1);
    expect(sent?.to).toBe('new@example.jp');
    expect(sent?.text).not.toContain('mailer');

    // Half an hour later the second proof is long over: the code alone is asked for.
    world.clock.advance('PT30M');
    const code = /\d{6}/.exec(sent?.subject ?? '')?.[0] ?? '';
    expect((await browser.post(CODE, { code: other(code) })).status).toBe(422);
    expect(await address()).toBe('mailer@example.jp');
    const answers = [await browser.post(CODE, { code }), await browser.post(CODE, { code })];
    expect(answers.map(({ location }) => location)).toEqual(['/contract?done=email', '/contract?done=email']);
    expect(await address()).toBe('new@example.jp');
    const told = (await world.mails()).filter(({ subject }) => subject.includes('メールアドレスが変更されました'));
    expect(told.map(({ to }) => to)).toEqual(['mailer@example.jp']);
    expect((await world.told(person)).filter((said) => said.includes('メールアドレスが変更されました'))).toHaveLength(
      1,
    );
    expect((await browser.get('/contract')).text).not.toContain('確認を待っています');
  });

  test('is mailed one code however often the form is sent, and another for another address', async () => {
    const { ask, enter, codeFor, address } = await mailer('twice');
    const requestId = newId();
    await Promise.all([ask('slip@example.jp', requestId), ask('slip@example.jp', requestId)]);
    expect((await world.mails()).filter(({ to }) => to === 'slip@example.jp')).toHaveLength(1);
    const old = await codeFor('slip@example.jp');
    // Back to the same form, to put the address right.
    await ask('right@example.jp', requestId);
    if (old !== (await codeFor('right@example.jp'))) expect((await enter(old)).status).toBe(422);
    expect((await enter(await codeFor('right@example.jp'))).location).toBe('/contract?done=email');
    expect(await address()).toBe('right@example.jp');
  });

  test('is not changed by a code that is over, by too many, or by somebody else', async () => {
    const { ask, enter, codeFor, address, browser } = await mailer('guessed');
    await ask('later@example.jp');
    const code = await codeFor('later@example.jp');
    const stranger = await mailer('mail-stranger');
    expect((await stranger.enter(code)).location).toBe('/contract/email?over=yes');
    expect((await enter('12 34')).text).toContain('確認コードは6桁の数字です');
    for (let tries = 0; tries < 5; tries += 1) expect((await enter(other(code))).status).toBe(422);
    const stopped = await enter(code);
    expect([stopped.status, stopped.text.includes('まで受け付けられません')]).toEqual([429, true]);
    world.clock.advance('PT30M1S');
    expect((await enter(code)).location).toBe('/contract/email?over=yes');
    expect((await browser.post('/contract/email/again', {})).location).toBe('/contract/email?over=yes');
    expect(await address()).toBe('guessed@example.jp');
  });

  test('that is over, typed again and again, closes nothing', async () => {
    const { ask, enter, codeFor, browser } = await mailer('too-late');
    await ask('first@example.jp');
    const code = await codeFor('first@example.jp');
    world.clock.advance('PT30M1S');
    for (let tries = 0; tries < 6; tries += 1) {
      expect((await enter(code)).location).toBe('/contract/email?over=yes');
    }
    await world.prove(await world.signIn('too-late', '/', browser));
    await ask('second@example.jp');
    expect((await enter(await codeFor('second@example.jp'))).location).toBe('/contract?done=email');
  });

  test('set by the back office counts at once, and the code under way is over', async () => {
    const { contractorId, ask, enter, codeFor, address } = await mailer('called');
    await ask('wished@example.jp');
    await world.contractors.changeContractor(contractorId, { email: 'told@example.jp' });
    expect((await enter(await codeFor('wished@example.jp'))).location).toBe('/contract/email?over=yes');
    expect(await address()).toBe('told@example.jp');
  });

  test('is asked for five times an hour, and no address is flooded by many contractors', async () => {
    const { ask, browser } = await mailer('often');
    expect((await ask('flood@example.jp')).location).toBe(CODE);
    for (let more = 0; more < 4; more += 1) {
      expect((await browser.post('/contract/email/again', { requestId: newId() })).location).toBe(`${CODE}?again=yes`);
    }
    expect((await browser.post('/contract/email/again', { requestId: newId() })).status).toBe(429);
    expect((await (await mailer('flooder')).ask('Flood@example.jp')).status).toBe(429);
    expect((await world.mails()).filter(({ to }) => to === 'flood@example.jp')).toHaveLength(5);
  });
});
