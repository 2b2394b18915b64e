import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { linkUser, questionTo, tapAnswer } from '../../../tests/support/partner-talk.ts';
import { PASSWORD, type PartnerWorld, partnerWorld, tokenRequest } from '../../../tests/support/partner-world.ts';
import { createVisitor } from '../../../tests/support/visitor.ts';
import { inTransaction } from '../../infra/db/index.ts';

/** Consents rest on the link of whoever gave them: what becomes of them when the link is gone. */

const CIBA = 'urn:openid:params:grant-type:ciba';
const ADULT = { ageThreshold: 20 };

let world: PartnerWorld;
let bank: { partnerId: string; secret: string };
let shop: { partnerId: string; secret: string };
let mine: Awaited<ReturnType<PartnerWorld['subscription']>>;
let people = 0;
let hanako = '';
let jiro = '';
const newAccount = () => {
  people += 1;
  return `U${people.toString(16).padStart(32, '0')}`;
};

beforeAll(async () => {
  world = await partnerWorld();
  bank = await world.partner('bank', { grants: ['ciba'], name: { ja: 'みやこ銀行', en: 'Bank' }, redirectUris: [] });
  shop = await world.partner('shop', { grants: ['code'], name: { ja: 'さかや', en: 'Sakaya' } });
});
beforeEach(async () => {
  mine = await world.subscription({ user: { name: '田中 花子', birthDate: '1982-08-08' } });
  [hanako, jiro] = [newAccount(), newAccount()];
  await linkUser(world, mine, hanako);
});
afterAll(() => world.close());

/** Asked in the talk, this person agrees: the partner's token. */
async function agreedInTalk(lineUserId: string): Promise<string> {
  const asked = await tokenRequest(`${world.issuer}/backchannel`, bank, {
    scope: 'openid kyc-age-verification:verify',
    login_hint: `tel:${mine.phoneNumber}`,
  });
  const { requestId } = await questionTo(world, lineUserId);
  expect(await tapAnswer(world, { lineUserId, action: 'agree', requestId })).toContain('同意しました');
  const { body } = await world.token(bank, { grant_type: CIBA, auth_req_id: String(asked.body.auth_req_id) });
  return String(body.access_token);
}

/** Agreed to in a browser that is not signed in, with the link code: access and refresh token. */
async function agreedWithCode(): Promise<{ access: string; refresh: string }> {
  const question = world.question(shop.partnerId, {
    scope: 'openid offline_access kyc-age-verification:verify',
    prompt: 'consent',
  });
  const told = await world.agree(question, await world.codeOf(mine));
  const { body } = await world.exchange(shop, told.get('code') ?? '', question.verifier);
  return { access: String(body.access_token), refresh: String(body.refresh_token) };
}

const undo = (lineUserId: string) =>
  world.app.linking.unlinkUser({ subscriptionId: mine.subscriptionId, lineUserId, from: 'my-page' });

/** A browser in which the contractor agrees, signed in. */
async function contractorAgrees(): Promise<string> {
  const question = world.question(shop.partnerId);
  const login = await (await createVisitor().go(question.address)).follow('ログインIDで確認する');
  const back = await login.submit({ loginId: mine.loginId, password: PASSWORD });
  const second = await back.submit({ subscription: mine.subscriptionId }, 'この回線で進む');
  const end = await second.submit({ decision: 'agree' }, '同意する');
  const { body } = await world.exchange(shop, end.url.searchParams.get('code') ?? '', question.verifier);
  return String(body.access_token);
}

async function ownPage(): Promise<string> {
  const browser = createVisitor();
  await (await browser.go(`${world.url}/login`)).submit({ loginId: mine.loginId, password: PASSWORD });
  return (await browser.go(`${world.url}/age-proof`)).text;
}

/** What the talk answers to 年齢確認. */
async function talk(lineUserId: string): Promise<string> {
  const context = {
    db: world.database.db,
    now: world.clock.now(),
    eventId: `event-${crypto.randomUUID()}`,
    lineUserId,
    displayName: null,
    language: 'ja' as const,
  };
  return JSON.stringify(await world.app.ageProof.talk.hear(context, { kind: 'word', word: '年齢確認' }));
}

