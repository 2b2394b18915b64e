/** A LINE account that is linked to the contractor. */
export interface LinkedAccount {
  readonly lineUserId: string;
  /** It acts for another contractor too. */
  readonly actsForOthers: boolean;
}

/**
 * Whose talk is surely the contractor's own: that of the account they are signed in with, or of the only one that is linked.
 * An account that acts for another contractor too may have talked of that one: only whoever holds it is given its talk.
 */
export function ownAccounts(linked: readonly LinkedAccount[], signedInWith: string | null): readonly string[] {
  const held = linked.filter(({ lineUserId }) => lineUserId === signedInWith);
  if (held.length > 0) return held.filter(({ actsForOthers }) => !actsForOthers).map(({ lineUserId }) => lineUserId);
  const [only, ...more] = linked;
  return only && more.length === 0 && !only.actsForOthers ? [only.lineUserId] : [];
}
