import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { faultsOf } from '../../tests/support/faults.ts';
import { testFolder } from '../../tests/support/folder.ts';
import { loadFaq } from './load-faq.ts';

let folder: string;
beforeEach(() => {
  folder = testFolder();
  cpSync('operator/faq', folder, { recursive: true });
});
const path = (name: string) => join(folder, name);
const change = (name: string, from: string | RegExp, to: string) =>
  writeFileSync(path(name), readFileSync(path(name), 'utf8').replace(from, to));
const faults = () => faultsOf(() => loadFaq(folder));

describe("the demo operator's FAQ", () => {
  test.each(['ja', 'en'] as const)('has at least sixty entries in %s', (language) =>
    expect(loadFaq(folder)[language].entries.length).toBeGreaterThanOrEqual(60),
  );

  test('has the same buttons, facts and topic in both languages', () => {
    const { ja, en } = loadFaq(folder);
    const facts = (entries: typeof ja.entries) =>
      entries.map(({ id, topic, needs, facts: own, buttons }) => ({ id, topic, needs, own, buttons }));
    expect(facts(ja.entries)).toEqual(facts(en.entries));
  });

  test('has short sentences in Japanese', () => {
    const sentences = loadFaq(folder).ja.entries.flatMap(({ id, body }) =>
      body.flatMap((part) => part.split(/(?<=。)/).map((sentence) => ({ id, sentence }))),
    );
    expect(sentences.filter(({ sentence }) => sentence.length > 75)).toEqual([]);
  });
});

describe('a fault is told with its file', () => {
  test.each<[string, () => void, RegExp]>([
    ['no front matter', () => writeFileSync(path('ja/esim.md'), 'eSIM'), /esim\.md does not begin with front matter/],
    ['not YAML', () => change('ja/esim.md', 'words: [', 'words: [['), /esim\.md is not YAML/],
    ['a key that is not known', () => change('ja/esim.md', 'topic:', 'tag: x\ntopic:'), /esim\.md: .*tag/],
    ['a topic there is not', () => change('ja/esim.md', 'topic: sim', 'topic: cars'), /esim\.md: topic/],
    [
      'a button there is not',
      () => change('ja/esim.md', /buttons: .*/, 'buttons: [fly]'),
      /buttons\.0 is not a button/,
    ],
    ['facts without the link', () => change('ja/data-left.md', /needs: .*\n/, ''), /which link it needs/],
    ['a name that is not the id', () => change('ja/esim.md', 'id: esim', 'id: e-sim'), /the id is e-sim/],
    ['no answer', () => change('ja/esim.md', /---\n\n[\s\S]*/, '---\n'), /has no answer/],
    ['too long an answer', () => change('ja/esim.md', /$/, 'あ'.repeat(401)), /more than 400/],
    ['a gap that cannot be filled', () => change('ja/esim.md', '{phone}', '{fax}'), /\{fax\}/],
    ['an entry in one language only', () => rmSync(path('en/esim.md')), /en: no entry esim/],
    ['no synonyms', () => rmSync(path('ja/synonyms.yaml')), /synonyms\.yaml is missing/],
    ['no folder', () => rmSync(path('en'), { recursive: true }), /en is missing/],
  ])('%s', (_, spoil, told) => {
    spoil();
    expect(faults().join('\n')).toMatch(told);
  });

  test('several at once', () => {
    change('ja/esim.md', 'topic: sim', 'topic: cars');
    change('en/options.md', /buttons: .*/, 'buttons: [fly]');
    expect(faults()).toHaveLength(2);
  });
});
