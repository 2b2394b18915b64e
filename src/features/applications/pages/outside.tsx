import { Hono } from 'hono';
import type { WebEnv } from '../../../infra/http/web-env.ts';
import { Actions, LinkButton, Notice, renderPage } from '../../../infra/ui/components.tsx';
import type { ApplicationPageDeps } from './deps.ts';
import { BackLink, StepPage, TotalLine } from './frame.tsx';
import { openStep } from './step.tsx';
import { pageText } from './text.ts';

/** GET of a step that another company does, where none is connected: people are asked to call. */
export function unconnectedPages(deps: ApplicationPageDeps, step: 'identity' | 'payment'): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const { operator } = deps;
  const { phone, hours } = operator.support;

  app.get(`/apply/:draft/${step}`, async (c) => {
    const open = await openStep(deps, c, step);
    if (open instanceof Response) return open;
    const t = pageText(c.var.language).outside;
    return renderPage(
      c,
      <StepPage c={c} operator={operator} open={open} step={step}>
        <TotalLine c={c} open={open} />
        <Notice kind="info">
          <p>{t.byPhone(phone, `${hours.from}〜${hours.to}`)}</p>
        </Notice>
        <Actions>
          <LinkButton href={`tel:${phone.replace(/[^\d+]/g, '')}`}>{t.call}</LinkButton>
          <BackLink c={c} open={open} step={step} />
        </Actions>
      </StepPage>,
    );
  });

  return app;
}
