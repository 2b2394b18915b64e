import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LinkingWorld, linkingWorld, nonceOf, PASSWORD } from '../../../tests/support/linking.ts';
import { checkDigit } from '../../base/check-digit.ts';
import { endContractorLinks, endUserLinks, type LinkMatch } from './store.ts';

let world: LinkingWorld;
beforeAll(async () => {
  world = await linkingWorld();
});
afterAll(() => world.close());

describe('contractor link', () => {
  test('tap, login, dialogue: linked, told, menu changed, recorded', async () => {
    const tanaka = await world.contractor('tanaka', '田中 太郎');
    const taro = await world.person('たろう');
    const browser = world.browser();
    const page = await browser.open(await world.tap(taro, 'contractor'));
    expect(page.status).toBe(200);
    expect(page.text).toContain('たろうさん');
    expect(page.text).toContain('いつでも解除できます');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');

    const sent = await browser.post('/link/contractor', { loginId: 'Tanaka ', password: PASSWORD });
    expect(sent.location).toMatch(/^https:\/\/access\.line\.test\/dialog\/bot\/accountLink\?linkToken=.+&nonce=.{43}$/);
    expect(await world.linking.linkStateOf(world.sql, taro)).toBe('nobody');

    const answer = await world.report(nonceOf(sent), taro);
    expect(answer?.lineUserId).toBe(taro);
    expect(JSON.stringify(answer?.messages)).toContain('契約者連携が完了しました');
    expect(await world.linking.linkStateOf(world.sql, taro)).toBe('contractor');
    expect(await world.linking.contractorLinksOf(world.sql, taro)).toMatchObject([
      { contractorId: tanaka.contractorId },
    ]);
    expect(await world.count('outbox', `line_user_id = '${taro}' and kind = 'rich-menu'`)).toBe(1);
    expect(
      await world.count(
        'audit_log',
        `action = 'linking.contractor-linked' and contractor_id = '${tanaka.contractorId}'`,
      ),
    ).toBe(1);

    const after = await browser.get('/link/contractor');
    expect(after.text).toContain('契約者連携が完了しました');
  });

  test('others linked to the contract are told, in their own language', async () => {
    await world.contractor('family');
    const father = await world.person('父', 'en');
    const mother = await world.person('母');
    await world.linkContractor(father, 'family');
    await world.linkContractor(mother, 'family');
    expect(await world.told(father)).toEqual([expect.stringContaining('The LINE account of 母 has been linked')]);
    expect(await world.told(mother)).toEqual([]);
  });

  test('a contract takes three accounts', async () => {
    await world.contractor('crowd');
    for (const name of ['一', '二', '三']) await world.linkContractor(await world.person(name), 'crowd');
    const fourth = await world.person('四');
    await expect(world.linkContractor(fourth, 'crowd')).rejects.toThrow('LINEの数を超えています');
  });

  test.each([
    ['an unknown ID', { loginId: 'nobody-here', password: PASSWORD }],
    ['a wrong password', { loginId: 'someone', password: 'not the right password' }],
  ])('%s: one sentence that does not say which, the ID kept, the password not', async (_what, typed) => {
    if (typed.loginId === 'someone') await world.contractor('someone');
    const browser = world.browser();
    await browser.open(await world.tap(await world.person('だれか'), 'contractor'));
    const page = await browser.post('/link/contractor', typed);
    expect(page.status).toBe(422);
    expect(page.text).toContain('ログインIDまたはパスワードが違います');
    expect(page.text).toContain(`value="${typed.loginId}"`);
    expect(page.text).not.toContain(typed.password);
  });

  test('an empty form asks for what is missing and costs no try', async () => {
    const browser = world.browser();
    await browser.open(await world.tap(await world.person('から'), 'contractor'));
    const page = await browser.post('/link/contractor', { loginId: '', password: '' });
    expect(page.status).toBe(422);
    expect(page.text).toContain('ログインIDを入力してください');
    expect(page.text).toContain('パスワードを入力してください');
  });
});

