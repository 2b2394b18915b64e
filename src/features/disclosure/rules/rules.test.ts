import { describe, expect, test } from 'vitest';
import { ownAccounts } from './own-accounts.ts';

const account = (lineUserId: string, actsForOthers = false) => ({ lineUserId, actsForOthers });

describe('whose talk is in the file', () => {
  test.each([
    ['nobody is linked', [], null, []],
    ['the only one that is linked', [account('a')], null, ['a']],
    ['two are linked: neither', [account('a'), account('b')], null, []],
    ['two are linked: the one signed in with', [account('a'), account('b')], 'b', ['b']],
    ['signed in with another: the only one that is linked', [account('a')], 'x', ['a']],
    ['it acts for another contractor too', [account('a', true)], null, []],
    ['it acts for another contractor too, and is signed in with', [account('a', true), account('b')], 'a', []],
  ])('%s', (_, linked, signedInWith, own) => expect(ownAccounts(linked, signedInWith)).toEqual(own));
});
