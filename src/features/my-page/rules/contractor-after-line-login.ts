/**
 * For which contractor somebody acts who signed in with LINE: the one this browser acted for until now when the LINE
 * account is linked to it, else the one linked first, else none.
 *
 * What an earlier session held counts only when the link itself proves it anew.
 */
export function contractorAfterLineLogin(facts: {
  /** Contractors this LINE account is linked to, the oldest link first. */
  linkedContractorIds: readonly string[];
  presentContractorId: string | null;
}): string | null {
  const { linkedContractorIds, presentContractorId } = facts;
  if (presentContractorId !== null && linkedContractorIds.includes(presentContractorId)) return presentContractorId;
  return linkedContractorIds[0] ?? null;
}

/**
 * Which LINE account stays with the browser when a contractor signs in by password: the present one only when it is
 * linked to that contractor, so that nobody inherits a stranger's.
 */
export function lineAccountAfterPassword(facts: {
  contractorId: string;
  presentLineUserId: string | null;
  linkedContractorIds: readonly string[];
}): string | null {
  return facts.linkedContractorIds.includes(facts.contractorId) ? facts.presentLineUserId : null;
}
