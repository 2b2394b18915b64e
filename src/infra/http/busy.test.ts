import { expect, test } from 'vitest';
import { isBusy } from './busy.ts';

const failing = (facts: object, message = 'failed') => Object.assign(new Error(message), facts);

test.each([
  ['too many connections', failing({ code: '53300' })],
  ['a full disk', failing({ code: '53100' })],
  ['a database that is only to be read, as while another takes over', failing({ code: '25006' })],
  ['a database that starts', failing({ code: '57P03' })],
  ['a statement that ran out of time', failing({ code: '57014' })],
  ['a database that is gone', failing({ code: 'ECONNREFUSED', syscall: 'connect' })],
  ['a socket that is gone', failing({ code: 'ENOENT', syscall: 'connect' })],
  ['a pool with no connection free', failing({}, 'timeout exceeded when trying to connect')],
  ['a ledger with a full queue', failing({ name: 'LedgerBusy' })],
])('%s passes: come back soon', (_, error) => expect(isBusy(error)).toBe(true));

test.each([
  ['a duplicate key', failing({ code: '23505' })],
  ['a file that is missing', failing({ code: 'ENOENT', syscall: 'open' })],
  ['a bug', new TypeError('x is undefined')],
  ['something thrown that is no error', 'LedgerBusy'],
])('%s does not pass by waiting', (_, error) => expect(isBusy(error)).toBe(false));
