import { accept, type Decision, refuse } from '../../base/refusal.ts';
import type { Db } from '../../infra/db/index.ts';
import { answerFormOnce } from '../../infra/http/answer-once.ts';
import type { IssuedCode, ReissueRefusal, ReissueRequest } from './codes.ts';
import type { LinkingDeps } from './deps.ts';

/** A re-issue by a form, which people tap twice: a repeat finds its code made, and takes none of the day's five. */
export async function reissueOnce(
  deps: LinkingDeps,
  reissue: (request: ReissueRequest, tx: Db) => Promise<Decision<IssuedCode, ReissueRefusal>>,
  { requestId, ...request }: ReissueRequest & { readonly requestId: string },
): Promise<Decision<null, ReissueRefusal>> {
  const { answer } = await answerFormOnce(
    { db: deps.db, hashKey: deps.secrets.limits, now: deps.clock.now() },
    { scope: `link-code:${request.subscriptionId}`, requestId },
    async (tx): Promise<{ readonly code: ReissueRefusal | null }> => {
      const decision = await reissue(request, tx);
      return { code: decision.ok ? null : decision.code };
    },
  );
  return answer.code === null ? accept(null) : refuse(answer.code);
}
