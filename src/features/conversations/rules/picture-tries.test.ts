import { expect, test } from 'vitest';
import { type ContentAnswer, nextStep } from './picture-tries.ts';

test.each<[ContentAnswer, number, ReturnType<typeof nextStep>]>([
  [{ kind: 'bytes' }, 1, { to: 'draw' }],
  [{ kind: 'bytes' }, 12, { to: 'draw' }],
  [{ kind: 'too-large' }, 1, { to: 'refuse', reason: 'too-large' }],
  [{ kind: 'refused', status: 404 }, 1, { to: 'refuse', reason: 'gone' }],
  [{ kind: 'refused', status: 410 }, 1, { to: 'refuse', reason: 'gone' }],
  [{ kind: 'preparing' }, 1, { to: 'wait', seconds: 2 }],
  [{ kind: 'refused', status: 429 }, 3, { to: 'wait', seconds: 5 }],
  [{ kind: 'refused', status: 500 }, 6, { to: 'wait', seconds: 60 }],
  [{ kind: 'no-answer' }, 11, { to: 'wait', seconds: 600 }],
  [{ kind: 'no-answer' }, 12, { to: 'refuse', reason: 'unavailable' }],
  [{ kind: 'preparing' }, 12, { to: 'refuse', reason: 'unavailable' }],
])('%o after %i tries: %o', (answer, attempts, step) => expect(nextStep(answer, attempts)).toEqual(step));
