import { expect, test } from 'vitest';
import { isSignature, signAnswer, signQuestion } from './signature.ts';

const question = { method: 'GET', path: '/sessions/1', time: '1764000000', body: '' };
const signed = signQuestion('secret', question);

test('a question signed with the secret is known', () => expect(isSignature(signed, signed)).toBe(true));

test.each([
  ['another method', { ...question, method: 'DELETE' }],
  ['another path', { ...question, path: '/sessions/2' }],
  ['another time', { ...question, time: '1764000001' }],
  ['another body', { ...question, body: '{}' }],
  ['a letter moved from one part into the next', { ...question, path: '/sessions/', time: '11764000000' }],
])('%s is another signature', (_, changed) => expect(isSignature(signQuestion('secret', changed), signed)).toBe(false));

test.each([undefined, null, '', 'v1=', signed.slice(1)])('%s is none', (given) =>
  expect(isSignature(signed, given)).toBe(false),
);

test('an answer belongs to its question', () => {
  const answer = { question: signed, status: 200, body: '{"outcome":"success"}' };
  const other = signQuestion('secret', { ...question, path: '/sessions/2' });
  expect(signAnswer('secret', answer)).not.toBe(signAnswer('secret', { ...answer, question: other }));
  expect(signAnswer('secret', answer)).not.toBe(signAnswer('secret', { ...answer, status: 201 }));
  expect(signAnswer('secret', answer)).not.toBe(signAnswer('other', answer));
});
