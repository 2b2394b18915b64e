import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { testFolder } from '../../../tests/support/folder.ts';
import { loadFaq } from '../../operator-folder/load-faq.ts';
import { createLiveFaq, type LiveFaq } from './live-faq.ts';

let file: string;
let live: LiveFaq;
let faults: unknown[];
beforeEach(() => {
  const folder = testFolder();
  cpSync('operator/faq', folder, { recursive: true });
  file = join(folder, 'ja', 'esim.md');
  faults = [];
  live = createLiveFaq({ folder, first: loadFaq(folder), read: () => loadFaq(folder) }, (error) => faults.push(error));
  live.start();
});
afterEach(() => live.stop());

const change = (from: RegExp, to: string) => writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
const title = () => live.entry('ja', 'esim')?.title;

test('a changed file is taken while the program runs, also by the search', async () => {
  change(/title: .*/, 'title: うぐいす色のカード');
  await vi.waitUntil(() => title() === 'うぐいす色のカード', { timeout: 20_000, interval: 50 });
  expect(live.search('ja')('うぐいす')[0]?.id).toBe('esim');
});

test('a faulty file is told and leaves everything as it was; mended, it is taken', async () => {
  const before = title();
  change(/topic: .*/, 'topic: cars');
  await vi.waitUntil(() => faults.length > 0, { timeout: 20_000, interval: 50 });
  expect(String(faults[0])).toContain('esim.md');
  expect(title()).toBe(before);
  change(/topic: .*/, 'topic: sim');
  change(/title: .*/, 'title: なおりました');
  await vi.waitUntil(() => title() === 'なおりました', { timeout: 20_000, interval: 50 });
});
