import { isId, newId } from '../../../base/ids.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext } from '../../../infra/http/web-env.ts';
import { formatMoment } from '../../../infra/ui/format.ts';
import { applicationLimits } from '../rules/limits.ts';
import { carriedBy } from './carried.tsx';
import type { ApplicationPageDeps } from './deps.ts';
import { stepPath } from './frame.tsx';
import { pageText } from './text.ts';

/** Why nothing was begun, in words. What a link carried and cannot be used is told before anything is typed. */
export interface NotBegun {
  readonly because: string;
  readonly status: 422 | 429;
}

/** Begins an application for whoever asks and leads to its first step. */
export async function begin(deps: ApplicationPageDeps, c: WebContext): Promise<Response | NotBegun> {
  const { language } = c.var;
  const { drafts, browsers, operator } = deps;
  const taken = await deps.limits.take(deps.db, [{ limit: applicationLimits.begin.limit, subject: c.var.address }]);
  if (!taken.ok) {
    const until = formatMoment(taken.until, operator.timeZone, language);
    return { because: pageText(language).start.tooMany(until), status: 429 };
  }
  const form = await readForm(c);
  const known = browsers.applicant(c);
  const isKnown = known.contractorId !== null || known.lineUserId !== null;
  const applicant = { ...known, browserHash: isKnown ? null : browsers.keep(c) };
  const { carried, refused } = await carriedBy(deps, c, applicant);
  if (refused !== null) return { because: refused, status: 422 };
  const asked = isId(form('requestId')) ? form('requestId') : newId();
  // An answer that was lost took the browser's secret with it: then what was begun under this id is nobody's.
  const draftId = (await drafts.begin(applicant, asked, carried)) ? asked : newId();
  if (draftId !== asked) await drafts.begin(applicant, draftId, carried);
  return c.redirect(stepPath(draftId, 'plan'), 303);
}
