import { createHmac, timingSafeEqual } from 'node:crypto';

/** Says to the access origin whose LINE app or browser is asking. */
export const personCookieName = 'line_person';

/** `userId.signature`: opaque to everybody but the simulator. */
export function makePersonCookie(userId: string, key: Buffer): string {
  return `${userId}.${createHmac('sha256', key).update(userId).digest('base64url')}`;
}

/** The user id in a cookie the simulator made, or null. */
export function readPersonCookie(value: string | undefined, key: Buffer): string | null {
  const userId = value?.split('.')[0] ?? '';
  const expected = Buffer.from(makePersonCookie(userId, key));
  const given = Buffer.from(value ?? '');
  return given.length === expected.length && timingSafeEqual(given, expected) ? userId : null;
}
