import { runnerOf } from '../../../infra/db/index.ts';
import type { WebContext } from '../../../infra/http/web-env.ts';
import type { PasswordFault } from '../../contractors/index.ts';
import type { CredentialsDeps } from '../deps.ts';
import type { Owner } from '../settings.ts';
import { credentialsText } from '../text.ts';

/** The signed-in contractor; null for anybody else, to whom nothing is here. */
export async function ownerOf(deps: CredentialsDeps, c: WebContext): Promise<Owner | null> {
  const { session, address } = c.var;
  if (!session?.contractorId) return null;
  const contractor = await deps.contractors.contractor(runnerOf(deps.db), session.contractorId);
  return contractor && { contractor, session, address };
}

/** Characters a password needs at least; see the contractors' rules. */
export const leastLength = (hasSecondFactor: boolean) => (hasSecondFactor ? 8 : 15);

export function passwordWords(c: WebContext, code: PasswordFault | 'wrong-password' | 'too-many-tries'): string {
  const t = credentialsText(c.var.language).password;
  switch (code) {
    case 'wrong-password':
      return t.wrong;
    case 'too-many-tries':
      return t.tooMany;
    default:
      return t.faults[code];
  }
}

/** An address as its owner knows it and a stranger does not learn it: `t•••@example.jp`. */
export function maskedAddress(email: string): string {
  const at = email.lastIndexOf('@');
  return `${email.slice(0, 1)}•••${email.slice(at)}`;
}
