import { Hono } from 'hono';
import type { WebEnv } from '../../../infra/http/web-env.ts';
import { createCardVisits, createIdentityVisits } from '../outside.ts';
import { addPages } from './add.tsx';
import { contractorStep } from './contractor.tsx';
import { correctPages } from './correct.tsx';
import type { ApplicationPageDeps } from './deps.ts';
import { discardPages } from './discard.tsx';
import { documentPages } from './documents.tsx';
import { donePages } from './done.tsx';
import { elsewherePages } from './elsewhere.tsx';
import { filteringStep } from './filtering.tsx';
import { identityPages } from './identity.tsx';
import { mailPages } from './mail.tsx';
import { paymentPages } from './payment.tsx';
import { planStep } from './plan.tsx';
import { reviewPages } from './review.tsx';
import { simStep } from './sim.tsx';
import { startPages } from './start.tsx';
import { formStepPages } from './step.tsx';
import { userStep } from './user.tsx';

/** The pages of an application, in the order of the way; `rules/steps.ts` says which come when. */
export function applicationPages(deps: ApplicationPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.route('/', addPages(deps));
  app.route('/', startPages(deps));
  app.route('/', elsewherePages(deps));
  app.route('/', formStepPages(deps, planStep(deps)));
  app.route('/', formStepPages(deps, simStep(deps)));
  app.route('/', formStepPages(deps, contractorStep(deps)));
  app.route('/', mailPages(deps));
  app.route('/', formStepPages(deps, userStep));
  app.route('/', formStepPages(deps, filteringStep));
  const { identity, payments } = deps;
  if (identity) app.route('/', identityPages(deps, identity, createIdentityVisits(deps, identity)));
  if (payments) app.route('/', paymentPages(deps, payments, createCardVisits(deps, payments)));
  app.route('/', documentPages(deps));
  app.route('/', reviewPages(deps));
  app.route('/', donePages(deps));
  app.route('/', discardPages(deps));
  app.route('/', correctPages(deps));
  return app;
}
