import { expect, test } from 'vitest';
import { isGoodPasswordHash } from './password-hash.ts';

const hash = (costs: string, kind = 'argon2id') => `$${kind}$v=19$${costs}$c29tZS1zYWx0LWhlcmU$${'A'.repeat(43)}`;

test.each([
  ['ours', hash('m=19456,t=2,p=1'), true],
  ['a costlier one', hash('m=65536,t=3,p=4'), true],
  ['too little memory', hash('m=19455,t=2,p=1'), false],
  ['one pass', hash('m=47104,t=1,p=1'), false],
  ['so much memory that a few would fill the machine', hash('m=1048576,t=2,p=1'), false],
  ['so many passes that one takes seconds', hash('m=65536,t=60,p=1'), false],
  ['another kind', hash('m=19456,t=2,p=1', 'argon2i'), false],
  ['bcrypt', '$2b$12$abcdefghijklmnopqrstuv', false],
  ['a password', 'renkei-demo-tanaka', false],
  ['more behind it', `${hash('m=19456,t=2,p=1')} `, false],
])('%s', (_, text, isGood) => expect(isGoodPasswordHash(text)).toBe(isGood));
