import { describe, expect, test } from 'vitest';
import { contentLock, parentalControl } from './filtering.ts';
import {
  AGE_SCOPE,
  PARTNER_SCOPES,
  STATUS_SCOPE,
  TENURE_SCOPE,
  type Told,
  toldBy,
  VOLUME_SCOPE,
  watchCreateScope,
  watchEventType,
} from './scopes.ts';

test.each([
  [null, 'not_available', 'not_available'],
  ['off', 'false', 'false'],
  ['content', 'true', 'false'],
  ['parental', 'true', 'true'],
] as const)('filtering %s: content locked %s, by a parent %s', (filtering, lock, parental) => {
  expect([contentLock(filtering), parentalControl(filtering)]).toEqual([lock, parental]);
});

describe('what a person is told that a partner can learn', () => {
  test.each<[string, string[], boolean, Told[]]>([
    ['nothing by who it is alone', ['openid', 'offline_access'], true, []],
    ['an age', [AGE_SCOPE], false, ['age', 'filtering']],
    ['an age, and whether a name is theirs', [AGE_SCOPE], true, ['age', 'filtering', 'identity-match']],
    ['data left', [VOLUME_SCOPE], true, ['data-volume']],
    ['when a share is used', [watchCreateScope(75)], true, ['data-events']],
    ['since when', [TENURE_SCOPE], true, ['tenure']],
    ['what works', [STATUS_SCOPE], true, ['service-status']],
    [
      'all there is',
      [...PARTNER_SCOPES],
      true,
      ['age', 'filtering', 'identity-match', 'data-volume', 'data-events', 'tenure', 'service-status'],
    ],
  ])('%s', (_, scopes, canMatchIdentity, told) => expect(toldBy(scopes, { canMatchIdentity })).toEqual(told));
});

test('events have the names of the interface', () =>
  expect([watchEventType(50), watchEventType(100)]).toEqual([
    'org.camaraproject.device-data-volume-subscriptions.v0.data-50-percent',
    'org.camaraproject.device-data-volume-subscriptions.v0.data-exceeded',
  ]));
