import { formatBytes } from '../../../base/bytes.ts';
import type { Language } from '../../../base/language.ts';
import { formatMsisdn } from '../../../base/msisdn.ts';
import type { Operator } from '../../../base/operator.ts';
import { SummaryList } from '../../../infra/ui/components.tsx';
import { formatYen } from '../../../infra/ui/format.ts';
import type { Subscription, Terms } from '../../contractors/index.ts';
import { optionNames, planName, planVolume } from '../plan-messages.ts';
import { monthlyFees, sumYen } from '../rules/fees.ts';
import { planText } from './plan-text.ts';

/** Plan, options and what they come to. */
export function TermsList({ terms, operator, language }: { terms: Terms; operator: Operator; language: Language }) {
  return <SummaryList rows={termRows(terms, operator, language)} />;
}

/** Whose subscription it is: the user's name and the number. */
export function Whose({ subscription }: { subscription: Subscription }) {
  return (
    <>
      {subscription.userName} <span class="muted figure">{formatMsisdn(subscription.msisdn)}</span>
    </>
  );
}

/** The same facts of any terms in the same order, so that two can stand side by side. */
export function termRows(terms: Terms, operator: Operator, language: Language): { term: string; value: string }[] {
  const t = planText(language);
  const limit = giftLimit(terms.planCode, operator);
  return [
    { term: t.plan, value: planName(terms.planCode, operator, language) },
    { term: t.options, value: optionNames(terms, operator, language) },
    { term: t.volume, value: planVolume(terms.planCode, operator) },
    ...(limit === null ? [] : [{ term: t.giftLimit, value: limit }]),
    { term: t.monthly, value: formatYen(sumYen(monthlyFees(terms, operator)), language) },
  ];
}

/** How much can be given away in a month, where that depends on the plan. */
function giftLimit(planCode: string, operator: Operator): string | null {
  if (operator.giftPolicy.limitPerMonth !== 'plan') return null;
  const plan = operator.plans.find((each) => each.code === planCode);
  return formatBytes(plan?.monthlyBytes ?? 0, operator.megabyte);
}
