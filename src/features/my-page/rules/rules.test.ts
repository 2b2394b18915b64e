import { describe, expect, test } from 'vitest';
import { contractorAfterLineLogin, lineAccountAfterPassword } from './contractor-after-line-login.ts';

describe('for whom somebody acts after signing in with LINE', () => {
  test.each([
    ['not linked to any contract', [], null, null],
    ['not linked, whatever the browser did before', [], 'tanaka', null],
    ['linked to one', ['tanaka'], null, 'tanaka'],
    ['linked to two: the one linked first', ['tanaka', 'sato'], null, 'tanaka'],
    ['linked to two: the one this browser acted for', ['tanaka', 'sato'], 'sato', 'sato'],
    ['the browser acted for a stranger', ['tanaka'], 'suzuki', 'tanaka'],
  ])('%s', (_, linkedContractorIds, presentContractorId, contractorId) =>
    expect(contractorAfterLineLogin({ linkedContractorIds, presentContractorId })).toBe(contractorId),
  );
});

describe('which LINE account stays after a password', () => {
  test.each([
    ['none was there', null, [], null],
    ['one that is linked to the contractor', 'Utaro', ['sato', 'tanaka'], 'Utaro'],
    ['a stranger’s', 'Uken', ['sato'], null],
  ])('%s', (_, presentLineUserId, linkedContractorIds, stays) =>
    expect(lineAccountAfterPassword({ contractorId: 'tanaka', presentLineUserId, linkedContractorIds })).toBe(stays),
  );
});