/** Everything that was written to this person in the talk, the latest last. */
async function toldTo(lineUserId: string): Promise<string> {
  const { rows } = await world.database.pool.query<{ body: unknown }>(
    'select body from outbox where line_user_id = $1 order by created_at, outbox_id',
    [lineUserId],
  );
  return JSON.stringify(rows.map(({ body }) => body));
}

async function history(): Promise<unknown[]> {
  const { rows } = await world.database.pool.query(
    `select contractor_id = $2 as "isOurs", detail from audit_log
     where action = 'age-proof.consent-ended' and subscription_id = $1 order by audit_id`,
    [mine.subscriptionId, mine.contractorId],
  );
  return rows;
}

const refused = { status: 401, body: { status: 401, code: 'UNAUTHENTICATED' } };

describe('the user link of whoever agreed is undone', () => {
  test('the consent ends, the partner is refused, and person and contractor see why', async () => {
    const token = await agreedInTalk(hanako);
    expect((await world.verify(token, ADULT)).body.ageCheck).toBe('true');
    await undo(hanako);
    expect(await world.verify(token, ADULT)).toMatchObject(refused);
    expect(await toldTo(hanako)).toContain('みやこ銀行（電話番号の末尾');
    expect(await toldTo(hanako)).toContain('への同意は、利用者連携が解除されたため終わりました');
    expect(await talk(hanako)).toContain('利用者連携が解除されたため、');
    const page = await ownPage();
    expect(page).toContain('終わった同意');
    expect(page).toContain('利用者連携の解除で終わった日時');
    expect(await history()).toEqual([{ isOurs: true, detail: { partnerId: 'bank', from: 'unlinked' } }]);
    // Linked anew, nothing comes back by itself.
    await linkUser(world, mine, hanako);
    expect(await world.verify(token, ADULT)).toMatchObject(refused);
  });

  test('of all partners at once: nothing that any of them was given is kept', async () => {
    await agreedInTalk(hanako);
    const { refresh } = await agreedWithCode();
    const withTokens = async () => {
      const { rows } = await world.database.pool.query(
        `select distinct partner_id as partner from partner_consent join oidc_payload using (grant_hash)
         where subscription_id = $1 order by 1`,
        [mine.subscriptionId],
      );
      return rows.map(({ partner }) => partner);
    };
    expect(await withTokens()).toEqual(['bank', 'shop']);
    await undo(hanako);
    expect(await withTokens()).toEqual([]);
    expect((await world.token(shop, { grant_type: 'refresh_token', refresh_token: refresh })).status).toBe(400);
  });

  test('another account takes its place: told so, and the new one is not spoken for', async () => {
    const token = await agreedInTalk(hanako);
    world.clock.advance('PT1M');
    await world.codeOf(mine);
    const { subscriptionId } = mine;
    await world.database.pool.query(
      'insert into line_account (line_user_id, is_friend, updated_at) values ($1, true, $2)',
      [jiro, world.clock.now().toString()],
    );
    const linked = await inTransaction(world.database.db, (tx) =>
      world.app.linking.linkApplicant(tx, { lineUserId: jiro, contractorId: null, subscriptionId }),
    );
    expect(linked.user).toBeNull();
    expect(await world.verify(token, ADULT)).toMatchObject(refused);
    expect(await toldTo(hanako)).toContain('回線が別のLINEに連携されたため終わりました');
    expect(await ownPage()).toContain('別のLINEへの連携で終わった日時');
    expect(await history()).toEqual([{ isOurs: true, detail: { partnerId: 'bank', from: 'replaced' } }]);
  });

  test('what another linked person agreed to stays', async () => {
    await linkUser(world, mine, jiro);
    const token = await agreedInTalk(hanako);
    const { access } = await agreedWithCode();
    await undo(jiro);
    expect((await world.verify(token, ADULT)).status).toBe(200);
    expect((await world.verify(access, ADULT)).status).toBe(200);
    expect(await history()).toEqual([]);
  });
});

