import { Hono } from 'hono';
import { isId, newId } from '../../../base/ids.ts';
import { addMonths } from '../../../base/operator-month.ts';
import { runnerOf } from '../../../infra/db/runner.ts';
import { type Form as PostedForm, readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { Card, ConfirmPage, DataTable, Notice, Page, renderPage } from '../../../infra/ui/components.tsx';
import { formatDay } from '../../../infra/ui/format.ts';
import type { Subscription, Terms } from '../../contractors/index.ts';
import { loadWaitingLeaves } from '../leave-store.ts';
import { optionName } from '../plan-messages.ts';
import { fitOptions, isThereFrom, plansFor } from '../rules/plan-change.ts';
import { talkText } from '../text.ts';
import { type BillingPageDeps, contractorOf, inServiceOf } from './deps.ts';
import { PlanCard } from './plan-card.tsx';
import { PlanChoice } from './plan-choice.tsx';
import { termRows, Whose } from './plan-parts.tsx';
import { planText } from './plan-text.ts';

/** GET /plan shows; /plan/:id chooses, /plan/:id/confirm asks once more, /plan/:id/take-back undoes. */
export function planPages(deps: BillingPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const { operator, calendar, actions } = deps;
  const { options } = operator.billing;
  const sql = runnerOf(deps.db);

  app.get('/plan', async (c) => {
    const { language } = c.var;
    const planWords = planText(language);
    const mine = await inServiceOf(deps, c);
    const ids = mine.map((each) => each.subscriptionId);
    const [changes, leaves] = await Promise.all([
      deps.contractors.terms.changesOf(sql, ids),
      loadWaitingLeaves(sql, ids),
    ]);
    return renderPage(
      c,
      <Page c={c} operator={operator} title={planWords.title} nav="plan">
        <Done c={c} />
        {mine.length === 0 ? (
          <Notice kind="info">
            <p>{planWords.nobody}</p>
          </Notice>
        ) : (
          <p class="lead">{planWords.lead}</p>
        )}
        <div class="cards">
          {mine.map((each) => (
            <PlanCard
              operator={operator}
              language={language}
              subscription={each}
              goesOn={goesOn(each)}
              changes={changes.filter((change) => change.subscriptionId === each.subscriptionId)}
              canStay={leaves.has(each.subscriptionId)}
            />
          ))}
        </div>
      </Page>,
    );
  });

  app.get('/plan/:id', async (c) => {
    const subscription = await own(c);
    if (!subscription) return c.notFound();
    return goesOn(subscription) ? choose(c, subscription, subscription, null) : c.redirect('/plan', 303);
  });

  app.post('/plan/:id/choose', async (c) => {
    const t = talkText(c.var.language);
    const subscription = await own(c);
    if (!subscription) return c.notFound();
    if (!goesOn(subscription)) return c.redirect('/plan', 303);
    const wanted = termsIn(await readForm(c));
    const { terms, fallAway } = fitOptions(wanted, options);
    const isSame =
      terms.planCode === subscription.planCode &&
      [...terms.optionCodes].sort().join() === [...subscription.optionCodes].sort().join();
    if (!plansFor(subscription.planCode, operator.plans).some((plan) => plan.code === terms.planCode)) {
      return choose(c, subscription, wanted, t.planRefusals['plan-not-sold']);
    }
    if (isSame) return choose(c, subscription, wanted, t.planRefusals['nothing-changes']);
    const query = new URLSearchParams({
      plan: terms.planCode,
      options: terms.optionCodes.join(','),
      ...(fallAway.length > 0 ? { dropped: fallAway.join(',') } : {}),
    });
    return c.redirect(`/plan/${subscription.subscriptionId}/confirm?${query}`, 303);
  });

  app.get('/plan/:id/confirm', async (c) => {
    const { language } = c.var;
    const planWords = planText(language);
    const subscription = await own(c);
    const planCode = c.req.query('plan') ?? '';
    if (!subscription || !operator.plans.some((plan) => plan.code === planCode)) return c.notFound();
    if (!goesOn(subscription)) return c.redirect('/plan', 303);
    const wanted = { planCode, optionCodes: codesIn(c.req.query('options')) };
    const { terms, fallAway } = fitOptions(wanted, options);
    const dropped = [...new Set([...fallAway, ...codesIn(c.req.query('dropped'))])].filter(isOption);
    const day = formatDay(`${nextMonth()}-01`, language);
    const [before, after] = [termRows(subscription, operator, language), termRows(terms, operator, language)];
    return renderPage(
      c,
      <ConfirmPage
        c={c}
        operator={operator}
        title={planWords.confirmTitle}
        nav="plan"
        back={{ href: `/plan/${subscription.subscriptionId}`, label: planWords.changeTitle }}
        action={`/plan/${subscription.subscriptionId}/confirm`}
        confirmLabel={planWords.confirm}
        cancelHref="/plan"
        requestId={newId()}
        loses={dropped.map((code) => planWords.fallAway(optionName(code, operator, language)))}
        losesTitle={planWords.fallAwayTitle}
        fields={
          <>
            <input type="hidden" name="plan" value={terms.planCode} />
            {terms.optionCodes.map((code) => (
              <input type="hidden" name={`option-${code}`} value="yes" />
            ))}
          </>
        }
      >
        <p class="lead">
          <Whose subscription={subscription} />
        </p>
        <Card>
          <DataTable
            caption={planWords.compare}
            head={[planWords.what, planWords.now, planWords.after]}
            rows={before.map(({ term, value }, index) => [
              term,
              <span class="words">{value}</span>,
              <strong class="words">{after[index]?.value ?? ''}</strong>,
            ])}
          />
        </Card>
        <Notice kind="info">
          <p>{planWords.fromDay(day)}</p>
        </Notice>
      </ConfirmPage>,
    );
  });

  app.post('/plan/:id/confirm', async (c) => {
    const form = await readForm(c);
    const contractorId = contractorOf(c);
    const requestId = isId(form('requestId')) ? form('requestId') : newId();
    const wanted = termsIn(form);
    const decision = await actions.askPlanChange({
      requestId: `page:${contractorId}:${requestId}`,
      contractorId,
      subscriptionId: c.req.param('id'),
      to: wanted,
    });
    if (decision.ok) return c.redirect('/plan?done=asked', 303);
    const subscription = await own(c);
    if (decision.code === 'not-found' || !subscription) return c.notFound();
    if (decision.code === 'leaving') return c.redirect('/plan', 303);
    return choose(c, subscription, wanted, talkText(c.var.language).planRefusals[decision.code]);
  });

  app.post('/plan/:id/take-back', async (c) => {
    const asked = { contractorId: contractorOf(c), subscriptionId: c.req.param('id') };
    const decision = await actions.takeBackPlanChange(asked);
    return decision.ok ? c.redirect('/plan?done=taken-back', 303) : c.notFound();
  });

  async function own(c: WebContext): Promise<Subscription | undefined> {
    return (await inServiceOf(deps, c)).find((each) => each.subscriptionId === c.req.param('id'));
  }

  const nextMonth = () => addMonths(calendar.monthOf(deps.clock.now()), 1);

  /** Whether there is a month from which a change could count. The page says why not in the place of the button. */
  const goesOn = (subscription: Subscription) => isThereFrom(subscription, calendar.startOf(nextMonth()));

  const isOption = (code: string) => options.some((option) => option.code === code);

  function codesIn(list: string | undefined): string[] {
    return (list ?? '').split(',').filter(isOption);
  }

  function termsIn(form: PostedForm): Terms {
    const optionCodes = options.map((option) => option.code).filter((code) => form(`option-${code}`) === 'yes');
    return { planCode: form('plan'), optionCodes };
  }

  function choose(c: WebContext, subscription: Subscription, wanted: Terms, error: string | null) {
    const page = <PlanChoice c={c} operator={operator} subscription={subscription} wanted={wanted} error={error} />;
    return renderPage(c, page, error === null ? 200 : 422);
  }

  function Done({ c }: { c: WebContext }) {
    const planWords = planText(c.var.language);
    const done = c.req.query('done');
    if (done === 'asked') return <Notice kind="success">{planWords.asked}</Notice>;
    return done === 'taken-back' ? <Notice kind="success">{planWords.takenBack}</Notice> : null;
  }

  return app;
}
