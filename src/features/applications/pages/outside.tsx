import type { Child } from 'hono/jsx';
import { newId } from '../../../base/ids.ts';
import type { WebContext } from '../../../infra/http/web-env.ts';
import { Actions, Button, Form, LinkButton, Notice, renderPage } from '../../../infra/ui/components.tsx';
import type { OpenDraft } from '../drafts.ts';
import type { ApplicationPageDeps } from './deps.ts';
import { BackLink, StepPage, stepPath, TotalLine } from './frame.tsx';
import { outsideText } from './outside-text.ts';

export type OutsideStep = 'identity' | 'payment';

/** Where somebody stands who cannot go on at once: the company is silent, or the person is not done there, or tried too often. */
export type Standing = 'no-answer' | 'waiting' | 'too-many-visits';

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
  const told = standing === 'no-answer' ? t.silent : standing === 'waiting' ? t.waiting : t.tooMany(phone);
  return (
    <>
      <Notice kind={standing === 'waiting' ? 'info' : 'warning'} title={told.title}>
        <p>{told.next}</p>
      </Notice>
      {standing === 'too-many-visits' ? (
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
