import { Hono } from 'hono';
import { isId, newId } from '../../../base/ids.ts';
import { listed, sentences } from '../../../base/language.ts';
import { formatMsisdn } from '../../../base/msisdn.ts';
import { isOnSale } from '../../../base/operator.ts';
import { addMonths, lastDayBefore } from '../../../base/operator-month.ts';
import { runnerOf } from '../../../infra/db/runner.ts';
import { type Form as PostedForm, readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Button,
  Card,
  Checkbox,
  ConfirmPage,
  DataTable,
  ErrorSummary,
  Form,
  LinkButton,
  Notice,
  Page,
  RadioCards,
  renderPage,
} from '../../../infra/ui/components.tsx';
import { formatDay, formatShortDay, formatYen } from '../../../infra/ui/format.ts';
import { uiText } from '../../../infra/ui/text.ts';
import type { PlanChange, Subscription, Terms } from '../../contractors/index.ts';
import { loadWaitingLeaves } from '../leave-store.ts';
import { optionName, optionNames, planName, planVolume } from '../plan-messages.ts';
import { fitOptions, isThereFrom, plansFor, plansInReach } from '../rules/plan-change.ts';
import { planRefusalText } from '../text.ts';
import { type BillingPageDeps, contractorOf, inServiceOf } from './deps.ts';
import { TermsList, termRows } from './plan-parts.tsx';
import { planText as t } from './plan-text.ts';

