import type { Hono } from 'hono';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { cardFailureText } from '../../../infra/payments/failure-text.ts';
import type { CardGateway } from '../../../infra/payments/payments.ts';
import { Actions, Card, LinkButton, Notice } from '../../../infra/ui/components.tsx';
import type { OpenDraft } from '../drafts.ts';
import type { Visits } from '../outside.ts';
import { canVisitGateway } from '../rules/outside.ts';
import { firstOpen } from '../rules/steps.ts';
import type { ApplicationPageDeps } from './deps.ts';
import { BackLink, stepPath } from './frame.tsx';
import { GoForm, isForThePhone, outsidePage, outsideRoutes, type Standing, StandingNotice } from './outside.tsx';
import { outsideText } from './outside-text.ts';

/**
 * GET /apply/:draft/payment: the card that is chosen, or how one is; POST leads to the gateway's page, /back is where
 * people come back to.
 */
export function paymentPages(
  deps: ApplicationPageDeps,
  { pagesOrigin }: Pick<CardGateway, 'pagesOrigin'>,
  visits: Visits<null>,
): Hono<WebEnv> {
  const { phone } = deps.operator.support;

  function show(c: WebContext, open: OpenDraft, trouble?: Standing) {
    const { language } = c.var;
    const cardFailureWords = cardFailureText(language);
    const t = outsideText(language).payment;
    const { payment, cardVisit } = open.draft;
    const failure = trouble ? null : (cardVisit?.failure ?? null);
    const standing = trouble ?? (canVisitGateway(open.draft) ? undefined : 'too-many-visits');
    const goLabel = failure ? t.again : payment ? t.other : t.go;
    return outsidePage(
      deps,
      c,
      { open, step: 'payment', pagesOrigin, status: trouble === undefined ? 200 : 422 },
      <>
        {failure ? (
          <Notice kind="warning" title={cardFailureWords[failure].title}>
            <p>{cardFailureWords[failure].next}</p>
          </Notice>
        ) : null}
        {standing ? (
          <StandingNotice
            c={c}
            open={open}
            step="payment"
            standing={standing}
            phone={phone}
            url={cardVisit?.page?.url}
          />
        ) : null}
        {payment ? (
          <Card title={t.done}>
            <p>
              {payment.brand} <span class="figure">•••• {payment.lastFour}</span>
            </p>
            <Actions>
              <LinkButton href={stepPath(open.draftId, firstOpen(open))}>{t.doneNext}</LinkButton>
            </Actions>
          </Card>
        ) : null}
        <p class="lead">{t.lead}</p>
        <p>{t.secure}</p>
        {isForThePhone(standing) ? (
          <BackLink c={c} open={open} step="payment" />
        ) : (
          <GoForm c={c} open={open} step="payment" label={goLabel} isOptional={payment !== null} />
        )}
      </>,
    );
  }

  return outsideRoutes(deps, {
    step: 'payment',
    begin: (begun) => visits.begin(begun, null),
    end: visits.end,
    isDone: ({ draft }) => draft.payment !== null && draft.cardVisit === null,
    show,
  });
}
