import { Hono } from 'hono';
import { type Language, listed } from '../../../base/language.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Button,
  Card,
  ErrorSummary,
  Form,
  LinkButton,
  Moment,
  Notice,
  Page,
  renderPage,
  Steps,
  SummaryList,
  TextArea,
} from '../../../infra/ui/components.tsx';
import { formatDay, formatMoment } from '../../../infra/ui/format.ts';
import { answerOrder } from '../applicant.ts';
import { documentOfOrder } from '../contract-document.ts';
import { contractText } from '../contract-text.ts';
import { type Question, questionOf } from '../correct.ts';
import type { OrdersDeps } from '../deps.ts';
import { type Order, type OrderChange, openChange } from '../order.ts';
import { wholeName } from '../rules/application.ts';
import { answerLastDay, isOver, withdrawalLastDay } from '../rules/deadlines.ts';
import { nextState, type OrderState } from '../rules/states.ts';
import { loadChanges } from '../store.ts';
import { correctPath, orderPath, shownNumber } from '../tell.ts';
import { ordersText } from '../text.ts';
import type { Visits } from './visit.ts';

/** Which of the four steps is under way; none where an order ended otherwise. */
const STEP: Record<OrderState, number | null> = {
  acknowledged: 1,
  pending: 1,
  held: 1,
  inProgress: 2,
  completed: 4,
  rejected: null,
  cancelled: null,
};

