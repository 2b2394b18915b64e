import { describe, expect, test } from 'vitest';
import { GB, MB } from '../../base/bytes.ts';
import {
  Amount,
  BucketMeter,
  CodeField,
  CopyButton,
  DataTable,
  ErrorSummary,
  Field,
  Form,
  Notice,
  QrCode,
  RadioCards,
  Steps,
  SummaryList,
  UsageChart,
} from './components.tsx';

const html = (element: { toString(): string | Promise<string> }) => String(element);
const attribute = (text: string, name: string) => new RegExp(` ${name}="([^"]*)"`).exec(text)?.[1];

describe('what people typed is shown as text', () => {
  const nasty = `"><script>alert('x')</script>`;
  test.each([
    ['a field', () => <Field name="a" label={nasty} value={nasty} error={nasty} hint={nasty} />],
    ['a summary list', () => <SummaryList rows={[{ term: nasty, value: nasty }]} />],
    ['a notice', () => <Notice kind="info">{nasty}</Notice>],
    ['a table', () => <DataTable caption={nasty} head={[nasty]} rows={[[nasty]]} />],
    ['an error summary', () => <ErrorSummary errors={[{ field: nasty, text: nasty }]} language="ja" />],
    ['a copy button', () => <CopyButton text={nasty} language="ja" />],
    ['a form', () => <Form action={nasty} requestId={nasty} />],
    ['a QR code', () => <QrCode text="1234" label={nasty} />],
  ])('in %s', (_, element) => {
    expect(html(element())).not.toContain('<script');
    expect(html(element())).toContain('&lt;script&gt;');
  });
});

test('nothing carries a style or a script of its own: the content policy would drop it', () => {
  const days = [{ on: '2026-11-23', usedBytes: GB }];
  const all = [
    <BucketMeter capacityBytes={0} buckets={[{ kind: 'base', remainingBytes: GB }]} megabyte={MB} language="ja" />,
    <UsageChart days={days} megabyte={MB} language="ja" />,
    <QrCode text="1234567890123456" label="利用コード" />,
    <Amount bytes={GB} megabyte={MB} />,
  ].map(html);
  for (const text of all) expect(text).not.toMatch(/\sstyle=|\son[a-z]+=|<style|<script/);
});

test('only a form that is answered with a file says so: the buttons of all others rest until the page changes', () => {
  expect(html(<Form action="/a" />)).not.toContain('data-file');
  expect(html(<Form action="/a" isAnsweredWithFile={false} />)).not.toContain('data-file');
  expect(html(<Form action="/a" isAnsweredWithFile />)).toContain('data-file');
});

describe('a field', () => {
  const wrong = html(<Field name="loginId" label="ログインID" hint="書面にあります" value="tanaka" error="違います" />);
  test('is tied to its label, hint and error', () => {
    expect(wrong).toContain('<label for="loginId">ログインID</label>');
    expect(attribute(wrong, 'aria-describedby')).toBe('loginId-hint loginId-error');
    expect(attribute(wrong, 'aria-invalid')).toBe('true');
    expect(wrong).toContain('id="loginId-error"');
  });
  test('keeps what was typed', () => expect(wrong).toContain('value="tanaka"'));
  test('never shows a password again', () =>
    expect(html(<Field name="p" label="パスワード" type="password" value="secret" />)).not.toContain('secret'));
  test('without fault says nothing of faults', () => {
    const right = html(<Field name="a" label="A" />);
    expect(right).not.toMatch(/aria-invalid|aria-describedby|class="error"/);
  });
  test('for a code takes blanks and hyphens with the digits', () => {
    const code = html(<CodeField name="code" label="利用コード" />);
    expect(attribute(code, 'inputmode')).toBe('numeric');
    expect(Number(attribute(code, 'maxlength'))).toBeGreaterThan(16 + 15);
  });
});

