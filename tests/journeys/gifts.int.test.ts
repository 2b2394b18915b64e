import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runnerOf } from '../../src/infra/db/index.ts';
import { verifyLedger } from '../../src/ledger/index.ts';
import { linkCodesOf, linkUser, type OnStage, onStage, openFrom } from '../support/linked.ts';
import { openStage, type Stage } from '../support/stage.ts';
import type { Page } from '../support/visitor.ts';

const GB = 1_000_000_000;

let stage: Stage;
let taro: OnStage;
let hanako: OnStage;
let ken: OnStage;
beforeAll(async () => {
  stage = await openStage();
  [taro, hanako, ken] = [await onStage(stage, 'たろう'), await onStage(stage, 'はなこ'), await onStage(stage, 'けん')];
  const [first = '', second = ''] = await linkCodesOf(stage, 'tanaka');
  const [other = ''] = await linkCodesOf(stage, 'sato');
  for (const [person, code] of [
    [taro, first],
    [hanako, second],
    [ken, other],
  ] as const) {
    await person.follow();
    await linkUser(stage, person, code);
    await signIn(person);
  }
});
afterAll(async () => {
  expect(await verifyLedger(runnerOf(stage.app.database.db))).toEqual([]);
  await stage.close();
});

/** Once through LINE's consent; from then on pages open at once. */
async function signIn(person: OnStage) {
  const consent = await person.browser.go(`${stage.url}/login/line?next=/gifts`);
  await consent.submit({}, '許可する');
}

const newGift = async (person: OnStage): Promise<Page> => {
  await person.tap('データプレゼント');
  return openFrom(person, 'データを贈る');
};

/** What is left in all, from the interface. */
async function left(msisdn: string): Promise<number> {
  const { rows } = await stage.app.database.pool.query<{ left: number }>(
    `select coalesce(sum(remaining), 0)::bigint as left from ledger_lot join subscription on subscription_id = owner_id
     where msisdn = $1 and expires_at > $2`,
    [msisdn, stage.clock.now().toString()],
  );
  return rows[0]?.left ?? 0;
}
const [TARO, HANAKO, KEN] = ['819000000001', '819000000002', '819000000004'];

describe('a gift by share link', () => {
  let sent: Page;
  let link: string;

  test('is set aside at once', async () => {
    const before = await left(TARO);
    sent = await (await newGift(taro)).submit({ amount: String(GB), to: 'link' });
    expect(sent.url.pathname).toMatch(/^\/gifts\/[0-9a-f-]{36}$/);
    expect(await left(TARO)).toBe(before - GB);
    const share = new URL(sent.link('LINEで送る'));
    expect(share.origin + share.pathname).toBe('https://line.me/R/share');
    link = /https?:\/\/\S+\/gifts\/claim\/\S+/.exec(share.searchParams.get('text') ?? '')?.[0] ?? '';
    expect(link).toContain('/gifts/claim/');
  });

  test('reaches somebody else through LINE’s friend picker, who claims it; both are told and balances are right', async () => {
    await taro.share(new URL(sent.link('LINEで送る')).searchParams.get('text') ?? '', [ken.userId]);
    expect((await ken.inbox()).at(-1)?.text).toContain(link);
    const before = await left(KEN);
    const claim = await ken.browser.go(link);
    expect(claim.text).toContain('たろう');
    expect(claim.text).not.toMatch(/090-?0000/);
    expect((await claim.submit({}, '受け取る')).text).toContain('1GBのデータを受け取りました');
    await stage.control.settle();
    expect(await left(KEN)).toBe(before + GB);
    expect((await ken.heardAll()).at(-1)).toContain('1GBのデータを受け取りました');
    expect((await taro.heardAll()).at(-1)).toContain('けんさんが1GBのデータを受け取りました');
  });

  test('is claimed once, by one: the link now says so', async () => {
    const before = await left(HANAKO);
    const late = await hanako.browser.go(link);
    expect(late.text).toMatch(/受け取り済み|すでに受け取ら/);
    expect(await left(HANAKO)).toBe(before);
  });

  test('a double tap on the form is one gift', async () => {
    const form = await newGift(taro);
    const before = await left(TARO);
    const [one, two] = await Promise.all([
      form.submit({ amount: String(GB / 2), to: 'link' }),
      form.submit({ amount: String(GB / 2), to: 'link' }),
    ]);
    expect(two?.url.href).toBe(one?.url.href);
    expect(await left(TARO)).toBe(before - GB / 2);
    await one?.submit({}, '取り消す');
    expect(await left(TARO)).toBe(before);
  });

  test('a stranger cannot see or take back another’s gift: 404', async () => {
    expect((await ken.browser.go(sent.url)).status).toBe(404);
  });
});

