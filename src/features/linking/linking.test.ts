import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { linkCodeHelp } from './help.ts';
import { contractorLinkRules } from './rules/contractor-link.ts';
import { linkCodeLimits } from './rules/limits.ts';
import { foundRules, typedRules } from './rules/redeem.ts';
import { talkText } from './text.ts';

const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');

/** The sentences of a numbered list under a heading. */
function sentencesUnder(heading: string): string[] {
  const section = readme.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return [...section.matchAll(/^\d+\. (.+)$/gm)].map(([, sentence = '']) => sentence);
}

describe('the README says what the rules say, in their order', () => {
  test.each([
    ['Why a link code does not work', [...typedRules, ...foundRules].map((rule) => rule.says)],
    ['Why a contractor link is not made', contractorLinkRules.map((rule) => rule.says)],
    ['Limits on tries with a code', Object.values(linkCodeLimits).map((each) => each.says)],
  ])('%s', (heading, says) => expect(sentencesUnder(heading)).toEqual(says));
});

describe('words', () => {
  test('every cause in the list has its remedy, in both languages', () => {
    const [ja, en] = [linkCodeHelp('ja'), linkCodeHelp('en')];
    expect(ja).toHaveLength(10);
    expect(en).toHaveLength(10);
    for (const { cause, remedy } of [...ja, ...en]) {
      expect(cause.length).toBeGreaterThan(10);
      expect(remedy.length).toBeGreaterThan(10);
    }
    expect(new Set(ja.map((each) => each.cause)).size).toBe(10);
  });

  test('buttons are short enough for LINE', () => {
    for (const language of ['ja', 'en'] as const) {
      const t = talkText(language);
      const labels = [
        t.contractorLink,
        t.userLink,
        t.unlink,
        t.myPage,
        t.again,
        t.keep,
        t.balance,
        t.gifts,
        t.openContractor.button,
        t.openUser.button,
        t.contractorPresent.another,
        t.userPresent.another,
        t.sure.yes,
      ];
      for (const label of labels) expect([...label].length, label).toBeLessThanOrEqual(20);
    }
  });
});