describe('what was agreed to with the link code, by nobody known', () => {
  test('ends when nobody is linked any more, the refresh token with it', async () => {
    const { access, refresh } = await agreedWithCode();
    await undo(hanako);
    expect(await world.verify(access, ADULT)).toMatchObject(refused);
    const renewed = await world.token(shop, { grant_type: 'refresh_token', refresh_token: refresh });
    expect(renewed.body.error).toBe('invalid_grant');
    expect(await toldTo(hanako)).toContain('さかや（電話番号の末尾');
  });

  test('stands where nobody was linked in the first place: no link was undone', async () => {
    await undo(hanako);
    const { access } = await agreedWithCode();
    expect((await world.verify(access, ADULT)).status).toBe(200);
  });
});

test('what the contractor agreed to stays when a user link is undone', async () => {
  const token = await contractorAgrees();
  await undo(hanako);
  expect((await world.verify(token, ADULT)).status).toBe(200);
});

test('another registered user: whoever agreed is told in the talk, too', async () => {
  const token = await agreedInTalk(hanako);
  const user = { name: '田中 さくら', birthDate: '2015-05-05' };
  await inTransaction(world.database.db, (tx) => world.app.contractors.registerUser(tx, { ...mine, user }));
  expect(await world.verify(token, ADULT)).toMatchObject(refused);
  expect(await toldTo(hanako)).toContain('回線の利用者が変わったため終わりました');
  expect(await talk(hanako)).toContain('回線の利用者が変わったため、');
});

test('who agreed with their own LINE account takes it back, linked or not; nobody else does', async () => {
  const { access } = await agreedWithCode();
  const asGiven = 'update partner_consent set line_user_id = $1 where subscription_id = $2';
  await world.database.pool.query(asGiven, [jiro, mine.subscriptionId]);
  expect(await talk(jiro)).toContain('さかや');
  expect(await talk(newAccount())).not.toContain('さかや');
  const { rows } = await world.database.pool.query<{ id: string }>(
    'select partner_consent_id as id from partner_consent where subscription_id = $1',
    [mine.subscriptionId],
  );
  const withdraw = async (lineUserId: string) =>
    JSON.stringify(
      await world.app.ageProof.talk.hear(
        {
          db: world.database.db,
          now: world.clock.now(),
          eventId: `event-${crypto.randomUUID()}`,
          lineUserId,
          displayName: null,
          language: 'ja',
        },
        {
          kind: 'button',
          action: 'withdraw',
          params: new URLSearchParams({ consent: rows[0]?.id ?? '', sure: 'yes' }),
        },
      ),
    );
  expect(await withdraw(newAccount())).toContain('見つかりません');
  expect((await world.verify(access, ADULT)).status).toBe(200);
  expect(await withdraw(jiro)).toContain('取り消しました');
  expect(await world.verify(access, ADULT)).toMatchObject(refused);
});

test('agreeing and undoing at the same moment: no consent is left without its link', async () => {
  for (let trial = 0; trial < 12; trial += 1) {
    mine = await world.subscription();
    const lineUserId = newAccount();
    await linkUser(world, mine, lineUserId);
    const login_hint = `tel:${mine.phoneNumber}`;
    await tokenRequest(`${world.issuer}/backchannel`, bank, {
      scope: 'openid kyc-age-verification:verify',
      login_hint,
    });
    const { requestId } = await questionTo(world, lineUserId);
    const agree = tapAnswer(world, { lineUserId, action: 'agree', requestId });
    await new Promise((resolve) => setTimeout(resolve, trial * 2));
    await Promise.all([agree, undo(lineUserId)]);
  }
  const { rows } = await world.database.pool.query(
    `select from partner_consent c where proven_by = 'talk' and withdrawn_at is null
       and not exists (select from user_link l where l.line_user_id = c.line_user_id
         and l.subscription_id = c.subscription_id and l.unlinked_at is null)`,
  );
  expect(rows).toEqual([]);
});
