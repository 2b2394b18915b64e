import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import type { StaffMember } from '../../src/features/staff/index.ts';
import { wordsIn } from '../support/control.ts';
import { linkCodesOf, linkUser, type OnStage, onStage } from '../support/linked.ts';
import { openStage, type Stage } from '../support/stage.ts';

/** People and staff in one talk: the queue, the transcript, the ends. A quiet Wednesday afternoon in Tokyo. */

let stage: Stage;
let taro: OnStage;
let hanako: OnStage;
let agent: StaffMember;
let supervisor: StaffMember;
beforeAll(async () => {
  stage = await openStage();
  taro = await onStage(stage, 'たろう');
  hanako = await onStage(stage, 'はなこ');
  await taro.follow();
  await hanako.follow();
  const colleagues = await stage.app.staff.colleagues();
  const named = (loginId: string) => {
    const found = colleagues.find((each) => each.loginId === loginId);
    if (!found) throw new Error(`no ${loginId}`);
    return found;
  };
  agent = named('agent');
  supervisor = named('supervisor');
});
afterAll(() => stage.close());

const staff = () => stage.app.conversations.staff;
const by = (member: StaffMember) => ({ by: member, requestId: newId() });
const rows = async <Row extends object>(text: string, values: unknown[] = []) =>
  (await stage.app.database.pool.query<Row>(text, values)).rows;

/** The person's latest conversation. */
async function latest(person: OnStage) {
  const [found] = await rows<{ id: string; state: string; because: string | null; satisfaction: number | null }>(
    `select conversation_id as id, state, closed_because as because, satisfaction from conversation
     where line_user_id = $1 order by asked_at desc, conversation_id desc limit 1`,
    [person.userId],
  );
  return found ?? { id: '', state: 'none', because: null, satisfaction: null };
}

/** Who said what, in the transcript's order; what happened in square brackets. */
async function transcript(person: OnStage): Promise<string[]> {
  const { id } = await latest(person);
  const found = await rows<{ author: string; content: { kind: string; text?: string; what?: string; label?: string } }>(
    `select author, content from conversation_message where conversation_id = $1 order by at, position`,
    [id],
  );
  return found.map(({ author, content }) => {
    if (content.kind === 'happened') return `[${content.what}]`;
    if (content.kind === 'messages') return `${author}: ${wordsIn(content).split('\n')[0]}`;
    return `${author}: ${content.text ?? content.label ?? content.kind}`;
  });
}

/** A page of ours, through LINE's sign-in, which asks the first time. */
async function signedIn(person: OnStage, path: string) {
  const page = await person.browser.go(stage.url + path);
  return page.html.includes('許可する') ? page.submit({}, '許可する') : page;
}

async function settle() {
  await stage.control.settle();
}
async function pass(duration: string) {
  await stage.control.clock({ advance: duration });
  await settle();
}
const good = async (acted: Promise<{ ok: boolean }>) => {
  expect(await acted).toMatchObject({ ok: true });
  await settle();
};

describe('without a link', () => {
  test('it says which link is needed, offers both, and takes a message', async () => {
    await taro.say('オペレーターに相談');
    const heard = await taro.heard();
    for (const part of ['利用者連携か契約者連携が必要です', '契約者連携をする', '伝言を残す'])
      expect(heard).toContain(part);
    await taro.tap('伝言を残す');
    await taro.say('新しいスマホに換えたいです');
    expect(await taro.heard()).toContain('続けてどうぞ');
    await taro.picture();
    await taro.tap('以上です');
    expect(await taro.heard()).toContain('伝言をお預かりしました');
    expect((await latest(taro)).state).toBe('left');
  });

  test('until it is answered the bot goes on answering', async () => {
    await taro.say('余ったギガは来月に繰り越せる？');
    expect(await taro.heard()).toContain('繰り越されます');
  });

  test('the answer comes by itself, under a name, and the person goes on; silence then is just silence', async () => {
    const { id: conversationId } = await latest(taro);
    await good(staff().take({ conversationId, ...by(agent) }));
    await good(staff().reply({ conversationId, ...by(agent), text: '機種は何ですか？' }));
    expect(await taro.heard()).toContain('機種は何ですか？');
    await pass('PT20M');
    expect(await taro.heard()).not.toContain('まだご覧になっていますか');
    await taro.say('らくらくホンです');
    expect(await transcript(taro)).toEqual([
      'person: オペレーターに相談',
      'bot: 担当者とトークで話すには、利用者連携か契約者連携が必要です。ご本人のご契約を確かめるためです。 伝言を残すと、担当者があとでこのトークにお返事します。',
      'person: 伝言を残す',
      '[message-begun]',
      'bot: 伝言をお書きください。何回かに分けても、写真でもかまいません。書き終えたら「以上です」を押してください。',
      'person: 新しいスマホに換えたいです',
      'bot: 続けてどうぞ。',
      'person: picture',
      'bot: 続けてどうぞ。',
      'person: 以上です',
      '[message-left]',
      'bot: 伝言をお預かりしました。担当者が確認して、このトークにお返事します。',
      'person: 余ったギガは来月に繰り越せる？',
      expect.stringMatching(/^bot: .*繰り越し/),
      '[taken]',
      'staff: 機種は何ですか？',
      'person: らくらくホンです',
    ]);
  });

  test('closed, it asks how it was; one answer counts', async () => {
    const { id: conversationId } = await latest(taro);
    await good(staff().reply({ conversationId, ...by(agent), text: '店頭で承ります' }));
    await good(staff().close({ conversationId, ...by(agent) }));
    expect(await taro.heard()).toContain('今回の対応はいかがでしたか');
    await taro.tap('😊 よい');
    expect(await taro.heard()).toContain('お答えありがとうございます');
    await stage.control.act(taro.userId, {
      type: 'postback',
      data: `conversations.rate?conversation=${conversationId}&face=1`,
    });
    await settle();
    // Nobody rates what is somebody else's.
    await stage.control.act(hanako.userId, {
      type: 'postback',
      data: `conversations.rate?conversation=${conversationId}&face=1`,
    });
    await settle();
    expect(await latest(taro)).toMatchObject({ state: 'closed', because: 'staff', satisfaction: 3 });
    await taro.say('残量');
    expect(await taro.heard()).toContain('利用者連携');
  });
});