/** GET /orders/:id: where an order stands; POST /orders/:id/answer. */
export function statusPages(deps: OrdersDeps, own: Visits): Hono<WebEnv> {
  const { operator, clock } = deps;
  const zone = operator.timeZone;
  const app = new Hono<WebEnv>();

  app.get('/orders/:id', async (c) => {
    const order = await own.find(c);
    return order ? show(c, order) : c.notFound();
  });
  app.post('/orders/:id/answer', async (c) => {
    const answer = (await readForm(c))('answer');
    const done = await answerOrder(deps, own.visitor(c), { orderId: c.req.param('id'), answer });
    if (!done.ok && done.code === 'not-found') return c.notFound();
    const order = done.ok ? null : await own.find(c);
    if (order && !done.ok && done.code === 'answer-missing') return show(c, order, true);
    // Answered meanwhile, from another window: the page says where it stands.
    return c.redirect(orderPath(c.req.param('id')), 303);
  });

  async function show(c: WebContext, order: Order, isAnswerMissing = false) {
    const { language } = c.var;
    const t = ordersText(language);
    const changes = (await loadChanges(runnerOf(deps.db), order.orderId)).map((row) =>
      openChange(deps.secrets.show, row),
    );
    const last = changes.at(-1);
    const question = await questionOf(deps, deps.db, order);
    const hasDocument = (await documentOfOrder(deps, runnerOf(deps.db), order.orderId)) !== null;
    const step = STEP[order.state];
    const errors = isAnswerMissing ? [{ field: 'answer', text: t.page.answerMissing }] : [];
    return renderPage(
      c,
      <Page
        c={c}
        operator={operator}
        title={t.page.title(shownNumber(order))}
        nav="contract"
        hasErrors={isAnswerMissing}
      >
        <ErrorSummary errors={errors} language={language} />
        {step === null ? null : <Steps steps={t.page.steps} current={step} language={language} />}
        {last ? <Where order={order} last={last} language={language} /> : null}
        {question && question.about.length > 0 ? (
          <Correct order={order} question={question} language={language} />
        ) : order.state === 'held' ? (
          <Form action={`${orderPath(order.orderId)}/answer`}>
            <TextArea
              name="answer"
              label={t.page.answerLabel}
              hint={t.page.answerHint}
              error={errors[0]?.text}
              maxlength={2_000}
            />
            <Actions>
              <Button>{t.page.answerSubmit}</Button>
            </Actions>
          </Form>
        ) : null}
        {order.state === 'completed' ? (
          <Actions>
            <LinkButton href={`${orderPath(order.orderId)}/welcome`}>{t.welcome.open}</LinkButton>
            {hasDocument ? (
              <LinkButton kind="secondary" href={`${orderPath(order.orderId)}/contract`}>
                {contractText(language).save}
              </LinkButton>
            ) : null}
          </Actions>
        ) : null}
        <What order={order} language={language} />
        <History changes={changes} language={language} />
        <Ways order={order} changes={changes} language={language} />
        <p class="muted">{t.page.support(operator.support.phone)}</p>
      </Page>,
      isAnswerMissing ? 422 : 200,
    );
  }

  /** What happened last and what comes next. */
  function Where({ order, last, language }: { order: Order; last: OrderChange; language: Language }) {
    const t = ordersText(language);
    const { title, next } = t.told[last.event];
    const isBad = order.state === 'rejected' || order.state === 'cancelled';
    const until = answerLastDay(last.at, { days: operator.orders.answerDays, zone });
    const note = last.event === 'answer' || last.event === 'correct' || last.actorKind === 'system' ? null : last.note;
    return (
      <Notice kind={isBad ? 'warning' : order.state === 'completed' ? 'success' : 'info'} title={title}>
        {note === null ? null : <p class="typed">{`${order.state === 'held' ? t.question : t.reason}: ${note}`}</p>}
        <p>{next}</p>
        {order.state === 'held' ? <p>{t.answerUntil(formatDay(until, language))}</p> : null}
      </Notice>
    );
  }

  /** What was asked about, and the way to the page that has just that. */
  function Correct({ order, question, language }: { order: Order; question: Question; language: Language }) {
    const t = ordersText(language);
    return (
      <>
        <p>{t.correctLead}</p>
        <ul class="plain">
          {question.about.map((topic) => (
            <li>{t.topics[topic]}</li>
          ))}
        </ul>
        <LinkButton href={correctPath(order.orderId)}>{t.correct}</LinkButton>
      </>
    );
  }

  function What({ order, language }: { order: Order; language: Language }) {
    const t = ordersText(language).page;
    const { planCode, optionCodes, simKind, number, user, payment } = order.application;
    const plan = operator.plans.find(({ code }) => code === planCode)?.name[language] ?? planCode;
    const options = operator.billing.options.filter(({ code }) => optionCodes.includes(code));
    const card = payment ? t.card(payment.brand, payment.lastFour) : t.asBefore;
    return (
      <Card title={t.what}>
        <SummaryList
          rows={[
            { term: t.plan, value: plan },
            {
              term: t.options,
              value:
                listed(
                  options.map(({ name }) => name[language]),
                  language,
                ) || t.none,
            },
            { term: t.sim, value: t.simKinds[simKind] },
            {
              term: t.phoneNumber,
              value: number.kind === 'new' ? t.numbers.new : t.numbers.port(number.phoneNumber.slice(-4)),
            },
            { term: t.user, value: user.kind === 'contractor' ? t.self : wholeName(user.name) },
            { term: t.payment, value: card },
            { term: t.placed, value: formatMoment(order.placedAt, zone, language) },
          ]}
        />
      </Card>
    );
  }

  function History({ changes, language }: { changes: readonly OrderChange[]; language: Language }) {
    const t = ordersText(language);
    const seen = changes.filter(({ fromState, toState }) => fromState !== toState);
    return (
      <Card title={t.page.history}>
        <SummaryList
          rows={seen.map(({ event, at }) => ({
            term: <Moment at={at} zone={zone} language={language} />,
            value: t.told[event].title,
          }))}
        />
      </Card>
    );
  }

  /** Ways out: cancelling before the end, and the first days' cancellation after it. */
  function Ways({ order, changes, language }: { order: Order; changes: readonly OrderChange[]; language: Language }) {
    const t = ordersText(language);
    const { orderId, state } = order;
    if (nextState({ state, event: 'cancel', actor: 'applicant' }).ok) {
      return (
        <LinkButton kind="quiet" href={`${orderPath(orderId)}/cancel`}>
          {t.page.cancel}
        </LinkButton>
      );
    }
    const completed = changes.findLast(({ event }) => event === 'complete');
    if (state !== 'completed' || !completed) return null;
    const lastDay = withdrawalLastDay(completed.at, { days: operator.orders.withdrawalDays, zone });
    if (isOver(lastDay, clock.now(), zone)) return null;
    return (
      <>
        <p>{t.withdrawUntil(formatDay(lastDay, language))}</p>
        <LinkButton kind="quiet" href={`${orderPath(orderId)}/withdraw`}>
          {t.page.withdraw}
        </LinkButton>
      </>
    );
  }

  return app;
}
