import { formatBytes } from '../../../base/bytes.ts';
import { newId } from '../../../base/ids.ts';
import type { Language } from '../../../base/language.ts';
import type { GiftPolicy, Operator } from '../../../base/operator.ts';
import {
  Actions,
  Button,
  Card,
  Field,
  type FieldError,
  Form,
  LinkButton,
  LinkList,
  RadioCards,
} from '../../../infra/ui/components.tsx';
import { formatYen } from '../../../infra/ui/format.ts';
import { subscriptionName } from '../../data/index.ts';
import type { Giving } from '../giving.ts';
import { giftText } from '../text.ts';
import type { ContractMate } from '../view-store.ts';
import { pageText } from './text.ts';
import { openWays } from './ways.ts';

/** More amounts than this are typed, not tapped. */
const AMOUNTS_TO_TAP = 24;

/** What was typed, kept when the page is shown again. */
export interface Typed {
  readonly amount: string;
  /** `link`, `code`, `number`, or the subscription of a person of the same contract. */
  readonly to: string;
  readonly number: string;
}

/** How much, and how it is handed over. */
export function GiftForm(props: {
  operator: Operator;
  language: Language;
  giving: Giving;
  mates: readonly ContractMate[];
  typed: Typed;
  errors: readonly FieldError[];
}) {
  const { operator, language, giving, mates, typed, errors } = props;
  const policy = operator.giftPolicy;
  const amountOf = (bytes: number) => formatBytes(bytes, operator.megabyte);
  const t = pageText(language);
  const giftWords = giftText(language);
  const errorOf = (field: string) => errors.find((error) => error.field === field)?.text;
  const most = amountOf(giving.amounts.at(-1) ?? 0);
  const hint = t.amountHint(most, amountOf(policy.stepBytes));
  const ways = [
    ...mates.map((mate) => ({
      value: mate.subscriptionId,
      label: t.toPerson(mate.userName),
      hint: mate.isLinked ? t.toPersonHint : t.toPersonNotLinked,
      isDisabled: !mate.isLinked,
    })),
    ...openWays
      .filter(({ way }) => policy.ways.includes(way))
      .map(({ value, label, hint }) => ({
        value,
        label: t[label],
        hint: t[hint],
      })),
  ];
  return (
    <>
      <p class="lead">{policy.feeYen > 0 ? t.leadWithFee : t.lead}</p>
      <p>
        {giftWords.from} <strong>{subscriptionName(giving.subscription, language)}</strong>
      </p>
      <Form action="/gifts/new" requestId={newId()}>
        <input type="hidden" name="subscription" value={giving.subscription.subscriptionId} />
        {giving.amounts.length > AMOUNTS_TO_TAP ? (
          <>
            <input type="hidden" name="unit" value="MB" />
            <Field
              name="amount"
              label={t.amountMegabytes}
              hint={hint}
              inputmode="numeric"
              value={typed.amount}
              error={errorOf('amount')}
            />
          </>
        ) : (
          <RadioCards
            name="amount"
            isShort
            legend={t.amount}
            hint={hint}
            value={typed.amount || String(giving.amounts[0])}
            error={errorOf('amount')}
            options={giving.amounts.map((bytes) => ({
              value: String(bytes),
              label: amountOf(bytes),
              hint: t.leftAfter(amountOf(giving.totalBytes - bytes)),
            }))}
          />
        )}
        <div class="depending">
          <RadioCards
            name="to"
            legend={t.way}
            value={typed.to || (ways.length === 1 ? ways[0]?.value : undefined)}
            error={errorOf('to')}
            options={ways}
          />
          {policy.ways.includes('phone-number') ? (
            <div class="if-number">
              <Field
                name="number"
                type="tel"
                inputmode="tel"
                label={t.number}
                hint={t.numberHint}
                value={typed.number}
                error={errorOf('number')}
                maxlength={40}
                required={false}
              />
            </div>
          ) : null}
        </div>
        <Actions>
          <Button>{t.give}</Button>
          <LinkButton kind="quiet" href="/gifts">
            {giftWords.keep}
          </LinkButton>
        </Actions>
      </Form>
    </>
  );
}

/** The other subscriptions they could give from. */
export function Others({ giving, language }: { giving: Giving; language: Language }) {
  if (giving.others.length === 0) return null;
  return (
    <Card title={pageText(language).otherSubscription}>
      <LinkList
        links={giving.others.map((other) => ({
          href: `/gifts/new?subscription=${other.subscriptionId}`,
          label: subscriptionName(other, language),
        }))}
      />
    </Card>
  );
}

/** The operator's rules for gifts, in sentences. */
export function Rules({ operator, language }: { operator: Operator; language: Language }) {
  const policy = operator.giftPolicy;
  const amountOf = (bytes: number) => formatBytes(bytes, operator.megabyte);
  const t = pageText(language);
  return (
    <Card title={t.rules}>
      <ul class="plain">
        {policy.feeYen > 0 ? <li>{t.ruleFee(formatYen(policy.feeYen, language))}</li> : null}
        <li>{t.ruleReturn(String(policy.claimHours))}</li>
        {policy.giftCodeDays !== null && policy.ways.includes('gift-code') ? (
          <li>{t.ruleCodeDays(String(policy.giftCodeDays))}</li>
        ) : null}
        <li>{usableWords(policy.receivedUntil, language)}</li>
        {policy.keepBytes > 0 ? <li>{t.ruleKeep(amountOf(policy.keepBytes))}</li> : null}
        {policy.giftsPerDay === null ? null : <li>{t.ruleGiftsPerDay(String(policy.giftsPerDay))}</li>}
        {policy.giftsPerMonth === null ? null : <li>{t.ruleGiftsPerMonth(String(policy.giftsPerMonth))}</li>}
        {policy.canRegift ? null : <li>{t.ruleNoRegift}</li>}
      </ul>
    </Card>
  );
}

/** Until when the receiver can use it, as the policy says. */
function usableWords(until: GiftPolicy['receivedUntil'], language: Language): string {
  const t = pageText(language);
  switch (until) {
    case 'month-end':
      return t.ruleMonthEnd;
    case 'next-month-end':
      return t.ruleNextMonthEnd;
    case 'original':
      return t.ruleOriginalEnd;
    default:
      return t.ruleDays(String(until.days));
  }
}