describe('user link', () => {
  test('tap, code, dialogue: linked; opened again it shows the last four digits', async () => {
    const { contractorId } = await world.contractor('sato');
    const subscription = await world.subscription(contractorId);
    const ken = await world.person('けん');
    const browser = world.browser();
    await browser.open(await world.tap(ken, 'user'));
    const typed = subscription
      .code()
      .replace(/(.{4})/g, '$1－')
      .normalize('NFKC');
    const sent = await browser.post('/link/user', { code: typed });
    expect(sent.status).toBe(303);
    const answer = await world.report(nonceOf(sent), ken);
    expect(JSON.stringify(answer?.messages)).toContain(`•••• ${subscription.code().slice(-4)}`);

    const again = await browser.open(await world.tap(ken, 'user'));
    expect(again.text).toContain('連携済み利用コード');
    expect(again.text).toContain(`•••• ${subscription.code().slice(-4)}`);
    expect(again.text).not.toContain(subscription.code());
    expect(await world.linking.chosenSubscription(world.sql, ken)).toBe(subscription.subscriptionId);
    const linked = await world.linking.lineAccountsLinkedTo(world.sql, [subscription.subscriptionId]);
    expect(linked.get(subscription.subscriptionId)).toMatchObject([{ lineUserId: ken }]);
  });

  test('several subscriptions: the first is meant until another is chosen, and only own ones can be', async () => {
    const { contractorId } = await world.contractor('several');
    const [first, second] = [await world.subscription(contractorId), await world.subscription(contractorId)];
    const foreign = await world.subscription(contractorId);
    const person = await world.person('ふたつ');
    await world.linkUser(person, first.code());
    world.clock.advance('PT1S');
    await world.linkUser(person, second.code());
    const chosen = () => world.linking.chosenSubscription(world.sql, person);
    expect(await chosen()).toBe(first.subscriptionId);
    await world.hear(person, `link-user.choose?subscription=${second.subscriptionId}`);
    expect(await chosen()).toBe(second.subscriptionId);
    await world.linkUser(await world.person('別の人'), foreign.code());
    const refused = await world.hear(person, `link-user.choose?subscription=${foreign.subscriptionId}`);
    expect(JSON.stringify(refused)).toContain('連携されていません');
    expect(await chosen()).toBe(second.subscriptionId);
  });

  describe('when a code does not work each cause says so, with its remedy', () => {
    const send = async (code: string) => {
      const browser = world.browser();
      await browser.open(await world.tap(await world.person('入力'), 'user'));
      return browser.post('/link/user', { code });
    };
    const wrongCheckDigit = (code: string) => code.slice(0, 15) + ((Number(code[15]) + 1) % 10);

    test('too short', async () => expect((await send('1234')).text).toContain('16桁ではありません'));
    test('typed wrong', async () => {
      const { code } = await world.subscription((await world.contractor('slip')).contractorId);
      const page = await send(wrongCheckDigit(code()));
      expect(page.status).toBe(422);
      expect(page.text).toContain('数字がどこか違っています');
      expect(page.text).toContain(`value="${wrongCheckDigit(code())}"`);
    });
    test('not open yet: from when', async () => {
      const { contractorId } = await world.contractor('soon');
      const { code } = await world.subscription(contractorId, { opensAt: 'PT48H' });
      expect((await send(code())).text).toContain('開通予定：2026年11月20日 14:00');
    });
    test('ended', async () => {
      const { contractorId } = await world.contractor('gone');
      const { code } = await world.subscription(contractorId, { endedAt: '-PT1H' });
      expect((await send(code())).text).toContain('ご利用が終了しています');
    });
    test('linked to another account', async () => {
      const { contractorId } = await world.contractor('taken');
      const { code } = await world.subscription(contractorId);
      await world.linkUser(await world.person('先の人'), code());
      expect((await send(code())).text).toContain('別のLINEと連携されています');
    });
    test('unknown and superseded: the same answer, byte for byte', async () => {
      const { contractorId } = await world.contractor('old-code');
      const subscription = await world.subscription(contractorId);
      const superseded = subscription.code();
      const again = { contractorId, subscriptionId: subscription.subscriptionId, undoLink: false, reason: null };
      expect((await world.linking.linkCodes.reissue(again)).ok).toBe(true);
      const unknown = `999999999999999${checkDigit('999999999999999')}`;
      const [a, b] = [await send(superseded), await send(unknown)];
      expect(a.status).toBe(b.status);
      expect(a.text).toContain('この利用コードは使えません');
      expect(a.text.replace(superseded, '')).toBe(b.text.replace(unknown, ''));
    });
  });

  test('a newer code lets a new account take over, and the old one is told', async () => {
    const { contractorId } = await world.contractor('relink');
    const { subscriptionId, code } = await world.subscription(contractorId);
    const [old, fresh] = [await world.person('前のLINE'), await world.person('新しいLINE')];
    await world.linkUser(old, code());
    world.clock.advance('PT1M');
    const issued = await world.linking.linkCodes.reissue({
      contractorId,
      subscriptionId,
      undoLink: false,
      reason: null,
    });
    expect(issued.ok).toBe(true);
    expect(await world.linking.linkStateOf(world.sql, old)).toBe('user');
    await world.linkUser(fresh, issued.ok ? issued.value.code : '');
    expect(await world.linking.linkStateOf(world.sql, old)).toBe('nobody');
    expect(await world.linking.linkStateOf(world.sql, fresh)).toBe('user');
    expect((await world.told(old)).at(-1)).toContain('新しい利用コードで別のLINEに連携された');
  });
});