test('the error summary leads to each field, and is not there without errors', () => {
  const summary = html(<ErrorSummary errors={[{ field: 'password', text: '入力してください' }]} language="ja" />);
  expect(summary).toContain('role="alert"');
  expect(summary).toContain('<a href="#password">入力してください</a>');
  expect(html(<div>{<ErrorSummary errors={[]} language="ja" />}</div>)).toBe('<div></div>');
});

test('radio cards are one group; the first can be reached by the name', () => {
  const cards = html(
    <RadioCards
      name="amount"
      legend="データ量"
      value="2"
      options={[
        { value: '1', label: '500MB' },
        { value: '2', label: '1GB', isDisabled: true },
      ]}
    />,
  );
  expect(cards).toContain('<legend>データ量</legend>');
  expect(cards).toMatch(/<input type="radio" id="amount" name="amount" value="1"\/>/);
  expect(cards).toMatch(/id="amount-2" name="amount" value="2" checked="" disabled=""/);
});

describe('the meter', () => {
  const meter = html(
    <BucketMeter
      capacityBytes={2 * GB}
      buckets={[
        { kind: 'carry-over', remainingBytes: GB, lastDay: '2026-11-30' },
        { kind: 'base', remainingBytes: 3 * GB },
      ]}
      megabyte={MB}
      language="ja"
    />,
  );
  test('stacks the kinds to the whole', () => {
    expect(meter).toContain('<rect class="kind-carry-over" x="0" width="250" height="16"');
    expect(meter).toContain('<rect class="kind-base" x="250" width="750" height="16"');
  });
  test('says the same in words', () => {
    expect(meter).toMatch(/前月繰越.*11月30日まで.*1GB.*基本データ量.*3GB/);
    expect(meter).toContain('aria-hidden="true"');
  });
  test('of nothing left is an empty bar', () =>
    expect(html(<BucketMeter buckets={[]} capacityBytes={0} megabyte={MB} language="ja" />)).not.toContain('NaN'));
});

describe('the chart', () => {
  const days = [
    { on: '2026-11-21', usedBytes: 0 },
    { on: '2026-11-22', usedBytes: 1 },
    { on: '2026-11-23', usedBytes: 2 * GB },
  ];
  const chart = html(<UsageChart days={days} megabyte={MB} language="ja" />);
  test('is one picture with a sentence', () => {
    expect(attribute(chart, 'role')).toBe('img');
    expect(attribute(chart, 'aria-label')).toBe('直近3日間の使用量は合計2GBです。');
  });
  test('shows nothing for no use, a sliver for a little, all for the most', () => {
    const heights = [...chart.matchAll(/class="bar"[^>]* height="(\d+)"/g)].map((match) => Number(match[1]));
    expect(heights).toEqual([0, 2, 100]);
  });
  test('has its figures in a table, the newest first', () =>
    expect(chart).toMatch(/<table>.*11月23日.*2GB.*11月22日.*0MB.*11月21日/));
  test('without days is nothing', () =>
    expect(html(<div>{<UsageChart days={[]} megabyte={MB} language="ja" />}</div>)).toBe('<div></div>'));
});

test('steps say where we are', () => {
  const steps = html(<Steps steps={['量', '相手', '確認']} current={1} language="ja" />);
  expect(attribute(steps, 'aria-label')).toBe('3ステップ中2番目');
  expect(steps).toMatch(/class="now" aria-current="step"><span>相手/);
});

test('an amount is its figure and its unit', () =>
  expect(html(<Amount label="残り" bytes={1_500 * MB} megabyte={MB} />)).toMatch(/>1\.5<.*>GB</));

test('a QR code holds its text: as many dark modules as the code has', () => {
  const code = html(<QrCode text="https://line.me/R/ti/p/%40sakura" label="友だち追加" />);
  expect(code).toMatch(/<path class="qr-dark" d="(M\d+ \d+h\d+v1h-\d+z)+"/);
  expect(attribute(code, 'aria-label')).toBe('友だち追加');
});
