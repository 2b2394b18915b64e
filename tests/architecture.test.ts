import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';

/**
 * The import law. A file may import what its row allows, and nothing else:
 *
 *   base            nothing of ours
 *   rules           base, its own feature's rules
 *   ledger          base, infra/db
 *   a feature       base, ledger, infra, itself, another feature's index.ts; its folders form no circle
 *   infra           base, infra; the folders of one of its parts form no circle
 *   all else in src everything in src (the composition)
 *   simulator       itself
 *   tests, bench    everything
 */
const allFiles = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter(existsSync);
const files = allFiles.filter((file) => /^(src|simulator)\/.*\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file));

interface Import {
  from: string;
  /** A path in the repository, or a package's name. */
  to: string;
  isType: boolean;
}

const imports: Import[] = files.flatMap((from) =>
  [
    ...readFileSync(from, 'utf8').matchAll(
      /^\s*(?:import|export)\s(type\s)?[^'"`;]*?from\s+'([^']+)'|^\s*import\s+'([^']+)'/gm,
    ),
  ].map(([, type, named, bare]) => {
    const specifier = named ?? bare ?? '';
    const to = specifier.startsWith('.') ? normalize(join(dirname(from), specifier)) : specifier;
    return { from, to, isType: type !== undefined };
  }),
);

const isOurs = (path: string) => /^(src|simulator|tests|bench)\//.test(path);
const featureOf = (path: string) => /^src\/features\/([^/]+)\//.exec(path)?.[1];
const isRules = (path: string) => /^src\/features\/[^/]+\/rules\//.test(path);
const isComposition = (path: string) => /^src\/(?!(base|ledger|features|infra)\/)/.test(path);

/** The feature, or the part of infra, that a file is of. */
const partOf = (path: string) => /^src\/(?:features|infra)\/[^/]+\//.exec(path)?.[0];

/** Where in its part a file is: the folder, or the file itself; `index.ts` is the door of all and stands nowhere. */
const placeOf = (path: string) =>
  path.endsWith('/index.ts') && path.split('/').length === 4 ? undefined : path.split('/').slice(0, 4).join('/');

/** Which places each place imports, where `nameOf` says the place of a file. */
function knownAmong(among: readonly Import[], nameOf: (path: string) => string | undefined): Map<string, Set<string>> {
  const known = new Map<string, Set<string>>();
  for (const { from, to } of among) {
    const [a, b] = [nameOf(from), nameOf(to)];
    if (a) known.set(a, known.get(a) ?? new Set());
    if (a && b && a !== b) known.get(a)?.add(b);
  }
  return known;
}

/** A way from this place back to it, or undefined. */
function circleThrough(place: string, known: ReadonlyMap<string, ReadonlySet<string>>): string | undefined {
  const seen = new Set<string>();
  const walk = (at: string, path: string): string | undefined => {
    for (const next of known.get(at) ?? []) {
      if (next === place) return `${path} → ${next}`;
      if (seen.has(next)) continue;
      seen.add(next);
      const circle = walk(next, `${path} → ${next}`);
      if (circle) return circle;
    }
    return undefined;
  };
  return walk(place, place);
}

/** Why an import is against the law, or undefined. */
function fault({ from, to }: Import): string | undefined {
  if (from.startsWith('simulator/'))
    return isOurs(to) && !to.startsWith('simulator/') ? 'the simulator knows only itself' : undefined;
  if (/^(simulator|tests|bench)\//.test(to)) return 'the product does not import simulator, tests or bench';
  if (isComposition(from) || !isOurs(to)) return isRules(from) ? outsideOfRules(to) : undefined;
  if (isComposition(to)) return 'only the composition knows the composition';
  if (from.startsWith('src/base/')) return to.startsWith('src/base/') ? undefined : 'base imports nothing';
  if (isRules(from)) {
    const own = `src/features/${featureOf(from)}/rules/`;
    return to.startsWith('src/base/') || to.startsWith(own) ? undefined : 'rules import base and their own rules';
  }
  if (from.startsWith('src/ledger/')) {
    return /^src\/(base|ledger|infra\/db)\//.test(to) ? undefined : 'the ledger imports base and infra/db';
  }
  if (from.startsWith('src/infra/'))
    return /^src\/(base|infra)\//.test(to) ? undefined : 'infra imports base and infra';
  const other = featureOf(to);
  if (other !== undefined && other !== featureOf(from) && to !== `src/features/${other}/index.ts`) {
    return 'another feature is entered through its index.ts';
  }
  return undefined;
}

/** Rules are pure: of packages they know only the calendar. */
function outsideOfRules(to: string): string | undefined {
  return to === 'temporal-polyfill' ? undefined : 'rules import no package but the calendar';
}

describe('the import law', () => {
  test('there is something to check', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(imports.filter(({ to }) => isOurs(to)).length).toBeGreaterThan(100);
  });

  test('is kept by every file', () => {
    const broken = imports.flatMap((each) => {
      const why = fault(each);
      return why ? [`${each.from} → ${each.to}: ${why}`] : [];
    });
    expect(broken).toEqual([]);
  });

  /** Which features each feature imports. */
  const known = knownAmong(imports, featureOf);

  test('features form no circle', () => {
    expect([...known.keys()].flatMap((feature) => circleThrough(feature, known) ?? [])).toEqual([]);
  });

  test('a folder of a feature, or of a part of infra, imports nothing that imports it', () => {
    const within = imports.filter(({ from, to }) => partOf(from) !== undefined && partOf(from) === partOf(to));
    const places = knownAmong(within, placeOf);
    const folders = [...places.keys()].filter((place) => !/\.tsx?$/.test(place));
    expect(folders.flatMap((folder) => circleThrough(folder, places) ?? [])).toEqual([]);
  });

  test('ARCHITECTURE.md says who knows whom, each feature below all that it knows', () => {
    const [, table = ''] = /^Who knows whom.*\n\n((?:\|.*\n)+)/m.exec(readFileSync('ARCHITECTURE.md', 'utf8')) ?? [];
    const rows = [...table.matchAll(/^\| `([\w-]+)` \| (.*) \|$/gm)].map(([, feature = '', names = '']) => ({
      feature,
      names: names === 'no other' ? [] : names.split(', '),
    }));
    const written = rows.map(({ feature, names }) => `${feature}: ${names.toSorted().join(', ')}`);
    expect(written.toSorted()).toEqual([...known].map(([from, to]) => `${from}: ${[...to].sort().join(', ')}`).sort());
    const at = (feature: string) => rows.findIndex((row) => row.feature === feature);
    expect(rows.filter(({ feature, names }) => names.some((name) => at(name) > at(feature)))).toEqual([]);
  });

  test.each([
    ['src/base/a.ts', 'src/infra/db/index.ts'],
    ['src/features/gifts/rules/a.ts', 'src/features/gifts/store.ts'],
    ['src/features/gifts/rules/a.ts', 'kysely'],
    ['src/features/gifts/chat.ts', 'src/features/linking/store.ts'],
    ['src/ledger/a.ts', 'src/features/gifts/index.ts'],
    ['src/infra/http/a.ts', 'src/features/gifts/index.ts'],
    ['src/features/gifts/a.ts', 'src/app.ts'],
    ['simulator/a.ts', 'src/base/ids.ts'],
    ['src/app.ts', 'simulator/simulator.ts'],
  ])('%s may not import %s', (from, to) => expect(fault({ from, to, isType: false })).toBeDefined());
});

describe('what the documents say is there', () => {
  test('the tree in ARCHITECTURE.md has every folder of src, of its features and of infra', () => {
    const [, tree = ''] = /^## The tree\n\n((?: {4}.*\n)+)/m.exec(readFileSync('ARCHITECTURE.md', 'utf8')) ?? [];
    const named = new Set([...tree.matchAll(/([\w-]+)\//g)].map(([, name]) => name));
    const folders = allFiles.flatMap((file) => /^src\/(?:(?:features|infra)\/)?([\w-]+)\//.exec(file)?.[1] ?? []);
    expect([...new Set(folders)].filter((name) => !named.has(name))).toEqual([]);
  });

  /** What has changed is told of files as they were. */
  const documents = allFiles.filter((file) => file.endsWith('.md') && file !== 'CHANGELOG.md');

  test.each(documents)('%s names only files that there are', (document) => {
    const named = [...readFileSync(document, 'utf8').matchAll(/`([\w./-]+\.(?:tsx?|js|css|sql|md))`/g)];
    const gone = named.flatMap(([, name = '']) => {
      const path = normalize(join(dirname(document), name));
      return allFiles.some((file) => file === path || `/${file}`.endsWith(`/${name}`)) ? [] : [name];
    });
    expect(gone).toEqual([]);
  });
});

describe('what is decided by rules alone', () => {
  const rules = files.filter(isRules);
  test.each(['Date.now', 'new Date', 'Math.random', 'crypto', 'process.env', 'await '])(
    'rules never use %s',
    (word) => {
      expect(rules.filter((file) => readFileSync(file, 'utf8').includes(word))).toEqual([]);
    },
  );
});

describe('what the database is asked', () => {
  const isStore = (file: string) => /(^|\/|-)store\.ts$/.test(file);
  /** A query of a runner or a statement of Kysely's; what a page or a button was asked (`c.req.query()`) is none. */
  const asks = (text: string) => /(\b(sql|tx|pool|client|connection)|\))\.query\b|from 'kysely'|\bsql`/.test(text);

  test('stands in the stores of a feature, nowhere else in it', () => {
    const strays = files.filter((file) => featureOf(file) && !isStore(file) && asks(readFileSync(file, 'utf8')));
    expect(strays).toEqual([]);
  });

  test.each([
    ["await sql.query('select 1')", true],
    ['runnerOf(tx).query<Row>(`select 1`)', true],
    ["import { sql } from 'kysely'", true],
    ["c.req.query('next')", false],
    ['const { code } = c.req.query();', false],
  ])('%s: %s', (text, isAsking) => expect(asks(text)).toBe(isAsking));

  /**
   * What a transaction's body asks outside it: a pool has few connections, and when as many transactions as those each
   * want a second one, all of them wait for ever. Of what the body calls, only what stands in it is seen.
   */
  const asksBeside = (text: string) =>
    [...text.matchAll(/\b(?:inTransaction|takenBack)\(([\w.]+), (?:async )?\(\w+\)(?:: [^=]+)? =>/g)].flatMap(
      (call) => {
        const body = inParentheses(text.slice(call.index)).slice(call[0].length);
        const runners = [...text.matchAll(/const (\w+) = (?:r|preparedR)unnerOf\((?!tx\b)/g)].map(
          ([, name = '']) => name,
        );
        const outside = [call[1] ?? '', 'db', ...runners.filter((name) => !body.includes(`const ${name} =`))];
        return outside.filter((name) =>
          new RegExp(`(?<![\\w.])(deps\\.)?${name.replace('.', '\\.')}\\b(?!:)`).test(body),
        );
      },
    );

  test('in a transaction, is asked in that transaction', () => {
    const strays = files.filter((file) => file.startsWith('src/') && asksBeside(readFileSync(file, 'utf8')).length > 0);
    expect(strays).toEqual([]);
  });

  test.each([
    ['inTransaction(deps.db, async (tx) => { await audit(runnerOf(deps.db)); });', true],
    ['const sql = runnerOf(db); inTransaction(db, (tx) => save(sql, tx));', true],
    ['const sql = runnerOf(db); inTransaction(db, (tx) => { const sql = runnerOf(tx); return save(sql); });', false],
    ['inTransaction(db, (tx) => save(tx)); read(db);', false],
  ])('%s: %s', (text, isBeside) => expect(asksBeside(text).length > 0).toBe(isBeside));
});

/** From the first opening parenthesis's statement to its closing one. */
function inParentheses(text: string): string {
  let depth = 0;
  for (const [at, sign] of [...text].entries()) {
    if (sign === '(') depth += 1;
    else if (sign === ')' && --depth === 0) return text.slice(0, at);
  }
  return text;
}
