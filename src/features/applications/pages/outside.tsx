import { Hono } from 'hono';
import type { Child } from 'hono/jsx';
import { isId, newId } from '../../../base/ids.ts';
import type { Decision } from '../../../base/refusal.ts';
import { type Form as PostedForm, readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { Actions, Button, Form, LinkButton, Notice, renderPage } from '../../../infra/ui/components.tsx';
import type { OpenDraft } from '../drafts.ts';
import type { BeginRefusal, Begun } from '../outside.ts';
import { firstOpen } from '../rules/steps.ts';
import type { ApplicationPageDeps } from './deps.ts';
import { BackLink, StepPage, stepPath, TotalLine } from './frame.tsx';
import { outsideText } from './outside-text.ts';
import { openStep } from './step.tsx';

export type OutsideStep = 'identity' | 'payment';

/**
 * Where somebody stands who cannot go on at once: the company is silent, or the person is not done there, tried too often, or
 * has a contract without a birth date.
 */
export type Standing = 'no-answer' | 'waiting' | 'too-many-visits' | 'no-birth-date';

/** Whether nothing on the page leads on, and a call does. */
export const isForThePhone = (standing: Standing | undefined): boolean =>
  standing === 'too-many-visits' || standing === 'no-birth-date';

/** What a step that another company does has of its own. */
export interface OutsideStepPage {
  readonly step: OutsideStep;
  begin(begun: Begun, form: PostedForm): Promise<Decision<{ url: string }, BeginRefusal>>;
  end(applicant: Begun['applicant'], open: OpenDraft): Promise<Decision<OpenDraft, 'no-answer' | 'waiting'>>;
  isDone(open: OpenDraft): boolean;
  show(c: WebContext, open: OpenDraft, trouble?: Standing): Response | Promise<Response>;
}

/** GET shows the step, POST leads to the company, /back is where people come back to. */
export function outsideRoutes(deps: ApplicationPageDeps, page: OutsideStepPage): Hono<WebEnv> {
  const { step } = page;
  const path = `/apply/:draft/${step}`;
  const applicantOf = (c: WebContext) => deps.browsers.applicant(c);

  return new Hono<WebEnv>()
    .get(path, async (c) => {
      const open = await openStep(deps, c, step);
      return open instanceof Response ? open : page.show(c, open);
    })
    .post(path, async (c) => {
      const open = await openStep(deps, c, step);
      if (open instanceof Response) return open;
      const form = await readForm(c);
      const asked = form('requestId');
      const requestId = isId(asked) ? asked : newId();
      const begun = await page.begin({ applicant: applicantOf(c), open, requestId, language: c.var.language }, form);
      if (begun.ok) return c.redirect(begun.value.url, 303);
      return begun.code === 'not-found' ? c.notFound() : page.show(c, open, begun.code);
    })
    .get(`${path}/back`, async (c) => {
      const open = await openStep(deps, c, step);
      if (open instanceof Response) return open;
      const ended = await page.end(applicantOf(c), open);
      if (!ended.ok) return page.show(c, open, ended.code);
      return c.redirect(stepPath(open.draftId, page.isDone(ended.value) ? firstOpen(ended.value) : step), 303);
    });
}

/** The page of a step that another company does. Its form leads there, and browsers hold our policy against that. */
export function outsidePage(
  { operator }: Pick<ApplicationPageDeps, 'operator'>,
  c: WebContext,
  {
    open,
    step,
    pagesOrigin,
    status = 200,
  }: { open: OpenDraft; step: OutsideStep; pagesOrigin: string; status?: 200 | 422 },
  children: Child,
) {
  c.set('formTarget', pagesOrigin);
  return renderPage(
    c,
    <StepPage c={c} operator={operator} open={open} step={step}>
      <TotalLine c={c} open={open} />
      {children}
    </StepPage>,
    status,
  );
}

/** The one button out, and the way back. */
export function GoForm(props: {
  c: WebContext;
  open: OpenDraft;
  step: OutsideStep;
  label: string;
  /** Where going on is possible without it. */
  isOptional?: boolean;
  children?: Child;
}) {
  const { c, open, step } = props;
  return (
    <Form action={stepPath(open.draftId, step)} requestId={newId()}>
      {props.children}
      <Actions>
        <Button kind={props.isOptional ? 'secondary' : 'primary'}>{props.label}</Button>
        <BackLink c={c} open={open} step={step} />
      </Actions>
    </Form>
  );
}

/** Says why it does not go on at once, and what can be done. @param url where the person goes on, when known. */
export function StandingNotice(props: {
  c: WebContext;
  open: OpenDraft;
  step: OutsideStep;
  standing: Standing;
  phone: string;
  url?: string | undefined;
}) {
  const t = outsideText(props.c.var.language);
  const { standing, phone, url, open, step } = props;
  const told = {
    'no-answer': t.silent,
    waiting: t.waiting,
    'too-many-visits': t.tooMany(phone),
    'no-birth-date': t.noBirthDate(phone),
  }[standing];
  return (
    <>
      <Notice kind={standing === 'waiting' ? 'info' : 'warning'} title={told.title}>
        <p>{told.next}</p>
      </Notice>
      {isForThePhone(standing) ? (
        <Actions>
          <LinkButton href={`tel:${phone.replace(/[^\d+]/g, '')}`}>{t.call}</LinkButton>
        </Actions>
      ) : null}
      {standing === 'waiting' ? (
        <Actions>
          <LinkButton href={`${stepPath(open.draftId, step)}/back`}>{t.look}</LinkButton>
          {url ? (
            <LinkButton kind="secondary" href={url}>
              {t.goOn}
            </LinkButton>
          ) : null}
        </Actions>
      ) : null}
    </>
  );
}
