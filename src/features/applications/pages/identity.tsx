import type { Hono } from 'hono';
import type { Child } from 'hono/jsx';
import { beside } from '../../../base/language.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { IDENTITY_METHODS, type IdentityMethod, type IdentityProvider } from '../../../infra/identity/identity.ts';
import { Actions, LinkButton, Notice, RadioCards } from '../../../infra/ui/components.tsx';
import type { OpenDraft } from '../drafts.ts';
import type { Visits } from '../outside.ts';
import type { IdentityFailure } from '../rules/draft.ts';
import { canVisitProvider } from '../rules/outside.ts';
import { firstOpen, steps } from '../rules/steps.ts';
import type { ApplicationPageDeps } from './deps.ts';
import { BackLink, stepPath } from './frame.tsx';
import { GoForm, isForThePhone, outsidePage, outsideRoutes, type Standing, StandingNotice } from './outside.tsx';
import { outsideText } from './outside-text.ts';

/**
 * GET /apply/:draft/identity: what is checked and how; POST leads to the provider's page, /back is where people come back
 * to. What counts is what the provider tells us; what the browser brings along says nothing.
 */
export function identityPages(
  deps: ApplicationPageDeps,
  { pagesOrigin, methods }: Pick<IdentityProvider, 'pagesOrigin' | 'methods'>,
  visits: Visits<IdentityMethod>,
): Hono<WebEnv> {
  const { phone } = deps.operator.support;

  function show(c: WebContext, open: OpenDraft, trouble?: Standing) {
    const all = outsideText(c.var.language);
    const t = all.identity;
    const { draft } = open;
    const visit = draft.identityVisit;
    const page = (children: Child, status: 200 | 422 = 200) =>
      outsidePage(deps, c, { open, step: 'identity', pagesOrigin, status }, children);
    if (isDone(open)) {
      return page(
        <>
          <Notice kind="success" title={t.done.title}>
            <p>{t.done.next}</p>
          </Notice>
          <Actions>
            <LinkButton href={stepPath(open.draftId, firstOpen(open))}>{t.doneNext}</LinkButton>
            <BackLink c={c} open={open} step="identity" />
          </Actions>
        </>,
      );
    }
    const standing = trouble ?? (canVisitProvider(draft) ? undefined : 'too-many-visits');
    return page(
      <>
        {visit?.failure && !trouble ? <FailureNotice c={c} open={open} failure={visit.failure} phone={phone} /> : null}
        {standing ? (
          <StandingNotice c={c} open={open} step="identity" standing={standing} phone={phone} url={visit?.page?.url} />
        ) : null}
        {draft.identity && !standing ? (
          <Notice kind="info">
            <p>{t.again}</p>
          </Notice>
        ) : null}
        <p class="lead">{t.lead}</p>
        <p>{t.how}</p>
        <p class="muted">{t.kept}</p>
        {isForThePhone(standing) ? (
          <BackLink c={c} open={open} step="identity" />
        ) : (
          <GoForm c={c} open={open} step="identity" label={t.go}>
            <RadioCards
              name="method"
              legend={t.legend}
              value={visit?.method ?? 'jpki'}
              options={methods.map((method) => ({ value: method, ...t.methods[method] }))}
            />
          </GoForm>
        )}
      </>,
      trouble === undefined ? 200 : 422,
    );
  }

  return outsideRoutes(deps, {
    step: 'identity',
    begin(begun, form) {
      const method = IDENTITY_METHODS.find((known) => known === form('method')) ?? 'jpki';
      return visits.begin(begun, method);
    },
    end: visits.end,
    isDone,
    show,
  });
}

const isDone = (open: OpenDraft): boolean => steps.find(({ name }) => name === 'identity')?.isDone(open) ?? false;

/** What the provider found instead, and the way on: correct, another card, again, or later. */
function FailureNotice(props: { c: WebContext; open: OpenDraft; failure: IdentityFailure; phone: string }) {
  const { c, open, failure, phone } = props;
  const t = outsideText(c.var.language).identity;
  const told = toldOf();
  return (
    <Notice kind="warning" title={told.title}>
      <p>{told.next}</p>
      {failure.outcome === 'mismatch' && !open.isExistingContractor ? (
        <p>
          <a class="tap" href={stepPath(open.draftId, 'contractor')}>
            {t.correct}
          </a>
        </p>
      ) : null}
    </Notice>
  );

  function toldOf() {
    if (failure.outcome === 'time-out') return t.timeOut;
    if (failure.outcome === 'refusal') return t.refusal[failure.reason];
    const fields = beside(
      failure.mismatched.map((field) => t.fields[field]),
      c.var.language,
    );
    return open.isExistingContractor ? t.mismatchOfContract(fields, phone) : t.mismatch(fields);
  }
}