describe('with a link, within the hours', () => {
  test('what was asked before is handed over; place and time are told, honestly', async () => {
    const [, hers = ''] = await linkCodesOf(stage, 'tanaka');
    await linkUser(stage, hanako, hers);
    await hanako.say('プレゼントの期限が切れた');
    await hanako.tap('いいえ');
    await hanako.tap('担当者と話したい');
    const heard = await hanako.heard();
    for (const part of ['次です', 'いまはわかりません', '待つのをやめる']) expect(heard).toContain(part);
    const said = await transcript(hanako);
    expect(said).toContain('person: プレゼントの期限が切れた');
    expect(said).toContain('person: 利用者連携');
    expect(said).toContain('person: いいえ');
    expect(said).toContain('person: 担当者と話したい');
    expect(said.at(-1)).toContain('担当者におつなぎします');
  });

  test('giving up takes the place out of the queue; asking again begins anew', async () => {
    await hanako.tap('待つのをやめる');
    expect(await hanako.heard()).toContain('受付を取り消しました');
    expect(await latest(hanako)).toMatchObject({ state: 'closed', because: 'person' });
    await hanako.say('人と話したい');
    expect((await latest(hanako)).state).toBe('waiting');
    // Nobody has read the question yet: it is handed over again.
    expect(await transcript(hanako)).toContain('person: プレゼントの期限が切れた');
  });

  test('taken, words go to staff and not to the bot; the menu goes on working, and both are in the transcript', async () => {
    const { id: conversationId } = await latest(hanako);
    await hanako.say('残量');
    expect(await hanako.heard()).toBe('');
    await hanako.say('オペレーター');
    expect(await hanako.heard()).toContain('次です');
    await rows(`update staff set public_name = 'いのうえ' where staff_id = $1`, [agent.staffId]);
    await good(staff().take({ conversationId, ...by(agent) }));
    expect(await hanako.heard()).toContain('担当のいのうえです');
    await hanako.sticker();
    await hanako.picture();
    await hanako.tap('データ残量確認');
    expect(await hanako.heard()).toMatch(/残り|データ/);
    const said = await transcript(hanako);
    expect(said.slice(said.indexOf('[taken]'))).toEqual([
      '[taken]',
      'bot: 担当のいのうえです。おうかがいします。',
      'person: sticker',
      'person: picture',
      'person: データ残量確認',
      expect.stringMatching(/^bot: /),
    ]);
  });

  test('parallel words of both sides: none lost, none doubled, each side’s in its order, also with LINE sending twice', async () => {
    const { id: conversationId } = await latest(hanako);
    await stage.control.faults({ webhook: { duplicate: 1 } });
    const hers = ['一', '二', '三', '四', '五', '六'].map((number) => `はなこ ${number}`);
    const theirs = ['1', '2', '3', '4', '5', '6'].map((number) => `窓口 ${number}`);
    await Promise.all([
      (async () => {
        for (const text of hers) await hanako.say(text);
      })(),
      (async () => {
        for (const text of theirs) {
          const act = { conversationId, ...by(agent), text };
          // A double tap.
          await Promise.all([staff().reply(act), staff().reply(act)]);
        }
      })(),
    ]);
    await settle();
    await stage.control.noFaults();
    const said = await transcript(hanako);
    expect(said.filter((line) => line.startsWith('person: はなこ '))).toEqual(hers.map((text) => `person: ${text}`));
    expect(said.filter((line) => line.startsWith('staff: '))).toEqual(theirs.map((text) => `staff: ${text}`));
    const shown = (await hanako.heardAll()).filter((text) => text.startsWith('窓口 '));
    expect(shown).toEqual(theirs);
  });

  test('what is taken back is gone everywhere, and that there was something stays', async () => {
    const { id } = await hanako.say('暗証番号は 4649 です');
    await hanako.unsend(id);
    expect((await transcript(hanako)).at(-1)).toBe('person: unsent');
    const kept = await rows(
      `select 1 from conversation_message where content::text like '%暗証番号は 4649%'
       union all select 1 from line_event where payload::text like '%暗証番号は 4649%'
       union all select 1 from line_arrival where events like '%暗証番号は 4649%'`,
    );
    expect(kept).toEqual([]);
  });

  test('they read and save what was said, and nobody else does', async () => {
    const { id: conversationId } = await latest(hanako);
    await good(staff().note({ conversationId, ...by(agent), text: '料金の件は内密に' }));
    const list = await signedIn(hanako, '/conversations');
    const page = await list.follow('相談中');
    for (const part of ['担当 いのうえ', '窓口 3', 'はなこ 三', '［スタンプ：Happy］', '（送信を取り消しました）']) {
      expect(page.text).toContain(part);
    }
    expect(page.text).not.toContain('内密');
    await expect
      .poll(async () => {
        await stage.app.jobs.runDue();
        return (await hanako.browser.go(`${stage.url}/conversations/${conversationId}`)).html;
      })
      .toContain('<img src="/conversations/');
    const [picture] = await rows<{ path: string }>(
      `select '/conversations/' || conversation_id || '/pictures/' || line_message_id as path
       from conversation_picture where conversation_id = $1`,
      [conversationId],
    );
    const address = `${stage.url}${picture?.path}`;
    const hers = await hanako.browser.go(address);
    expect([hers.status, hers.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    expect((await signedIn(taro, picture?.path ?? '')).status).toBe(404);
    const saved = await hanako.browser.go(`${stage.url}/conversations/${conversationId}/text`);
    expect(saved.html).toContain('窓口 3');
    expect(saved.html).toContain(`（写真）\nhttp`);
    expect(saved.html).toContain(picture?.path ?? 'a picture');
    expect(saved.html).not.toContain('内密');
    expect((await signedIn(taro, `/conversations/${conversationId}`)).status).toBe(404);
  });

  test('in standby the bot is silent, and what is said is noted; then everything is as before', async () => {
    await stage.control.mode('standby');
    await hanako.say('別の窓口とも話しています');
    await taro.say('ヘルプ');
    expect([await hanako.heard(), await taro.heard()]).toEqual(['', '']);
    expect((await transcript(hanako)).at(-1)).toBe('person: 別の窓口とも話しています');
    await stage.control.mode('active');
    await taro.say('ヘルプ');
    expect(await taro.heard()).toContain('お困りのこと');
  });

  test('handed over, the colleague’s name is told; silence is asked about, then ends it', async () => {
    const { id: conversationId } = await latest(hanako);
    await good(staff().handOver({ conversationId, ...by(agent), to: supervisor.staffId }));
    expect(await hanako.heard()).toContain('担当者が代わりました');
    await good(staff().reply({ conversationId, ...by(supervisor), text: 'ほかにご質問はありますか？' }));
    await pass('PT10M');
    expect(await hanako.heard()).toContain('まだご覧になっていますか');
    await hanako.tap('います');
    await good(staff().reply({ conversationId, ...by(supervisor), text: 'どうぞ' }));
    await pass('PT10M');
    await pass('PT5M');
    expect(await hanako.heard()).toContain('お返事がないため');
    expect(await latest(hanako)).toMatchObject({ state: 'closed', because: 'silence' });
  });
});

describe('when nobody is there', () => {
  test('who still waits at seven becomes a message left; who comes later reads when it opens', async () => {
    await hanako.say('担当者と話したい');
    await hanako.say('子どもの回線のことです');
    expect((await latest(hanako)).state).toBe('waiting');
    await stage.control.clock({ set: '2026-11-18T19:00:00+09:00' });
    await settle();
    expect(await hanako.heard()).toContain('本日の受付時間が終わりました');
    expect((await latest(hanako)).state).toBe('left');
    await hanako.say('オペレーター');
    expect(await hanako.heard()).toContain('お預かりした伝言');
    const [his = ''] = await linkCodesOf(stage, 'tanaka');
    await linkUser(stage, taro, his);
    await taro.say('オペレーター');
    expect(await taro.heard()).toContain('いまは受付時間外です。次は11月19日（木）10:00から受け付けます。');
  });

  test('nothing written is no message, and does not stay', async () => {
    await taro.tap('伝言を残す');
    await pass('PT10M');
    expect(await latest(taro)).toMatchObject({ state: 'closed', because: 'nothing-said' });
  });
});
