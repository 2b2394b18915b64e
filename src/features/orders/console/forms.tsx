import type { Child } from 'hono/jsx';
import { newId } from '../../../base/ids.ts';
import type { Language } from '../../../base/language.ts';
import type { OrderTopic } from '../../../base/order-topic.ts';
import { Button, Card, Checkbox, Form, TextArea } from '../../../infra/ui/components.tsx';
import type { Order } from '../order.ts';
import type { DeskRequest } from '../review.ts';
import { topicsOf } from '../rules/correction.ts';
import type { Finding } from '../rules/review.ts';
import { nextState } from '../rules/states.ts';
import { ordersText } from '../text.ts';
import { QUEUE } from './queue.tsx';
import { deskText } from './text.ts';

interface FormsProps {
  readonly order: Order;
  /** Who is signed in. */
  readonly me: string;
  readonly names: ReadonlyMap<string, string>;
  readonly findings: readonly Finding[];
  /** Whether a second person was asked already. */
  readonly hasAsked: boolean;
  /** Whether the contract's first days are not over. */
  readonly canWithdraw: boolean;
  readonly language: Language;
  readonly refused?: {
    readonly event: DeskRequest['event'];
    readonly reason: string;
    readonly about: readonly OrderTopic[];
    readonly error: string;
  };
}

/** What can be done to an order now, by whoever is signed in. */
export function DeskForms(props: FormsProps) {
  const { order, me } = props;
  const can = (event: DeskRequest['event']) => nextState({ state: order.state, event, actor: 'agent' }).ok;
  const isMine = order.state === 'pending' && order.reviewerId === me;
  return (
    <div class="desk-forms">
      {can('take') && !isMine ? <Take {...props} /> : null}
      {isMine ? <Approve {...props} /> : null}
      {isMine ? <WithReason {...props} event="ask" /> : null}
      {isMine ? <WithReason {...props} event="reject" /> : null}
      {can('cancel') ? <WithReason {...props} event="cancel" /> : null}
      {can('withdraw') && props.canWithdraw ? <WithReason {...props} event="withdraw" /> : null}
    </div>
  );
}

function Take({ order, names, language }: FormsProps) {
  const t = deskText(language).take;
  const other = order.state === 'pending' && order.reviewerId ? (names.get(order.reviewerId) ?? '') : null;
  const words = other === null ? t.submit : t.over;
  return (
    <Card title={words}>
      <p>{other === null ? t.lead : t.overLead(other)}</p>
      <StepForm order={order} event="take">
        <Button>{words}</Button>
      </StepForm>
    </Card>
  );
}

function Approve(props: FormsProps) {
  const { order, findings, hasAsked, language } = props;
  const t = deskText(language).approve;
  if (findings.some(({ weight }) => weight === 'stops') || hasAsked) return null;
  const isException = findings.some(({ weight }) => weight === 'exception');
  return (
    <Card title={t.title}>
      <p>{isException ? t.exception : t.lead}</p>
      <StepForm order={order} event="approve">
        {isException ? <Reason {...props} event="approve" label={t.reason} /> : null}
        <Button>{isException ? t.ask : t.submit}</Button>
      </StepForm>
    </Card>
  );
}

function WithReason(props: FormsProps & { event: 'ask' | 'reject' | 'cancel' | 'withdraw' }) {
  const { order, event, language } = props;
  const t = deskText(language)[event];
  return (
    <details class="card" open={props.refused?.event === event}>
      <summary>{t.title}</summary>
      <p>{t.lead}</p>
      <StepForm order={order} event={event}>
        <Reason {...props} label={t.label} />
        {event === 'ask' ? <About {...props} /> : null}
        <Button kind={event === 'ask' ? 'secondary' : 'danger'}>{t.submit}</Button>
      </StepForm>
    </details>
  );
}

/** What the applicant is to correct: nothing of it, and the answer comes in words. */
function About({ order, refused, language }: FormsProps) {
  const t = deskText(language).ask;
  return (
    <fieldset class="field" aria-describedby="about-hint">
      <legend>{t.about}</legend>
      <p class="hint" id="about-hint">
        {t.aboutHint}
      </p>
      {topicsOf(order.application).map((topic) => (
        <Checkbox
          name={`about-${topic}`}
          label={ordersText(language).topics[topic]}
          isChecked={refused?.about.includes(topic) ?? false}
        />
      ))}
    </fieldset>
  );
}

/** Several stand on one page, so each field has a name of its own for its label; the form sends it as `reason`. */
function Reason({ event, label, refused, language }: FormsProps & { event: DeskRequest['event']; label: string }) {
  const isThis = refused?.event === event;
  return (
    <TextArea
      id={`${event}-reason`}
      name="reason"
      label={label}
      hint={deskText(language).ask.hint}
      value={isThis ? refused.reason : undefined}
      error={isThis ? refused.error : undefined}
      maxlength={500}
      rows={3}
    />
  );
}

function StepForm(props: { order: Order; event: DeskRequest['event']; children?: Child }) {
  return (
    <Form action={`${QUEUE}/${props.order.orderId}`} requestId={newId()}>
      <input type="hidden" name="version" value={String(props.order.version)} />
      <input type="hidden" name="event" value={props.event} />
      {props.children}
    </Form>
  );
}
