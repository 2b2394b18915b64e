import { newId } from '../../base/ids.ts';
import { accept, type Decision, refuse } from '../../base/refusal.ts';
import type { Db } from '../../infra/db/index.ts';
import { answerOnce } from '../../infra/http/answer-once.ts';
import type { IssuedCode, ReissueRefusal, ReissueRequest } from './codes.ts';
import type { LinkingDeps } from './deps.ts';

/** A re-issue by a form, which people tap twice: a repeat finds its code made, and takes none of the day's five. */
export async function reissueOnce(
  deps: LinkingDeps,
  reissue: (request: ReissueRequest, tx: Db) => Promise<Decision<IssuedCode, ReissueRefusal>>,
  { requestId, ...request }: ReissueRequest & { readonly requestId: string },
): Promise<Decision<null, ReissueRefusal>> {
  const asked = { scope: `form:link-code:${request.subscriptionId}`, key: requestId || newId(), body: null };
  const done = await answerOnce(
    { db: deps.db, hashKey: deps.secrets.limits, now: deps.clock.now() },
    asked,
    async (tx): Promise<{ readonly code: ReissueRefusal | null }> => {
      const decision = await reissue(request, tx);
      return { code: decision.ok ? null : decision.code };
    },
  );
  if (!done.ok) throw new Error('a re-issue has no body to differ in');
  return done.answer.code === null ? accept(null) : refuse(done.answer.code);
}
