import { type Language, listed } from '../../../base/language.ts';
import type { Operator } from '../../../base/operator.ts';
import { lastDayBefore } from '../../../base/operator-month.ts';
import { Actions, Button, Card, DataTable, Form, LinkButton, Notice } from '../../../infra/ui/components.tsx';
import { formatDay, formatShortDay } from '../../../infra/ui/format.ts';
import type { PlanChange, Subscription } from '../../contractors/index.ts';
import { optionNames, planName } from '../plan-messages.ts';
import { TermsList, Whose } from './plan-parts.tsx';
import { planText } from './plan-text.ts';

/** A subscription's plan: what it is, what it becomes, and what it was. Why it cannot change stands in the button's place. */
export function PlanCard(props: {
  operator: Operator;
  language: Language;
  subscription: Subscription;
  changes: readonly PlanChange[];
  /** Whether there is a month from which a change could count. */
  goesOn: boolean;
  /** The end was asked for by the contractor, who can take it back. */
  canStay: boolean;
}) {
  const { operator, language, subscription, changes } = props;
  const t = planText(language);
  const path = `/plan/${subscription.subscriptionId}`;
  const waiting = changes.find((change) => change.state === 'waiting');
  return (
    <Card title={<Whose subscription={subscription} />}>
      <TermsList terms={subscription} operator={operator} language={language} />
      {waiting ? (
        <Notice kind="info" title={t.waiting(formatShortDay(`${waiting.takesEffectIn}-01`, language))}>
          <TermsList terms={waiting.to} operator={operator} language={language} />
          <Form action={`${path}/take-back`}>
            <Actions>
              <Button kind="secondary">{t.takeBack}</Button>
            </Actions>
          </Form>
        </Notice>
      ) : null}
      {props.goesOn ? (
        <Actions>
          <LinkButton kind="secondary" href={path}>
            {t.change}
          </LinkButton>
        </Actions>
      ) : (
        <Ends {...props} />
      )}
      <History {...props} />
    </Card>
  );
}

function Ends(props: { operator: Operator; language: Language; subscription: Subscription; canStay: boolean }) {
  const { operator, language, subscription, canStay } = props;
  const t = planText(language);
  if (subscription.endedAt === null) return null;
  const day = formatShortDay(lastDayBefore(subscription.endedAt, operator.timeZone), language);
  return (
    <Notice kind="warning" title={t.ends(day)}>
      {canStay ? (
        <>
          <p>{t.staysFirst}</p>
          <p>
            <a class="tap" href="/leave">
              {t.toLeave}
            </a>
          </p>
        </>
      ) : null}
    </Notice>
  );
}

function History(props: { operator: Operator; language: Language; changes: readonly PlanChange[] }) {
  const { operator, language, changes } = props;
  const t = planText(language);
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
      <summary>{t.history}</summary>
      <DataTable
        caption={t.history}
        isUnderHeading
        head={[t.historyHead.from, t.historyHead.what, t.historyHead.state]}
        rows={past.map((change) => [
          formatDay(`${change.takesEffectIn}-01`, language),
          names(change),
          t.states[change.state],
        ])}
      />
    </details>
  );
}
