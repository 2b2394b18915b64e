import { formatBytes } from '../../../base/bytes.ts';
import { isOnSale } from '../../../base/operator.ts';
import { Card, Checkbox, RadioCards, SummaryList } from '../../../infra/ui/components.tsx';
import { optionField, type PlanFault, planFaults, planFields, readPlan, totalOf } from '../rules/plan.ts';
import type { ApplicationPageDeps } from './deps.ts';
import type { FormStepPage, StepView } from './step.tsx';
import { pageText } from './text.ts';

/** Plan and options, with what they cost together. */
export function planStep({ operator }: ApplicationPageDeps): FormStepPage<PlanFault> {
  const { megabyte, billing } = operator;
  const plans = operator.plans.filter(isOnSale);
  const options = billing.options.filter(isOnSale);

  function View({ c, open, value, errorOf }: StepView) {
    const { language } = c.var;
    const t = pageText(language).plan;
    return (
      <>
        <RadioCards
          name="plan"
          legend={t.legend}
          value={value('plan')}
          error={errorOf('plan')}
          options={plans.map((plan) => ({
            value: plan.code,
            label: (
              <span class="choice-price" data-yen={plan.monthlyFeeYen + billing.universalServiceFeeYen}>
                <span>{plan.name[language]}</span> <span class="figure">{t.price(plan.monthlyFeeYen)}</span>
              </span>
            ),
            hint: (plan.hasVoice ? t.withCalls : t.dataOnly)(formatBytes(plan.monthlyBytes, megabyte)),
          }))}
        />
        <Options c={c} value={value} error={errorOf('options')} />
        <Total c={c} open={open} />
      </>
    );
  }

  function Options({ c, value, error }: Pick<StepView, 'c' | 'value'> & { error: string | undefined }) {
    const { language } = c.var;
    const t = pageText(language).plan;
    if (options.length === 0) return null;
    return (
      <fieldset class={error ? 'field wrong' : 'field'} id="options">
        <legend>{t.options}</legend>
        <p class="hint">{t.optionsHint}</p>
        {error ? <p class="error">{error}</p> : null}
        {options.map((option) => {
          const missing = plans.filter(({ code }) => !option.planCodes.includes(code));
          const without = t.without(missing.map(({ name }) => name[language]).join(t.plansJoin));
          return (
            <Checkbox
              name={optionField(option.code)}
              label={
                <span class="choice-price" data-yen={option.monthlyFeeYen}>
                  <span>{option.name[language]}</span> <span class="figure">{t.price(option.monthlyFeeYen)}</span>
                </span>
              }
              hint={missing.length === 0 ? option.about[language] : `${option.about[language]} ${without}`}
              isChecked={value(optionField(option.code)) === 'yes'}
            />
          );
        })}
      </fieldset>
    );
  }

  function Total({ c, open }: Pick<StepView, 'c' | 'open'>) {
    const { language } = c.var;
    const t = pageText(language);
    const chosen = readPlan(open.draft.typed.plan, open.offer);
    const { monthlyYen, onceYen } = totalOf(chosen, open.offer, open.draft.entryCode);
    return (
      <Card title={t.plan.totalTitle} id="stay">
        <SummaryList
          rows={[
            {
              term: t.monthly,
              value: (
                <strong class="figure" data-total={t.yen(0)}>
                  {chosen.plan ? t.yen(monthlyYen) : '—'}
                </strong>
              ),
            },
            { term: t.once, value: <strong class="figure">{t.yen(onceYen)}</strong> },
          ]}
        />
        <p class="muted">{t.plan.law(billing.universalServiceFeeYen)}</p>
        <button class="button secondary" type="submit" name="go" value="stay" data-without-script>
          {t.plan.total}
        </button>
      </Card>
    );
  }

  return {
    step: 'plan',
    fields: planFields(operator),
    hasOwnTotal: true,
    faults: ({ draft, offer }) => planFaults(readPlan(draft.typed.plan, offer)),
    words: (c) => pageText(c.var.language).plan.faults,
    View,
  };
}
