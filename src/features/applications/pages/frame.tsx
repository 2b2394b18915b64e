import type { Child } from 'hono/jsx';
import { newId } from '../../../base/ids.ts';
import type { Operator } from '../../../base/operator.ts';
import { dayOf } from '../../../base/operator-month.ts';
import type { WebContext } from '../../../infra/http/web-env.ts';
import { Button, ErrorSummary, type FieldError, Form, LinkButton, Page } from '../../../infra/ui/components.tsx';
import { formatDay } from '../../../infra/ui/format.ts';
import type { OpenDraft } from '../drafts.ts';
import { readPlan, totalOf } from '../rules/plan.ts';
import { progressOf, type StepName, stepBefore } from '../rules/steps.ts';
import { pageText } from './text.ts';

/** The address of a step. */
export const stepPath = (draftId: string, step: StepName) => `/apply/${draftId}/${step}`;

/** Where a question about an order is answered with corrected values. */
export const correctPath = (orderId: string) => `/orders/${orderId}/correct`;

export interface StepPageProps {
  c: WebContext;
  operator: Operator;
  open: OpenDraft;
  step: StepName;
  errors?: readonly FieldError[];
  children?: Child;
}

/** A page of the way: where we are, what it costs so far, the step itself, and the ways out. */
export function StepPage({ c, operator, open, step, errors = [], children }: StepPageProps) {
  const { language } = c.var;
  const t = pageText(language);
  if (open.draft.correction) {
    return (
      <Page c={c} operator={operator} title={t.titles[step]} hasErrors={errors.length > 0}>
        {children}
      </Page>
    );
  }
  const { at, of } = progressOf(open, step);
  const until = formatDay(dayOf(open.expiresAt, operator.timeZone), language);
  return (
    <Page c={c} operator={operator} title={t.titles[step]} hasErrors={errors.length > 0}>
      <div class="progress">
        <p>{t.progress(at, of)}</p>
        <progress value={at} max={of} aria-label={t.progress(at, of)} />
      </div>
      <ErrorSummary errors={errors} language={language} />
      {children}
      <p class="muted kept">
        {t.keptUntil(until)}
        <span>
          <a class="tap" href="/apply">
            {t.later}
          </a>
          {open.draft.verifiedMail === null ? null : (
            <a class="tap" href={`/apply/${open.draftId}/elsewhere`}>
              {t.elsewhere.link}
            </a>
          )}
          <a class="tap" href={`/apply/${open.draftId}/discard`}>
            {t.discard.link}
          </a>
        </span>
      </p>
    </Page>
  );
}

/** What the application costs so far; nothing before a plan is chosen. */
export function TotalLine({ c, open }: { c: WebContext; open: OpenDraft }) {
  const t = pageText(c.var.language);
  const chosen = readPlan(open.draft.typed.plan, open.offer);
  const { monthlyYen, onceYen } = totalOf(chosen, open.offer, open.draft.entryCode);
  if (!chosen.plan || open.draft.correction) return null;
  return (
    <p class="total">
      <span>
        {t.monthly} <strong class="figure">{t.yen(monthlyYen)}</strong>
      </span>
      <span>
        {t.once} <strong class="figure">{t.yen(onceYen)}</strong>
      </span>
    </p>
  );
}

/**
 * The form of a step. Its first button is never shown: it is what the return key presses, so that another button further down
 * is not taken for it. Going back sends the form, too, and loses nothing.
 */
export function StepForm({ c, open, step, children }: Pick<StepPageProps, 'c' | 'open' | 'step' | 'children'>) {
  const t = pageText(c.var.language);
  return (
    <Form action={stepPath(open.draftId, step)} requestId={newId()}>
      <button type="submit" hidden></button>
      {children}
      <div class="actions">
        <Button name="go" value="next">
          {t.next}
        </Button>
        {stepBefore(open, step) === null ? null : (
          <Button kind="quiet" name="go" value="back">
            {t.back}
          </Button>
        )}
      </div>
    </Form>
  );
}

/** The way back from a page that has nothing to save. */
export function BackLink({ c, open, step }: Pick<StepPageProps, 'c' | 'open' | 'step'>) {
  const before = stepBefore(open, step);
  return before === null ? null : (
    <LinkButton kind="quiet" href={stepPath(open.draftId, before)}>
      {pageText(c.var.language).back}
    </LinkButton>
  );
}