describe('a gift to a person of the same contract', () => {
  const offer = async () => {
    const form = await newGift(taro);
    const mate = /value="([0-9a-f-]{36})"[^>]*>(?:(?!value=)[\s\S])*?田中 花子/.exec(form.html)?.[1] ?? '';
    return form.submit({ amount: String(GB / 2), to: mate });
  };

  test('arrives in her talk and is accepted there, once however often LINE sends the tap', async () => {
    const before = await left(HANAKO);
    await offer();
    await stage.control.settle();
    expect((await hanako.heardAll()).at(-1)).toContain('500MBのデータプレゼントが届いています');
    await stage.control.faults({ webhook: { duplicate: 1 } });
    await hanako.tap('受け取る');
    await stage.control.noFaults();
    expect(await left(HANAKO)).toBe(before + GB / 2);
    expect((await taro.heardAll()).at(-1)).toContain('はなこさんが500MBのデータを受け取りました');
  });

  test('declined: it returns, and the sender is told', async () => {
    const before = await left(TARO);
    await offer();
    await stage.control.settle();
    expect(await left(TARO)).toBe(before - GB / 2);
    await hanako.tap('辞退する');
    expect(await left(TARO)).toBe(before - GB / 2);
    expect((await hanako.heardAll()).at(-1)).toContain('辞退しますか？ あとから受け取ることはできません');
    await hanako.tap('辞退する');
    expect(await left(TARO)).toBe(before);
    expect((await taro.heardAll()).at(-1)).toContain('辞退しました');
  });

  test('not accepted in 72 hours: it returns by itself', async () => {
    const before = await left(TARO);
    await offer();
    await stage.control.clock({ advance: 'PT72H' });
    await stage.control.settle();
    expect(await left(TARO)).toBe(before);
    expect((await taro.heardAll()).at(-1)).toContain('期限までに受け取られませんでした');
  });
});

describe('a gift by a code to read out', () => {
  test('is shown to its sender, typed by whoever hears it, and accepted; both are told', async () => {
    const before = await left(KEN);
    const sent = await (await newGift(taro)).submit({ amount: String(GB / 2), to: 'code' });
    const code = /\d{4} \d{4} \d{4}/.exec(sent.text)?.[0] ?? '';
    expect(code).not.toBe('');
    await ken.say('ギフトコード');
    const form = await openFrom(ken, 'ギフトコードを入力');
    const slip = `${code.slice(0, -1)}${(Number(code.at(-1)) + 1) % 10}`;
    expect((await form.submit({ code: slip })).text).toContain('打ち間違い');
    const claim = await form.submit({ code });
    expect(claim.text).toContain('たろう');
    await claim.submit({}, '受け取る');
    await stage.control.settle();
    expect(await left(KEN)).toBe(before + GB / 2);
    expect((await ken.heardAll()).at(-1)).toContain('500MBのデータを受け取りました');
    expect((await taro.heardAll()).at(-1)).toContain('けんさんが500MBのデータを受け取りました');
    expect((await form.submit({ code })).text).toContain('このコードで受け取れるプレゼントはありません');
  });
});

describe('a gift to a phone number', () => {
  const offer = async (number: string) => {
    const form = await newGift(taro);
    return form.submit({ amount: String(GB / 2), to: 'number', number });
  };

  test('arrives in the talk of whoever has it, and is accepted there', async () => {
    const before = await left(KEN);
    const sent = await offer('090-0000-0004');
    expect(sent.text).toContain('この番号で受け取れる場合は、相手にお知らせが届きます');
    await stage.control.settle();
    expect((await ken.heardAll()).at(-1)).toContain('500MBのデータプレゼントが届いています');
    await ken.tap('受け取る');
    expect(await left(KEN)).toBe(before + GB / 2);
  });

  test('that is nobody’s looks the same, and comes back when its time is up', async () => {
    const before = await left(TARO);
    const sent = await offer('090-9999-9999');
    expect(sent.text).toContain('この番号で受け取れる場合は、相手にお知らせが届きます');
    expect(await left(TARO)).toBe(before - GB / 2);
    await stage.control.clock({ advance: 'PT72H' });
    await stage.control.settle();
    expect(await left(TARO)).toBe(before);
    expect((await taro.heardAll()).at(-1)).toContain('期限までに受け取られませんでした');
  });
});

describe('refusals', () => {
  test.each([
    ['not a whole step', String(GB / 2 + 1), /500MB/],
    ['under the minimum', '100MB', /500MB/],
    ['more than there is', String(100 * GB), /贈れ|足り|上限/],
  ])('%s: a sentence, and what was typed is kept', async (_, amount, words) => {
    const before = await left(KEN);
    const form = await newGift(ken);
    const refused = await form.submit({ amount, to: 'link' });
    expect(refused.status).toBe(422);
    expect(refused.text).toMatch(words);
    expect(await left(KEN)).toBe(before);
  });

  test('from 23:00 on the last day gifts are closed', async () => {
    const form = await newGift(ken);
    await stage.control.clock({ set: '2026-11-30T23:00:00+09:00' });
    const refused = await form.submit({ amount: String(GB), to: 'link' });
    expect(refused.text).toMatch(/1時|1:00|午前1時/);
    await ken.say('プレゼント');
    expect(await ken.heard()).not.toContain('データを贈る');
  });

  test('who has no user link is told which, why, and gets one button', async () => {
    const sakura = await onStage(stage, 'さくら');
    await sakura.follow();
    await sakura.tap('データプレゼント');
    expect(await sakura.heard()).toContain('利用者連携');
  });
});
