import { expect, test } from 'vitest';
import { limitAt, placeOf, providerLimits } from './limits.ts';

const { beginning, programs } = providerLimits;

test.each([
  ['/auth', beginning.limit],
  ['/auth/', beginning.limit],
  ['/AUTH', beginning.limit],
  ['/auth/abc', null],
  ['/Token', programs.limit],
  ['/token/revocation/', programs.limit],
  ['/backchannel', programs.limit],
  ['/request', programs.limit],
  ['/me', programs.limit],
  ['/jwks', null],
  ['/.well-known/openid-configuration', null],
])('%s', (path, limit) => expect(limitAt(placeOf(path))).toBe(limit));
