import { expect, test } from 'vitest';
import { type DoorFacts, doorFault, type SubjectFacts, subjectFault } from './access.ts';

const atDoor: DoorFacts = { hasToken: true, hasScope: true, isOverLimit: false };
const about: SubjectFacts = {
  isThreeLegged: false,
  hasIdentifier: true,
  isIdentifierKnown: true,
  serviceState: 'in-service',
  hasObjected: false,
};

test.each<[ReturnType<typeof doorFault>, Partial<DoorFacts>]>([
  [undefined, {}],
  ['unauthenticated', { hasToken: false, hasScope: false, isOverLimit: true }],
  ['scope-missing', { hasScope: false, isOverLimit: true }],
  ['too-many-requests', { isOverLimit: true }],
])('at the door: %s', (code, change) => expect(doorFault({ ...atDoor, ...change })).toBe(code));

test.each<[ReturnType<typeof subjectFault>, Partial<SubjectFacts>]>([
  [undefined, {}],
  [undefined, { isThreeLegged: true, hasIdentifier: false, hasObjected: true }],
  ['unnecessary-identifier', { isThreeLegged: true, serviceState: null }],
  ['missing-identifier', { hasIdentifier: false, serviceState: null }],
  ['unsupported-identifier', { isIdentifierKnown: false, serviceState: null }],
  ['identifier-not-found', { serviceState: null }],
  ['identifier-not-found', { serviceState: 'ended' }],
  ['not-in-service-yet', { serviceState: 'not-open' }],
  ['objected', { hasObjected: true }],
])('about somebody: %s', (code, change) => expect(subjectFault({ ...about, ...change })).toBe(code));
