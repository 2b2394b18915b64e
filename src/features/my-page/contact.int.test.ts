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
  });

  test.each([
    [{ ...sakura, name: ' ' }, 'お名前を入力'],
    [{ ...sakura, birthDate: '2012-02-30' }, '年・月・日で入力'],
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

test('the mail address is changed behind a second proof, and the one until now is told', async () => {
  const { contractorId } = await world.family('mailer');
  const browser = await world.signIn('mailer');
  expect((await browser.post('/contract/email', { email: 'thief@example.com' })).location).toMatch(/^\/proof/);
  await world.prove(browser);
  const refused = await browser.post('/contract/email', { email: 'no address' });
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('いまのアドレス');
  expect((await browser.post('/contract/email', { email: 'new@example.jp' })).location).toBe('/contract?done=email');
  expect((await world.contractors.contractor(world.sql, contractorId))?.email).toBe('new@example.jp');
  const last = (await world.mails()).at(-1);
  expect([last?.to, last?.subject]).toEqual([
    'mailer@example.jp',
    expect.stringContaining('メールアドレスが変更されました'),
  ]);
});