/** GET /plan shows; /plan/:id chooses, /plan/:id/confirm asks once more, /plan/:id/take-back undoes. */
export function planPages(deps: BillingPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const { operator, calendar, actions } = deps;
  const { options } = operator.billing;
  const sql = runnerOf(deps.db);

  app.get('/plan', async (c) => {
    const { language } = c.var;
    const mine = await inServiceOf(deps, c);
    const ids = mine.map((each) => each.subscriptionId);
    const [changes, leaves] = await Promise.all([
      deps.contractors.terms.changesOf(sql, ids),
      loadWaitingLeaves(sql, ids),
    ]);
    return renderPage(
      c,
      <Page c={c} operator={operator} title={t.title[language]()} nav="plan">
        <Done c={c} />
        {mine.length === 0 ? (
          <Notice kind="info">
            <p>{t.nobody[language]()}</p>
          </Notice>
        ) : (
          <p class="lead">{t.lead[language]()}</p>
        )}
        <div class="cards">
          {mine.map((each) => (
            <SubscriptionCard
              c={c}
              subscription={each}
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
    const subscription = await own(c);
    if (!subscription) return c.notFound();
    if (!goesOn(subscription)) return c.redirect('/plan', 303);
    const wanted = termsIn(await readForm(c));
    const { terms, fallAway } = fitOptions(wanted, options);
    const isSame =
      terms.planCode === subscription.planCode &&
      [...terms.optionCodes].sort().join() === [...subscription.optionCodes].sort().join();
    if (!plansFor(subscription.planCode, operator.plans).some((plan) => plan.code === terms.planCode)) {
      return choose(c, subscription, wanted, planRefusalText['plan-not-sold'][c.var.language]());
    }
    if (isSame) return choose(c, subscription, wanted, planRefusalText['nothing-changes'][c.var.language]());
    const query = new URLSearchParams({
      plan: terms.planCode,
      options: terms.optionCodes.join(','),
      ...(fallAway.length > 0 ? { dropped: fallAway.join(',') } : {}),
    });
    return c.redirect(`/plan/${subscription.subscriptionId}/confirm?${query}`, 303);
  });

  app.get('/plan/:id/confirm', async (c) => {
    const { language } = c.var;
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
        title={t.confirmTitle[language]()}
        nav="plan"
        back={{ href: `/plan/${subscription.subscriptionId}`, label: t.changeTitle[language]() }}
        action={`/plan/${subscription.subscriptionId}/confirm`}
        confirmLabel={t.confirm[language]()}
        cancelHref="/plan"
        requestId={newId()}
        loses={dropped.map((code) => t.fallAway[language](optionName(code, operator, language)))}
        losesTitle={t.fallAwayTitle[language]()}
        fields={
          <>
            <input type="hidden" name="plan" value={terms.planCode} />
            {terms.optionCodes.map((code) => (
              <input type="hidden" name={`option-${code}`} value="yes" />
            ))}
          </>
        }
      >
        <WhoseLine subscription={subscription} />
        <Card>
          <DataTable
            caption={t.compare[language]()}
            head={[t.what[language](), t.now[language](), t.after[language]()]}
            rows={before.map(({ term, value }, index) => [
              term,
              <span class="words">{value}</span>,
              <strong class="words">{after[index]?.value ?? ''}</strong>,
            ])}
          />
        </Card>
        <Notice kind="info">
          <p>{t.fromDay[language](day)}</p>
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
    return choose(c, subscription, wanted, planRefusalText[decision.code][c.var.language]());
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

  function Done({ c }: { c: WebContext }) {
    const done = c.req.query('done');
    if (done === 'asked') return <Notice kind="success">{t.asked[c.var.language]()}</Notice>;
    return done === 'taken-back' ? <Notice kind="success">{t.takenBack[c.var.language]()}</Notice> : null;
  }

  function WhoseLine({ subscription }: { subscription: Subscription }) {
    return (
      <p class="lead">
        {subscription.userName} <span class="muted figure">{formatMsisdn(subscription.msisdn)}</span>
      </p>
    );
  }

  function SubscriptionCard(props: {
    c: WebContext;
    subscription: Subscription;
    changes: readonly PlanChange[];
    /** The end was asked for by the contractor, who can take it back. */
    canStay: boolean;
  }) {
    const { subscription, changes } = props;
    const { language } = props.c.var;
    const path = `/plan/${subscription.subscriptionId}`;
    const waiting = changes.find((change) => change.state === 'waiting');
    return (
      <Card
        title={
          <>
            {subscription.userName} <span class="muted figure">{formatMsisdn(subscription.msisdn)}</span>
          </>
        }
      >
        <TermsList terms={subscription} operator={operator} language={language} />
        {waiting ? (
          <Notice kind="info" title={t.waiting[language](formatShortDay(`${waiting.takesEffectIn}-01`, language))}>
            <TermsList terms={waiting.to} operator={operator} language={language} />
            <Form action={`${path}/take-back`}>
              <Actions>
                <Button kind="secondary">{t.takeBack[language]()}</Button>
              </Actions>
            </Form>
          </Notice>
        ) : null}
        {goesOn(subscription) ? (
          <Actions>
            <LinkButton kind="secondary" href={path}>
              {t.change[language]()}
            </LinkButton>
          </Actions>
        ) : (
          <Ends c={props.c} subscription={subscription} canStay={props.canStay} />
        )}
        <History c={props.c} changes={changes} />
      </Card>
    );
  }

  function Ends({ c, subscription, canStay }: { c: WebContext; subscription: Subscription; canStay: boolean }) {
    const { language } = c.var;
    if (subscription.endedAt === null) return null;
    const day = formatShortDay(lastDayBefore(subscription.endedAt, operator.timeZone), language);
    return (
      <Notice kind="warning" title={t.ends[language](day)}>
        {canStay ? (
          <>
            <p>{t.staysFirst[language]()}</p>
            <p>
              <a class="tap" href="/leave">
                {t.toLeave[language]()}
              </a>
            </p>
          </>
        ) : null}
      </Notice>
    );
  }

  function History({ c, changes }: { c: WebContext; changes: readonly PlanChange[] }) {
    const { language } = c.var;
    const past = changes.filter((change) => change.state !== 'waiting').toReversed();
    if (past.length === 0) return null;
    const names = ({ to }: PlanChange) =>
      listed(
        [
          planName(to.planCode, operator, language),
          ...(to.optionCodes.length > 0 ? [optionNames(to, operator, language)] : []),
        ],
        language,
      );
    return (
      <details>
        <summary>{t.history[language]()}</summary>
        <DataTable
          caption={t.history[language]()}
          isUnderHeading
          head={[t.historyHead.from[language](), t.historyHead.what[language](), t.historyHead.state[language]()]}
          rows={past.map((change) => [
            formatDay(`${change.takesEffectIn}-01`, language),
            names(change),
            t.states[change.state][language](),
          ])}
        />
      </details>
    );
  }

  function choose(c: WebContext, subscription: Subscription, wanted: Terms, error: string | null) {
    const { language } = c.var;
    const errors = error === null ? [] : [{ field: 'plan', text: error }];
    const missing = (planCodes: readonly string[]) =>
      plansInReach(subscription.planCode, operator.plans)
        .filter((plan) => !planCodes.includes(plan.code))
        .map((plan) => plan.name[language]);
    const page = (
      <Page
        c={c}
        operator={operator}
        title={t.changeTitle[language]()}
        nav="plan"
        hasErrors={errors.length > 0}
        back={{ href: '/plan', label: t.title[language]() }}
      >
        <ErrorSummary errors={errors} language={language} />
        <WhoseLine subscription={subscription} />
        <p>{t.lead[language]()}</p>
        <Form action={`/plan/${subscription.subscriptionId}/choose`}>
          <RadioCards
            name="plan"
            legend={t.choosePlan[language]()}
            value={wanted.planCode}
            error={error ?? undefined}
            options={plansInReach(subscription.planCode, plansFor(subscription.planCode, operator.plans)).map(
              (plan) => ({
                value: plan.code,
                label: (
                  <>
                    {plan.name[language]}
                    {plan.code === subscription.planCode ? (
                      <>
                        {' '}
                        <span class="badge">{t.present[language]()}</span>
                      </>
                    ) : null}
                  </>
                ),
                hint: t.planHint[language](planVolume(plan.code, operator), formatYen(plan.monthlyFeeYen, language)),
              }),
            )}
          />
          <fieldset class="field">
            <legend>{t.chooseOptions[language]()}</legend>
            {options
              .filter((each) => isOnSale(each) || wanted.optionCodes.includes(each.code))
              .map((option) => {
                const without = missing(option.planCodes);
                const notes = [
                  option.about[language],
                  ...(without.length > 0 ? [t.notFor[language](listed(without, language))] : []),
                ];
                return (
                  <Checkbox
                    name={`option-${option.code}`}
                    label={`${option.name[language]}${language === 'ja' ? '　' : ', '}${t.perMonth[language](formatYen(option.monthlyFeeYen, language))}`}
                    hint={sentences(notes, language)}
                    isChecked={wanted.optionCodes.includes(option.code)}
                  />
                );
              })}
          </fieldset>
          <Actions>
            <Button>{t.toConfirm[language]()}</Button>
            <LinkButton kind="quiet" href="/plan">
              {uiText(language).cancel}
            </LinkButton>
          </Actions>
        </Form>
      </Page>
    );
    return renderPage(c, page, errors.length > 0 ? 422 : 200);
  }

  return app;
}
