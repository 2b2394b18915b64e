import { Hono } from 'hono';
import type { Child } from 'hono/jsx';
import { type Form as PostedForm, readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { APPLICATION } from '../../../infra/ui/assets.ts';
import { type FieldError, renderPage } from '../../../infra/ui/components.tsx';
import type { OpenDraft } from '../drafts.ts';
import { type Draft, type FormStep, type Typed, withTyped } from '../rules/draft.ts';
import type { Fault } from '../rules/fault.ts';
import { firstOpen, isOpenAgain, isReached, type StepName, stepBefore } from '../rules/steps.ts';
import type { ApplicationPageDeps } from './deps.ts';
import { correctPath, StepForm, StepPage, stepPath, TotalLine } from './frame.tsx';

/** What fields are drawn from. */
export interface FieldView {
  readonly c: WebContext;
  /** A field as it was typed, or what the step proposes. */
  readonly value: (field: string) => string;
  readonly errorOf: (field: string) => string | undefined;
}

/** What a step's page draws itself from. */
export interface StepView extends FieldView {
  readonly open: OpenDraft;
  /** Something to say that is no fault. */
  readonly note: string | null;
}

/** One step that is a form of fields. */
export interface FormStepPage<Code extends string> {
  readonly step: FormStep;
  readonly fields: readonly string[];
  /** What stands in the fields before anything was typed. */
  propose?(open: OpenDraft): Typed;
  /** What is wrong, by field, in the order of the page. */
  faults(open: OpenDraft): readonly Fault<Code>[];
  /** A sentence for everything that can be wrong. */
  words(c: WebContext): Readonly<Record<Code, string>>;
  /** Changes what was typed before it is saved, with a remark for the person; then the page is shown once more. */
  complete?(typed: Typed, go: string, c: WebContext): { typed: Typed; note: string } | null;
  /** What else the step changes in the draft. */
  save?(draft: Draft, now: string): Draft;
  /** After a step without faults was saved: a fault that shows only then, or nothing. */
  afterwards?(c: WebContext, before: OpenDraft, after: OpenDraft): Promise<FieldError | null>;
  /** Whether the price stands above the form; the plan's own page shows it below. */
  readonly hasOwnTotal?: boolean;
  View(props: StepView): Child;
}

const LONGEST = 300;

/** GET and POST /apply/:draft/<step>: shows the fields, saves what was typed whatever it is, and goes on when it is right. */
export function formStepPages<Code extends string>(deps: ApplicationPageDeps, page: FormStepPage<Code>): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const { operator, drafts, browsers } = deps;
  const { step } = page;

  app.get(`/apply/:draft/${step}`, async (c) => {
    const open = await openStep(deps, c, step);
    if (open instanceof Response) return open;
    return show(c, open, isOpenAgain(open, step) ? faultsOf(c, open) : [], null);
  });

  app.post(`/apply/:draft/${step}`, async (c) => {
    const before = await openStep(deps, c, step);
    if (before instanceof Response) return before;
    const form = await readForm(c);
    const go = form('go');
    const typed = typedIn(form, page.fields);
    const completed = go === 'back' ? null : (page.complete?.(typed, go, c) ?? null);
    const after = await drafts.change(browsers.applicant(c), before.draftId, (draft, now) => {
      const changed = withTyped(draft, step, completed?.typed ?? typed);
      return page.save?.(changed, now.toString()) ?? changed;
    });
    if (!after) return c.notFound();
    if (go === 'back') return c.redirect(stepPath(after.draftId, stepBefore(after, step) ?? step), 303);
    if (completed) return show(c, after, [], completed.note);
    if (go === 'stay') return c.redirect(`${stepPath(after.draftId, step)}#stay`, 303);
    const errors = faultsOf(c, after);
    if (errors.length > 0) return show(c, after, errors, null);
    const late = await page.afterwards?.(c, before, after);
    if (late) return show(c, after, [late], null);
    return c.redirect(stepPath(after.draftId, firstOpen(after)), 303);
  });

  function faultsOf(c: WebContext, open: OpenDraft): FieldError[] {
    const words = page.words(c);
    return page.faults(open).map(({ field, code }) => ({ field, text: words[code] }));
  }

  function show(c: WebContext, open: OpenDraft, errors: readonly FieldError[], note: string | null) {
    const typed = open.draft.typed[step] ?? page.propose?.(open) ?? {};
    const { View } = page;
    return renderPage(
      c,
      <StepPage c={c} operator={operator} open={open} step={step} errors={errors}>
        {page.hasOwnTotal ? null : <TotalLine c={c} open={open} />}
        <StepForm c={c} open={open} step={step}>
          <View
            c={c}
            open={open}
            note={note}
            value={(field) => typed[field] ?? ''}
            errorOf={(field) => errors.find((error) => error.field === field)?.text}
          />
        </StepForm>
        <script src={APPLICATION.path} defer></script>
      </StepPage>,
      c.req.method === 'POST' && errors.length > 0 ? 422 : 200,
    );
  }

  return app;
}

/** The applicant's own draft, at a step that is reached; else 404, or the way to the first step that is open. */
export async function openStep(
  deps: Pick<ApplicationPageDeps, 'drafts' | 'browsers'>,
  c: WebContext,
  step: StepName,
): Promise<OpenDraft | Response> {
  const open = await deps.drafts.open(deps.browsers.applicant(c), c.req.param('draft') ?? '');
  if (!open) return c.notFound();
  const { correction } = open.draft;
  if (correction && !isReached(open, step)) return c.redirect(correctPath(correction.orderId), 303);
  return isReached(open, step) ? open : c.redirect(stepPath(open.draftId, firstOpen(open)), 303);
}

function typedIn(form: PostedForm, fields: readonly string[]): Typed {
  return Object.fromEntries(fields.map((field) => [field, form(field).slice(0, LONGEST)]));
}
