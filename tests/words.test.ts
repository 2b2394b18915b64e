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
