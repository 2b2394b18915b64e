import { isId, newId } from '../../../base/ids.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext } from '../../../infra/http/web-env.ts';
import { formatMoment } from '../../../infra/ui/format.ts';
import { applicationLimits } from '../rules/limits.ts';
import { carriedBy } from './carried.tsx';
import type { ApplicationPageDeps } from './deps.ts';
import { stepPath } from './frame.tsx';

/** Begins an application for whoever asks and leads to its first step; answers until when it is refused. */
export async function begin(deps: ApplicationPageDeps, c: WebContext): Promise<Response | { refusedUntil: string }> {
  const { drafts, browsers, operator } = deps;
  const taken = await deps.limits.take(deps.db, [{ limit: applicationLimits.begin.limit, subject: c.var.address }]);
  if (!taken.ok) return { refusedUntil: formatMoment(taken.until, operator.timeZone, c.var.language) };
  const form = await readForm(c);
  const known = browsers.applicant(c);
  const isKnown = known.contractorId !== null || known.lineUserId !== null;
  const applicant = { ...known, browserHash: isKnown ? null : browsers.keep(c) };
  const carried = await carriedBy(deps, form, applicant);
  const asked = isId(form('requestId')) ? form('requestId') : newId();
  // An answer that was lost took the browser's secret with it: then what was begun under this id is nobody's.
  const draftId = (await drafts.begin(applicant, asked, carried)) ? asked : newId();
  if (draftId !== asked) await drafts.begin(applicant, draftId, carried);
  return c.redirect(stepPath(draftId, 'plan'), 303);
}
