import { Hono } from 'hono';
import { newId } from '../../../base/ids.ts';
import { runnerOf } from '../../../infra/db/runner.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { Button, type FieldError, Form, Notice, renderPage } from '../../../infra/ui/components.tsx';
import { type CodeForOrderRefusal, codeForOrderText } from '../../invitations/index.ts';
import type { OpenDraft } from '../drafts.ts';
import { REVIEW } from '../rules/steps.ts';
import { submit } from '../submit.ts';
import { CodesCard, codePages } from './codes.tsx';
import type { ApplicationPageDeps } from './deps.ts';
import { BackLink, StepPage, stepPath } from './frame.tsx';
import { openStep } from './step.tsx';
import { Summary } from './summary.tsx';
import { pageText } from './text.ts';

/** GET and POST /apply/:draft/review: everything on one page, codes, and sending it. */
export function reviewPages(deps: ApplicationPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const { operator, browsers, drafts } = deps;

  // A password alone opens no new subscription.
  app.use('/apply/:draft/review', (c, next) =>
    c.var.session?.contractorId ? deps.credentials.requireSecondProof()(c, next) : next(),
  );

  app.get('/apply/:draft/review', async (c) => {
    const open = await openStep(deps, c, REVIEW);
    return open instanceof Response ? open : show(c, open, []);
  });

  app.post('/apply/:draft/review', async (c) => {
    const { language } = c.var;
    const applicant = browsers.applicant(c);
    const draftId = c.req.param('draft');
    const sent = await submit(deps, drafts, { applicant, draftId, language });
    if (sent.ok) return c.redirect(`/apply/${draftId}/done`, 303);
    if (sent.code === 'not-found') return c.notFound();
    // A step became undone meanwhile: a plan that is no longer sold, a reservation number that has run out.
    if (sent.code === 'not-complete') return c.redirect(`/apply/${draftId}`, 303);
    const open = await drafts.open(applicant, draftId);
    if (!open) return c.notFound();
    const { code } = sent;
    const text = isAboutCodes(code) ? codeForOrderText(language)[code] : pageText(language).review.refused[code];
    return show(c, open, [{ field: isAboutCodes(code) ? 'codes' : 'send', text }]);
  });

  app.route(
    '/',
    codePages(deps, (c, open, error, typed) => show(c, open, [error], typed)),
  );

  async function show(c: WebContext, open: OpenDraft, errors: readonly FieldError[], typedCode = '') {
    const t = pageText(c.var.language);
    const contractor =
      open.contractorId === null ? null : await deps.contractors.contractor(runnerOf(deps.db), open.contractorId);
    return renderPage(
      c,
      <StepPage c={c} operator={operator} open={open} step={REVIEW} errors={errors}>
        <p class="lead">{t.review.lead}</p>
        <Summary c={c} operator={operator} open={open} existingName={contractor?.name ?? null} />
        <CodesCard
          c={c}
          open={open}
          typed={typedCode}
          error={errors.find(({ field }) => field === 'entryCode')?.text}
        />
        <Notice kind="info">
          <p>{t.review.withdrawal}</p>
        </Notice>
        <Form action={stepPath(open.draftId, REVIEW)} requestId={newId()}>
          <div class="actions" id="send">
            <Button>{t.review.send}</Button>
            <BackLink c={c} open={open} step={REVIEW} />
          </div>
        </Form>
      </StepPage>,
      errors.length > 0 ? 422 : 200,
    );
  }

  return app;
}

const isAboutCodes = (code: string): code is CodeForOrderRefusal => Object.hasOwn(codeForOrderText('ja'), code);
