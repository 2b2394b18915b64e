import { expect, test } from 'vitest';
import { holderAt } from './number-holder.ts';

const first = { subscriptionId: 'first', opensMs: 100 };
const second = { subscriptionId: 'second', opensMs: 200 };

test.each([
  ['before anybody', 50, 'first'],
  ['with the first', 100, 'first'],
  ['after the first ended, before the second opens', 199, 'first'],
  ['from the moment the second opens', 200, 'second'],
  ['later', 9_999, 'second'],
])('%s', (_, at, whose) => expect(holderAt([first, second], at)?.subscriptionId).toBe(whose));

test('nobody has it', () => expect(holderAt([], 1)).toBeUndefined());
