import { runnerOf } from '../../../infra/db/index.ts';
import type { WebContext } from '../../../infra/http/web-env.ts';
import type { DataConsole, Shown } from './deps.ts';

/**
 * The subscription a page is about, once a reason for looking at its customer was given; else the answer that says
 * there is none, or leads to the page that asks why.
 */
export async function findShown(
  { db, contractors, staff }: DataConsole,
  c: WebContext,
  page: string,
): Promise<{ readonly shown: Shown } | { readonly answer: Response | Promise<Response> }> {
  const subscriptionId = c.req.param('id') ?? '';
  const shown = (await contractors.subscriptions(runnerOf(db), [subscriptionId])).get(subscriptionId);
  if (shown === undefined) return { answer: c.notFound() };
  const answer = await staff.lookFirst(c, { contractorId: shown.contractorId, subscriptionId, page });
  return answer ? { answer } : { shown };
}
