import { listed, sentences } from '../../../base/language.ts';
import { isOnSale, type Operator } from '../../../base/operator.ts';
import type { WebContext } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Button,
  Checkbox,
  ErrorSummary,
  Form,
  LinkButton,
  Page,
  RadioCards,
} from '../../../infra/ui/components.tsx';
import { formatYen } from '../../../infra/ui/format.ts';
import { uiText } from '../../../infra/ui/text.ts';
import type { Subscription, Terms } from '../../contractors/index.ts';
import { planVolume } from '../plan-messages.ts';
import { plansFor, plansInReach } from '../rules/plan-change.ts';
import { Whose } from './plan-parts.tsx';
import { planText } from './plan-text.ts';

/** The page on which plan and options are chosen; with what is wrong with the choice that came before. */
export function PlanChoice(props: {
  c: WebContext;
  operator: Operator;
  subscription: Subscription;
  wanted: Terms;
  error: string | null;
}) {
  const { c, operator, subscription, wanted, error } = props;
  const { language } = c.var;
  const t = planText(language);
  const errors = error === null ? [] : [{ field: 'plan', text: error }];
  const missing = (planCodes: readonly string[]) =>
    plansInReach(subscription.planCode, operator.plans)
      .filter((plan) => !planCodes.includes(plan.code))
      .map((plan) => plan.name[language]);
  return (
    <Page
      c={c}
      operator={operator}
      title={t.changeTitle}
      nav="plan"
      hasErrors={errors.length > 0}
      back={{ href: '/plan', label: t.title }}
    >
      <ErrorSummary errors={errors} language={language} />
      <p class="lead">
        <Whose subscription={subscription} />
      </p>
      <p>{t.lead}</p>
      <Form action={`/plan/${subscription.subscriptionId}/choose`}>
        <RadioCards
          name="plan"
          legend={t.choosePlan}
          value={wanted.planCode}
          error={error ?? undefined}
          options={plansInReach(subscription.planCode, plansFor(subscription.planCode, operator.plans)).map((plan) => ({
            value: plan.code,
            label: (
              <>
                {plan.name[language]}
                {plan.code === subscription.planCode ? (
                  <>
                    {' '}
                    <span class="badge">{t.present}</span>
                  </>
                ) : null}
              </>
            ),
            hint: t.planHint(planVolume(plan.code, operator), formatYen(plan.monthlyFeeYen, language)),
          }))}
        />
        <fieldset class="field">
          <legend>{t.chooseOptions}</legend>
          {operator.billing.options
            .filter((each) => isOnSale(each) || wanted.optionCodes.includes(each.code))
            .map((option) => {
              const without = missing(option.planCodes);
              const notes = [
                option.about[language],
                ...(without.length > 0 ? [t.notFor(listed(without, language))] : []),
              ];
              return (
                <Checkbox
                  name={`option-${option.code}`}
                  label={`${option.name[language]}${language === 'ja' ? '　' : ', '}${t.perMonth(formatYen(option.monthlyFeeYen, language))}`}
                  hint={sentences(notes, language)}
                  isChecked={wanted.optionCodes.includes(option.code)}
                />
              );
            })}
        </fieldset>
        <Actions>
          <Button>{t.toConfirm}</Button>
          <LinkButton kind="quiet" href="/plan">
            {uiText(language).cancel}
          </LinkButton>
        </Actions>
      </Form>
    </Page>
  );
}
