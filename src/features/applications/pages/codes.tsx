import { Hono } from 'hono';
import { runnerOf } from '../../../infra/db/runner.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { Actions, Button, Field, Form } from '../../../infra/ui/components.tsx';
import { formatMoment } from '../../../infra/ui/format.ts';
import { codeRefusalText } from '../../invitations/index.ts';
import type { OpenDraft } from '../drafts.ts';
import type { Draft } from '../rules/draft.ts';
import { applicationLimits } from '../rules/limits.ts';
import { REVIEW } from '../rules/steps.ts';
import type { ApplicationPageDeps } from './deps.ts';
import { stepPath } from './frame.tsx';
import { openStep } from './step.tsx';
import { pageText } from './text.ts';

const CODE = 'entryCode';

/** POST /apply/:draft/code: takes an entry code, or takes it or the invitation away again; then everything on one page. */
export function codePages(
  deps: ApplicationPageDeps,
  refused: (c: WebContext, open: OpenDraft, error: { field: string; text: string }, typed: string) => Promise<Response>,
): Hono<WebEnv> {
  const { drafts, browsers } = deps;
  return new Hono<WebEnv>().post('/apply/:draft/code', async (c) => {
    const open = await openStep(deps, c, REVIEW);
    if (open instanceof Response) return open;
    const form = await readForm(c);
    const changed = await changeOf(form('act'), form(CODE));
    if (typeof changed === 'string') {
      return refused(c, open, { field: CODE, text: changed }, form(CODE));
    }
    await drafts.change(browsers.applicant(c), open.draftId, (draft) => ({ ...draft, ...changed }));
    return c.redirect(`${stepPath(open.draftId, REVIEW)}#codes`, 303);

    async function changeOf(act: string, typed: string): Promise<Partial<Draft> | string> {
      if (act === 'without-code') return { entryCode: null };
      if (act === 'without-invitation') return { invitation: null };
      const looked = await lookAtEntryCode(deps, c, typed);
      return looked.ok ? { entryCode: looked.value } : looked.because;
    }
  });
}

/** An entry code as typed or as a link brought it, counted before it is looked at; or in words why it is not taken. */
export async function lookAtEntryCode(
  { limits, db, invitations, operator }: ApplicationPageDeps,
  c: WebContext,
  typed: string,
): Promise<{ ok: true; value: string } | { ok: false; because: string }> {
  const { language, address: subject } = c.var;
  const taken = await limits.take(db, [{ limit: applicationLimits.entryCode.limit, subject }]);
  if (!taken.ok) {
    const until = formatMoment(taken.until, operator.timeZone, language);
    return { ok: false, because: pageText(language).codes.tooMany(until) };
  }
  const checked = await invitations.checkEntryCode(runnerOf(db), typed);
  return checked.ok ? checked : { ok: false, because: codeRefusalText(language).entryCode[checked.code] };
}

/** On the last page: the code that waives the fee, and that somebody was invited, each to be taken away again. */
export function CodesCard({
  c,
  open,
  typed,
  error,
}: {
  c: WebContext;
  open: OpenDraft;
  typed: string;
  error?: string | undefined;
}) {
  const t = pageText(c.var.language).codes;
  const action = `/apply/${open.draftId}/code`;
  const { entryCode, invitation } = open.draft;
  return (
    <section class="card" id="codes">
      <h2>{t.title}</h2>
      {invitation === null ? null : (
        <Form action={action}>
          <p>{t.invited}</p>
          <Button kind="quiet" name="act" value="without-invitation">
            {t.withoutInvitation}
          </Button>
        </Form>
      )}
      <Form action={action}>
        {entryCode === null ? (
          <>
            <Field
              name={CODE}
              label={t.code}
              hint={t.hint}
              value={typed}
              error={error}
              required={false}
              maxlength={40}
            />
            <Actions>
              <Button kind="secondary" name="act" value="use">
                {t.use}
              </Button>
            </Actions>
          </>
        ) : (
          <>
            <p>{t.used(entryCode.replace(/(.{4})(?=.)/g, '$1-'))}</p>
            <Button kind="quiet" name="act" value="without-code">
              {t.withoutCode}
            </Button>
          </>
        )}
      </Form>
    </section>
  );
}
