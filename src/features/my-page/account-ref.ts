import { type KeyRing, keyedHash } from '../../infra/secrets.ts';

/**
 * A name for a linked LINE account in an address: tells nothing and fits only beside the contract it was shown with,
 * because no page may take a LINE user id from a browser. It lasts until the keys are rotated.
 *
 * @param where the contractor or subscription the account is linked to
 */
export function accountRef(tokens: KeyRing, where: string, lineUserId: string): string {
  const text = JSON.stringify(['my-page:account', where, lineUserId]);
  return keyedHash(tokens, text).subarray(0, 16).toString('base64url');
}