test('a code sent in the talk leads to its page, and is not said again', async () => {
  const person = await world.person('かみのひと');
  const handler = world.linking.talk.find(({ name }) => name === 'link-user');
  for (const said of ['1234567890123456', '１２３４ ５６７８-9012-3456', '1234 5678 9OI2 3456']) {
    const word = handler?.meaning?.(said) ?? '';
    const answer = JSON.stringify(
      await handler?.hear(
        {
          db: world.database.db,
          now: world.clock.now(),
          eventId: said,
          lineUserId: person,
          displayName: null,
          language: 'ja',
        },
        { kind: 'word', word },
      ),
    );
    expect(answer).toContain('次のボタンで開くページに入力してください');
    expect(answer).toContain('/link/user');
    expect(answer + word).not.toMatch(/1234.?5678/);
  }
  for (const other of ['123456789012', '1234567890123456 です', '残量']) expect(handler?.meaning?.(other)).toBeNull();
});

describe('as many links as one LINE account can have', () => {
  test('of contractors: the talk says so and what to do, and offers no other, from an older message either', async () => {
    const person = await world.person('いつつ');
    for (const n of [1, 2, 3, 4, 5]) {
      await world.contractor(`of-five-${n}`);
      await world.linkContractor(person, `of-five-${n}`);
      const said = JSON.stringify(await world.hear(person, '契約者連携'));
      expect([n, said.includes('別のご契約も連携する')]).toEqual([n, n < 5]);
    }
    for (const heard of ['契約者連携', 'link-contractor.add']) {
      const said = JSON.stringify(await world.hear(person, heard));
      expect(said).toContain('連携できるご契約は5件までです');
      expect(said).not.toContain('/link/contractor');
    }
  });

  test('of subscriptions: the same', async () => {
    const { contractorId } = await world.contractor('of-ten');
    const person = await world.person('とお');
    for (let n = 1; n <= 10; n += 1) {
      await world.linkUser(person, (await world.subscription(contractorId)).code());
    }
    for (const heard of ['利用者連携', 'link-user.add']) {
      const said = JSON.stringify(await world.hear(person, heard));
      expect(said).toContain('連携できる回線は10回線までです');
      expect(said).not.toMatch(/別の回線も連携する|link\/user/);
    }
  });
});

