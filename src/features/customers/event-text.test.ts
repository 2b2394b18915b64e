import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { deedText } from './deed-text.ts';
import { eventText } from './event-text.ts';

/** Written about a partner, a batch, a message or a guesser: never in a customer's list. Staff's own deeds are left out by the query. */
const ABOUT_NO_CUSTOMER =
  /^(staff|conversations|official-account)\.|^age-proof\.partner-(added|changed|suspended|resumed|secret-renewed)$|^invitations\.entry-codes-|^linking\.guessing-suspected$/;

const sources = globSync('src/features/**/*.{ts,tsx}')
  .filter((path) => !path.includes('.test.'))
  .map((path) => readFileSync(path, 'utf8'));

const found = (pattern: RegExp) => (text: string) => [...text.matchAll(pattern)].map(([, name = '']) => name);

/** Every name that stands whole in a call that writes the audit log. */
const whole = sources.flatMap(
  found(/(?:\baction(?:: | = )|\bnote\(tx, |\brecord\((?:deps|sql|tx), )'([a-z-]+\.[a-z-]+)'/g),
);

/** Those that are put together: `orders.${event}`, `credentials.${change}`. */
const orderEvents = found(/event: '([a-z]+)'/g)(readFileSync('src/features/orders/rules/states.ts', 'utf8'));
const changes = found(/ \| '([a-z-]+)'/g)(
  /export type Change =([^;]+);/.exec(readFileSync('src/features/credentials/notice-text.ts', 'utf8'))?.[1] ?? '',
);
const names = [
  ...whole.filter((name) => !ABOUT_NO_CUSTOMER.test(name)),
  ...orderEvents.map((event) => `orders.${event}`),
  ...changes.map((change) => `credentials.${change}`),
];

/** What staff did, and what is about no customer: in the audit log alone. */
const deeds = [
  ...whole.filter((name) => ABOUT_NO_CUSTOMER.test(name)),
  ...found(/^ {2}(?:'?[a-z-]+'?): '([a-z-]+)',$/gm)(
    /const DEEDS = \{([^}]+)\}/.exec(readFileSync('src/features/conversations/staff-actions.ts', 'utf8'))?.[1] ?? '',
  ).map((deed) => `conversations.${deed}`),
];

describe('what staff did is said in words', () => {
  test('the names are found in the sources', () => {
    expect(deeds).toEqual(expect.arrayContaining(['staff.passkey-added', 'conversations.taken']));
  });
  test.each([...new Set(deeds)].sort())('%s', (name) => {
    expect([deedText(name, 'ja'), deedText(name, 'en')]).not.toContain(name);
  });
});

describe('what happened to a customer is said in words', () => {
  test('the names are found in the sources', () => {
    expect(names).toEqual(expect.arrayContaining(['billing.leave-asked', 'linking.user-linked', 'orders.withdraw']));
    expect(changes).toContain('passkey-added');
  });
  test.each([...new Set(names)].sort())('%s', (name) => {
    expect([eventText(name, 'ja'), eventText(name, 'en')]).not.toContain(name);
  });
});
