import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/**
 * One word for one thing, wherever a person reads: what is not said, and what is said for it. What people themselves say is
 * not judged (words a talk hears, questions to the FAQ).
 */
const INSTEAD: readonly [not: RegExp, said: string][] = [
  [/サインイン|サインアウト/, 'ログイン、ログアウト'],
  [/\d\s?pt\b|\} pt\b/, 'ポイント, points'],
  [/データギフト/, 'データプレゼント'],
  [/ユーザー?(?![ァ-ヶー])/, '利用者'],
  [/契約者(?:さま|様)/, 'ご契約者、契約者の方'],
  [/お客様/, 'お客さま'],
  [/連携コード|リンクコード/, '利用コード'],
  [/(?<!契約)事務手数料/, '契約事務手数料'],
  [/例[ :]|\b[Ff]or instance \d/, '例：, for example:'],
  [/\d (?:[kMGT]B|[kM]bps|%)(?!\w)/, 'amounts in one piece: 3GB, 200kbps, 50%'],
  [/引きつ[がぎぐげ]/, '引き継ぐ'],
  [/友達/, '友だち'],
  [/申込み|申し込んで下さい|下さい/, '申し込み、ください'],
  [/ヶ月|ヵ月|カ月/, 'か月'],
  [/フォルダ(?!ー)|ブラウザ(?!ー)|サーバ(?!ー)/, 'フォルダー、ブラウザー、サーバー'],
  // LINE's own name for it stands only where people look for it there.
  [/\b[Aa]ge check\b|\b[Pp]roof of age\b|(?<!→ )\b[Aa]ge verification\b/, 'age proof'],
  [/\b[Ll]og(?:ged)? out\b|\b[Ll]og in\b(?! with LINE)/, 'sign out, sign in'],
];

/** What people say, and what is searched for. */
const HEARD = /\/rules\/|chat\.ts$|faq-questions|synonyms\.yaml/;

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'src', 'operator'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /\.(?:tsx?|md|yaml)$/.test(file) && !/\.test\.tsx?$|README\.md$|^src\/demo\//.test(file))
  .filter((file) => !HEARD.test(file));

/** Lines that a person may read: no comments, and of an answer's head only its title. */
function readLines(file: string): [number, string][] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((line, index): [number, string] => [index + 1, line])
    .filter(([, line]) => !/^\s*(?:\/\/|\/?\*|# |words:|- )/.test(line));
}

test('people read one word for one thing', () => {
  expect(files.length).toBeGreaterThan(500);
  const found = files.flatMap((file) =>
    readLines(file).flatMap(([number, line]) =>
      INSTEAD.filter(([not]) => not.test(line)).map(([, said]) => `${file}:${number} say ${said}: ${line.trim()}`),
    ),
  );
  expect(found).toEqual([]);
});

/** Punctuation and letters of Japanese that mean nothing to whoever reads English. */
const JAPANESE_MARK = /[\u3000-\u303f\u30fb\u203b\uff00-\uffef]/;
const JAPANESE_LETTER = /[\u3040-\u309f\u30a1-\u30fa\u4e00-\u9fff]/;

/** What is typed by people is read with all its marks; the postal mark belongs to an address, which is Japanese. */
const READS = /\/rules\/|\.replace\(\/|KEYWORDS_JOIN =|〒/;

/** Faults of a file: a mark of Japanese in an English text, or one that code puts into both languages alike. */
function strayMarks(file: string, source: string): string[] {
  let section: 'ja' | 'en' | 'code' = 'code';
  const whole = /text-ja\.ts$|\/ja\//.test(file) ? 'ja' : /text-en\.ts$|\/en\//.test(file) ? 'en' : null;
  return source.split('\n').flatMap((line, index) => {
    const begins = /^(?:export )?const (\w+)\b/.exec(line)?.[1];
    if (begins !== undefined) section = begins === 'ja' || begins === 'en' ? begins : 'code';
    if (/^\s*(?:\/\/|\/?\*|#)/.test(line) || READS.test(`${file} ${line}`)) return [];
    const here = whole ?? section;
    const isEnglish = here === 'en' || /^\s*(?:en|"en"): /.test(line);
    const english = isEnglish ? line : (/\ben: (?:'[^']*'|"[^"]*"|`[^`]*`)/.exec(line)?.[0] ?? '');
    const isShared = here === 'code' && !JAPANESE_LETTER.test(line) && !/'ja'|\bja: /.test(line);
    return JAPANESE_MARK.test(english) || (isShared && JAPANESE_MARK.test(line))
      ? [`${file}:${index + 1} ${line.trim()}`]
      : [];
  });
}

test('marks of Japanese stand in Japanese texts only, and code joins words as their language does', () => {
  expect(files.flatMap((file) => strayMarks(file, readFileSync(file, 'utf8')))).toEqual([]);
});

test.each([
  ['an English text', `const en: typeof ja = {\n  list: 'plan・option',\n};`],
  ['a text of both', `const name = { ja: 'プラン', en: 'plan（new）' };`],
  ['code', `const title = [plan, option].join('、');`],
])('a mark of Japanese is found in %s', (_where, source) => {
  expect(strayMarks('src/a.ts', source)).toHaveLength(1);
});
