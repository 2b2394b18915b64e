import { isId, newId } from '../../../base/ids.ts';
import { runnerOf } from '../../../infra/db/runner.ts';
import { type Form as PostedForm, readForm } from '../../../infra/http/form.ts';
import type { WebContext } from '../../../infra/http/web-env.ts';
import { formatMoment } from '../../../infra/ui/format.ts';
import type { Applicant } from '../applicant.ts';
import type { Draft } from '../rules/draft.ts';
import { applicationLimits } from '../rules/limits.ts';
import type { ApplicationPageDeps } from './deps.ts';
import { stepPath } from './frame.tsx';
import { pageText } from './text.ts';

/** What a link may bring along: `/apply?code=…`, `/apply?invitation=…`. */
const CARRIED = ['code', 'invitation'] as const;

/** Begins an application for whoever asks and leads to its first step; answers until when it is refused. */
export async function begin(deps: ApplicationPageDeps, c: WebContext): Promise<Response | { refusedUntil: string }> {
  const { drafts, browsers, operator } = deps;
  const taken = await deps.limits.take(deps.db, [{ limit: applicationLimits.begin.limit, subject: c.var.address }]);
  if (!taken.ok) return { refusedUntil: formatMoment(taken.until, operator.timeZone, c.var.language) };
  const form = await readForm(c);
  const draftId = isId(form('requestId')) ? form('requestId') : newId();
  const applicant = browsers.applicant(c);
  const isKnown = applicant.contractorId !== null || applicant.lineUserId !== null;
  const browserHash = isKnown ? null : browsers.keep(c);
  await drafts.begin({ ...applicant, browserHash }, draftId, await carriedBy(deps, form, applicant));
  return c.redirect(stepPath(draftId, 'plan'), 303);
}

/** What a link has carried here and can be used; anything else is left behind, and the last page takes codes too. */
async function carriedBy(
  { invitations, db }: ApplicationPageDeps,
  form: PostedForm,
  { contractorId, lineUserId }: Applicant,
): Promise<Partial<Draft>> {
  const sql = runnerOf(db);
  const code = form('code') === '' ? null : await invitations.checkEntryCode(sql, form('code'));
  const token = form('invitation');
  const asked = { token, applicant: { contractorId, lineUserId, person: null } };
  const invitation = token === '' ? null : await invitations.checkInvitation(sql, asked);
  return { entryCode: code?.ok ? code.value : null, invitation: invitation?.ok ? token : null };
}

/** The code or invitation of the link somebody came by goes on with the form. */
export function Carried({ c }: { c: WebContext }) {
  const t = pageText(c.var.language).codes;
  return (
    <>
      {CARRIED.map((name) => {
        const value = c.req.query(name) ?? '';
        return value === '' ? null : <input type="hidden" name={name} value={value} />;
      })}
      {c.req.query('invitation') ? <p>{t.invited}</p> : null}
      {c.req.query('code') ? <p>{t.withCode}</p> : null}
    </>
  );
}
