import { describe, expect, test } from 'vitest';
import { createPasswordHasher, HasherBusy } from './password-hasher.ts';

describe('the hasher', () => {
  test('fits the password it hashed, and nothing without a hash', async () => {
    const hasher = createPasswordHasher();
    const stored = await hasher.hash('a long enough password');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await hasher.fits('a long enough password', stored)).toBe(true);
    expect(await hasher.fits('another password', stored)).toBe(false);
    expect(await hasher.fits('a password that nobody has', undefined)).toBe(false);
  });

  test('takes no more than it can', async () => {
    const hasher = createPasswordHasher({ atOnce: 1, waiting: 2 });
    const asked = await Promise.allSettled([1, 2, 3, 4].map(() => hasher.hash('a long enough password')));
    expect(asked.map((each) => each.status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected']);
    expect(asked[3]?.status === 'rejected' && asked[3].reason).toBeInstanceOf(HasherBusy);
    expect(await hasher.hash('again')).toMatch(/^\$argon2id/);
  });
});
