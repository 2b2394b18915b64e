import { runnerOf } from '../../infra/db/index.ts';
import type { WebContext } from '../../infra/http/web-env.ts';
import { countsAsProof } from '../linking/index.ts';
import type { MyPageDeps } from './needs.ts';
import { contractorAfterLineLogin } from './rules/contractor-after-line-login.ts';

/** Signs in a LINE account that has been proved, as its contractor when that is clear. */
export async function startLineSession(deps: MyPageDeps, c: WebContext, lineUserId: string): Promise<void> {
  const links = await deps.linking.contractorLinksOf(runnerOf(deps.db), lineUserId);
  const contractorId = contractorAfterLineLogin({
    linkedContractorIds: links.map((link) => link.contractorId),
    presentContractorId: c.var.session?.contractorId ?? null,
  });
  const link = links.find((each) => each.contractorId === contractorId);
  // A link made by a password alone is no second proof at first; without a contract there is nothing to prove.
  const proof = !link || countsAsProof(link, deps.clock.now()) ? ({ provenBy: 'line' } as const) : {};
  await deps.sessions.start(c, { lineUserId, contractorId, method: 'line-login', ...proof });
  if (contractorId) await deps.contractors.rememberLanguage(runnerOf(deps.db), contractorId, c.var.language);
}