describe('undoing in the talk', () => {
  test('lists the links, says what is lost, does it once', async () => {
    const { contractorId } = await world.contractor('leaver', '離れる人');
    const { code } = await world.subscription(contractorId);
    const person = await world.person('さよなら');
    await world.linkContractor(person, 'leaver');
    await world.linkUser(person, code());
    const list = JSON.stringify(await world.hear(person, '解除'));
    expect(list).toContain('契約者連携：離れる人');
    const data = /unlink\.contractor\?link=[0-9a-f-]{36}/.exec(list)?.[0] ?? '';
    const question = JSON.stringify(await world.hear(person, data));
    expect(question).toContain('マイページをパスワードなしで開くこと');
    expect(await world.linking.linkStateOf(world.sql, person)).toBe('both');

    const yes = () => world.hear(person, `${data}&sure=yes`);
    const answers = [JSON.stringify(await yes()), JSON.stringify(await yes())];
    expect(answers[0]).toContain('契約者連携を解除しました');
    expect(answers[1]).toBe(answers[0]);
    expect(await world.linking.linkStateOf(world.sql, person)).toBe('user');
    expect(
      await world.count('audit_log', `action = 'linking.contractor-unlinked' and contractor_id = '${contractorId}'`),
    ).toBe(1);
  });

  test('of several user links each is named by whose it is, whatever the ends of the numbers', async () => {
    const person = await world.person('なんにん');
    for (const [loginId, name] of [
      ['hanako-line', '花子'],
      ['sakura-line', 'さくら'],
    ] as const) {
      const { contractorId } = await world.contractor(loginId, name);
      await world.linkUser(person, (await world.subscription(contractorId)).code());
    }
    const list = JSON.stringify(await world.hear(person, '解除'));
    expect(list).toMatch(/利用者連携：花子 様の回線（末尾\d{4}）.*利用者連携：さくら 様の回線（末尾\d{4}）/);
  });

  test("somebody else's link is not there", async () => {
    const { contractorId } = await world.contractor('owner');
    const [owner, stranger] = [await world.person('持ち主'), await world.person('他人')];
    await world.linkContractor(owner, 'owner');
    const [link] = await world.linking.contractorLinksOf(world.sql, owner);
    const answer = await world.hear(stranger, `unlink.contractor?link=${link?.contractorLinkId}&sure=yes`);
    expect(JSON.stringify(answer)).toContain('まだ連携がありません');
    expect(await world.linking.lineAccountsOfContractor(world.sql, contractorId)).toHaveLength(1);
  });

  test('undone from My Page: the person is told, and what they had open closes', async () => {
    const { contractorId } = await world.contractor('portal');
    const person = await world.person('ポータル');
    await world.linkContractor(person, 'portal');
    await world.database.pool.query(
      `insert into web_session (session_id, secret_hash, contractor_id, line_user_id, method, created_at, authenticated_at, seen_at)
       values (gen_random_uuid(), '\\x01', $1, $2, 'line-login', now(), now(), now())`,
      [contractorId, person],
    );
    expect(await world.linking.unlinkContractor({ contractorId, lineUserId: person, from: 'my-page' })).toBe(true);
    expect(await world.linking.unlinkContractor({ contractorId, lineUserId: person, from: 'my-page' })).toBe(false);
    expect(await world.told(person)).toEqual([expect.stringContaining('契約者連携が解除されました')]);
    const { rows } = await world.database.pool.query(
      'select ended_at is not null as ended from web_session where line_user_id = $1',
      [person],
    );
    expect(rows).toEqual([{ ended: true }]);
  });
});

