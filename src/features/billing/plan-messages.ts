import { formatBytes } from '../../base/bytes.ts';
import { type Language, listed } from '../../base/language.ts';
import type { Operator } from '../../base/operator.ts';
import { bubble, button, row } from '../../infra/line/flex.ts';
import type { OutgoingMessage } from '../../infra/line/outbox/outbox.ts';
import { formatShortDay, formatYen } from '../../infra/ui/format.ts';
import type { PlanChange, Subscription, Terms } from '../contractors/index.ts';
import { subscriptionName } from '../data/index.ts';
import type { Person } from './people-store.ts';
import { monthlyFees, sumYen } from './rules/fees.ts';
import { stopButton, talkText } from './text.ts';

/** What happened to a change of plan and options. */
export interface PlanNews {
  readonly about: 'asked' | 'taken-back' | 'applied';
  readonly subscription: Subscription;
  readonly change: PlanChange;
}

/** To a contractor: what will be, or is, from when, and what it costs. */
export function planMessage(
  { about, subscription, change }: PlanNews,
  { lineUserId, language }: Person,
  { operator, publicUrl }: { operator: Operator; publicUrl: string },
): OutgoingMessage {
  const t = talkText(language);
  const title = t.planNews[about];
  const shown = about === 'taken-back' ? change.from : change.to;
  const rows = [
    [t.subscription, subscriptionName(subscription, language)] as const,
    [t.plan, planName(shown.planCode, operator, language)] as const,
    [t.options, optionNames(shown, operator, language)] as const,
    [t.monthly, formatYen(sumYen(monthlyFees(shown, operator)), language)] as const,
  ];
  const from = about === 'asked' ? [t.fromDay(formatShortDay(`${change.takesEffectIn}-01`, language))] : [];
  return {
    lineUserId,
    dedupeKey: `plan-change:${change.planChangeId}:${about}:${lineUserId}`,
    messages: [
      bubble({
        title,
        altText: [title, ...rows.map(([name, value]) => `${name} ${value}`), ...from].join('\n'),
        body: [...rows.map(([name, value]) => row(name, value, { isBold: true })), ...from],
        buttons: [button(t.seePlan, `${publicUrl}/plan?via=line`, 'primary'), stopButton('plan', language)],
      }),
    ],
  };
}

/** A plan as it is sold; one that is no longer sold goes by its code. */
export function planName(planCode: string, operator: Operator, language: Language): string {
  return operator.plans.find((plan) => plan.code === planCode)?.name[language] ?? planCode;
}

export function optionName(code: string, operator: Operator, language: Language): string {
  return operator.billing.options.find((option) => option.code === code)?.name[language] ?? code;
}

export function optionNames(terms: Terms, operator: Operator, language: Language): string {
  const names = terms.optionCodes.map((code) => optionName(code, operator, language));
  return names.length === 0 ? talkText(language).noOptions : listed(names, language);
}

/** The data a plan brings each month. */
export function planVolume(planCode: string, operator: Operator): string {
  const plan = operator.plans.find((each) => each.code === planCode);
  return formatBytes(plan?.monthlyBytes ?? 0, operator.megabyte);
}
