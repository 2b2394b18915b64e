import { expect, test } from 'vitest';
import { ConnectionLost, isOwnFault, LedgerBusy, OutcomeUnknown } from './errors.ts';

const databaseError = (code: string) => Object.assign(new Error('the database says so'), { code, severity: 'ERROR' });

test.each([
  ['a bug in a rule', new TypeError('a bug'), true],
  ['a value that the database refuses', databaseError('23514'), true],
  ['a full queue', new LedgerBusy('full'), false],
  ['an outcome that nobody knows', new OutcomeUnknown('lost'), false],
  ['a connection that broke', new ConnectionLost('lost'), false],
  ['another transaction in the way', databaseError('40001'), false],
  ['a full disk', databaseError('53100'), false],
])('%s is the command’s own fault: %#', (_, error, is) => expect(isOwnFault(error)).toBe(is));