describe('undoing takes the links that match all that is given, and no others', () => {
  const now = () => world.clock.now();

  test('user links', async () => {
    const [own, other] = [await world.contractor('match-own'), await world.contractor('match-other')];
    const [first, second] = [await world.subscription(own.contractorId), await world.subscription(own.contractorId)];
    const foreign = await world.subscription(other.contractorId);
    const [person, child] = [await world.person('親'), await world.person('子')];
    for (const { code } of [first, foreign]) await world.linkUser(person, code());
    await world.linkUser(child, second.code());
    const all = [first, second, foreign].map((each) => each.subscriptionId);
    const links = await world.linking.lineAccountsLinkedTo(world.sql, all);
    const [of1 = '', of2 = '', of3 = ''] = all.map((id) => links.get(id)?.[0]?.userLinkId);
    const undo = async (match: LinkMatch) =>
      (await endUserLinks(world.sql, now(), match, 'console')).map((link) => link.userLinkId);

    expect(await undo({ linkId: of1, contractorId: other.contractorId })).toEqual([]);
    expect(await undo({ linkId: of1, lineUserId: child })).toEqual([]);
    expect(await undo({ linkId: of1, subscriptionId: second.subscriptionId })).toEqual([]);
    await expect(undo({ contractorId: own.contractorId })).rejects.toThrow('which link');
    expect(await undo({ lineUserId: person, contractorId: own.contractorId })).toEqual([of1]);
    expect(await undo({ linkId: of1 })).toEqual([]);

    const choice = { lineUserId: person, subscriptionId: first.subscriptionId };
    expect(await world.linking.chooseSubscription(world.sql, choice)).toBe(false);
    expect(await world.linking.chosenSubscription(world.sql, person)).toBe(foreign.subscriptionId);
    expect((await world.linking.userLinksOf(world.sql, person)).map((link) => link.userLinkId)).toEqual([of3]);
    expect(new Set((await world.linking.lineAccountsLinkedTo(world.sql, all)).keys())).toEqual(new Set(all.slice(1)));
    expect(await undo({ subscriptionId: second.subscriptionId })).toEqual([of2]);
    expect(await undo({ linkId: of3 })).toEqual([of3]);
    expect(await world.linking.linkStateOf(world.sql, person)).toBe('nobody');
  });

  test('contractor links', async () => {
    const [own, other] = [await world.contractor('match-one'), await world.contractor('match-two')];
    const [person, partner] = [await world.person('夫'), await world.person('妻')];
    for (const loginId of ['match-one', 'match-two']) await world.linkContractor(person, loginId);
    await world.linkContractor(partner, 'match-one');
    const links = await world.linking.contractorLinksOf(world.sql, person);
    const [of1 = '', of2 = ''] = [own, other].map(
      ({ contractorId }) => links.find((link) => link.contractorId === contractorId)?.contractorLinkId,
    );
    const undo = async (match: Omit<LinkMatch, 'subscriptionId'>) =>
      (await endContractorLinks(world.sql, now(), match, 'console')).map((link) => link.contractorLinkId);

    expect(await undo({ linkId: of1, contractorId: other.contractorId })).toEqual([]);
    expect(await undo({ linkId: of1, lineUserId: partner })).toEqual([]);
    await expect(undo({ contractorId: own.contractorId })).rejects.toThrow('which link');
    expect(await undo({ lineUserId: person, contractorId: own.contractorId })).toEqual([of1]);
    expect(await undo({ linkId: of1 })).toEqual([]);
    expect(await world.linking.contractorLinksOf(world.sql, person)).toMatchObject([{ contractorLinkId: of2 }]);
    expect(await world.linking.lineAccountsOfContractor(world.sql, own.contractorId)).toMatchObject([
      { lineUserId: partner },
    ]);
    expect(await undo({ linkId: of2 })).toEqual([of2]);
    expect(await world.linking.linkStateOf(world.sql, person)).toBe('nobody');
  });
});

describe('words', () => {
  test('連携 offers both kinds, 契約者連携 and 利用者連携 their own', async () => {
    const person = await world.person('ことば');
    const both = JSON.stringify(await world.hear(person, '連携'));
    expect(both).toContain('link-contractor.open');
    expect(both).toContain('link-user.open');
    expect(JSON.stringify(await world.hear(person, '契約者連携'))).toContain('/link/contractor?linkToken=');
    expect(JSON.stringify(await world.hear(person, '利用者連携'))).toContain('/link/user?linkToken=');
    expect(JSON.stringify(await world.hear(person, '解除'))).toContain('まだ連携がありません');
  });
});
