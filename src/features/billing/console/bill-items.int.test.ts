import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ConsoleStage, consoleStage } from '../../../../tests/support/console.ts';
import type { Page } from '../../../../tests/support/visitor.ts';

const PATH = '/console/bill-items';
const HEADER = 'id,subject,at,amountYen,label,kind';

let play: ConsoleStage;
let at: string;
beforeAll(async () => {
  play = await consoleStage();
  at = play.stage.clock.now().subtract({ hours: 1 }).toString();
});
afterAll(() => play.close());

const csv = (...rows: string[]) => [HEADER, ...rows].join('\n');
const calls = (id: string, yen = 440) => `${id},090-0000-0001,${at},${yen},国内通話料,calls`;
const reason = '8月の通話料の取り込みもれのため';
const post = (fields: Record<string, string>, as: 'agent' | 'supervisor' = 'agent') =>
  play.as(as).post(PATH, { source: 'by-hand', reason: '', go: 'check', ...fields });

const approve = (asked: Page) => play.as('supervisor').post(asked.url.pathname, { decision: 'approve', note: '' });

async function taken(): Promise<string[]> {
  const { rows } = await play.stage.app.database.pool.query<{ said: string }>(
    `select source_id || ' ' || amount_yen as said from bill_charge where source = 'by-hand' order by 1`,
  );
  return rows.map(({ said }) => said);
}

test('a check says what would become of each row, and takes none', async () => {
  const checked = await post({
    csv: csv(
      calls('a'),
      calls('b', -10),
      `c,090-9999-9999,${at},10,国内通話料,calls`,
      `d,090-0000-0001,x,10,国内,calls`,
    ),
  });
  expect(checked.status).toBe(200);
  expect(checked.text).toMatch(/新しい明細 1件 合計 440円 取り込み済み 0件 取り込めない行 3件/);
  expect(checked.text).toMatch(/3 amountYenは円の整数です.*4 この電話番号かIDの回線がありません.*5 atは/);
  expect(checked.text).not.toContain('承認を申請する');
  // What was pasted stays.
  expect(checked.html).toContain('090-9999-9999');
  expect(await taken()).toEqual([]);
});

test.each<[string, Record<string, string>, string]>([
  ['nothing', { csv: '' }, 'CSVを貼り付けてください'],
  ['a file without its columns', { csv: 'id,label\na,b' }, 'CSVを読めませんでした'],
  ['a file with a column twice', { csv: `${HEADER},label` }, '次の列が2つ以上あります：label'],
  ['more rows than one looks over', { csv: csv(...Array.from({ length: 201 }, (_, n) => `${n},x`)) }, '200行まで'],
  ['a source without a name', { csv: csv(calls('a')), source: 'の' }, '取り込み元の名前を'],
  ['a source of our own', { csv: csv(calls('a')), source: 'gift-back' }, '別の名前を入力してください'],
  ['a row that cannot be taken', { csv: csv(calls('a', -1)), go: 'ask', reason }, '取り込めない行が1行あります'],
  ['no reason', { csv: csv(calls('a')), go: 'ask' }, '理由を5文字以上'],
])('%s is told, and asked of nobody', async (_, fields, says) => {
  const refused = await post(fields);
  expect([refused.status, refused.text.includes(says)]).toEqual([422, true]);
});

test('what is good is asked for, and taken once by a second person’s approval', async () => {
  const rows = csv(calls('e', 660), `f,090-0000-0004,${at},-110,おわび,correction`);
  const checked = await post({ csv: rows });
  const asked = await checked.submit({ csv: rows, source: 'by-hand', reason, go: 'ask' }, '承認を申請する');
  expect(asked.url.pathname).toMatch(/^\/console\/requests\//);
  expect(await taken()).toEqual([]);

  const request = await play.as('supervisor').at(asked.url.pathname);
  for (const said of ['請求明細を2件取り込む', 'by-hand', '550円', '国内通話料', '660円', 'おわび', '−110円', reason]) {
    expect(request.text).toContain(said);
  }
  expect((await approve(asked)).text).toContain('承認しました');
  expect(await taken()).toEqual(['e 660', 'f -110']);
  expect((await post({ csv: rows, go: 'ask', reason })).text).toContain('どの行も取り込み済みです');
});

test('where one cannot be taken any more, none is, and the request waits', async () => {
  const asked = await post({ csv: csv(calls('g'), calls('h')), go: 'ask', reason });
  const items = [
    {
      id: 'h',
      subscriptionId: await play.subscriptionId('819000000001'),
      kind: 'calls' as const,
      occurredAt: at,
      label: { ja: '別の明細', en: 'Another' },
      amountYen: 1,
      isTaxed: true,
    },
  ];
  await play.stage.app.billing.recordItems({ source: 'by-hand', items });
  expect((await approve(asked)).text).toContain('申請し直してください');
  const now = await taken();
  expect([now.includes('h 1'), now.includes('g 440')]).toEqual([true, false]);
});
