import { Hono } from 'hono';
import { formatBytes } from '../../../base/bytes.ts';
import { isId, newId } from '../../../base/ids.ts';
import { formatMsisdn } from '../../../base/msisdn.ts';
import type { TopUpPack } from '../../../base/operator.ts';
import { runnerOf } from '../../../infra/db/runner.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Amount,
  Button,
  Card,
  ConfirmPage,
  ErrorSummary,
  type FieldError,
  Form,
  LinkButton,
  Notice,
  Page,
  RadioCards,
  renderPage,
  SummaryList,
} from '../../../infra/ui/components.tsx';
import { formatMonth, formatShortDay, formatYen } from '../../../infra/ui/format.ts';
import type { Subscription } from '../../contractors/index.ts';
import { lifetimeEnd, subscriptionName, untilDay } from '../../data/index.ts';
import { countTopUps, loadOwnCharge } from '../charge-store.ts';
import type { TopUpRefusal } from '../rules/top-up.ts';
import { talkText } from '../text.ts';
import { type BillingPageDeps, contractorOf, inServiceOf } from './deps.ts';
import { topUpText } from './top-up-text.ts';

/** GET /top-up chooses, POST /top-up/choose leads to GET and POST /top-up/confirm, and GET /top-up/:id says it is done. */
export function topUpPages(deps: BillingPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const { operator, calendar, actions } = deps;
  const { packs, limitPerMonth } = operator.billing.topUps;
  const amountOf = (bytes: number) => formatBytes(bytes, operator.megabyte);

  app.get('/top-up', async (c) => {
    const mine = await inServiceOf(deps, c);
    const wanted = c.req.query('subscription');
    if (wanted !== undefined && !mine.some((each) => each.subscriptionId === wanted)) return c.notFound();
    return choose(c, mine, { subscriptionId: wanted ?? mine[0]?.subscriptionId ?? '', packCode: '' }, []);
  });

  app.post('/top-up/choose', async (c) => {
    const { language } = c.var;
    const t = topUpText(language);
    const form = await readForm(c);
    const typed = { subscriptionId: form('subscription'), packCode: form('pack') };
    const mine = await inServiceOf(deps, c);
    const errors: FieldError[] = [];
    if (typed.subscriptionId === '') errors.push({ field: 'subscription', text: t.chooseSubscription });
    else if (!mine.some((each) => each.subscriptionId === typed.subscriptionId)) return c.notFound();
    if (!packs.some((pack) => pack.code === typed.packCode)) {
      errors.push({ field: 'pack', text: t.choosePack });
    }
    if (errors.length > 0) return choose(c, mine, typed, errors);
    const query = new URLSearchParams({ subscription: typed.subscriptionId, pack: typed.packCode });
    return c.redirect(`/top-up/confirm?${query}`, 303);
  });

  app.get('/top-up/confirm', async (c) => {
    const { language } = c.var;
    const t = topUpText(language);
    const subscription = (await inServiceOf(deps, c)).find(
      (each) => each.subscriptionId === c.req.query('subscription'),
    );
    const pack = packs.find((each) => each.code === c.req.query('pack'));
    if (!subscription || !pack) return c.notFound();
    return renderPage(
      c,
      <ConfirmPage
        c={c}
        operator={operator}
        title={t.confirmTitle}
        nav="top-up"
        back={{ href: `/top-up?subscription=${subscription.subscriptionId}`, label: t.title }}
        action="/top-up/confirm"
        confirmLabel={t.buy(formatYen(pack.priceYen, language))}
        cancelHref="/top-up"
        requestId={newId()}
        fields={
          <>
            <input type="hidden" name="subscription" value={subscription.subscriptionId} />
            <input type="hidden" name="pack" value={pack.code} />
          </>
        }
      >
        <Card>
          <Amount label={t.amount} bytes={pack.bytes} megabyte={operator.megabyte} />
          <Details c={c} subscription={subscription} pack={pack} />
        </Card>
        <p class="muted">{t.final}</p>
      </ConfirmPage>,
    );
  });

  app.post('/top-up/confirm', async (c) => {
    const form = await readForm(c);
    const contractorId = contractorOf(c);
    const mine = await inServiceOf(deps, c);
    const asked = { subscriptionId: form('subscription'), packCode: form('pack') };
    if (!isId(asked.subscriptionId)) return c.notFound();
    const requestId = isId(form('requestId')) ? form('requestId') : newId();
    const submitted = await actions.topUp({ requestId: `page:${contractorId}:${requestId}`, contractorId, ...asked });
    if (!submitted.ok) return refused(c, mine, asked, topUpText(c.var.language).reused);
    const { answer } = submitted;
    if (answer.result === 'topped-up') return c.redirect(`/top-up/${answer.chargeId}`, 303);
    if (answer.code === 'not-found') return c.notFound();
    return refused(
      c,
      mine,
      asked,
      talkText(c.var.language).topUpRefusals[answer.code](String(limitPerMonth)),
      answer.code,
    );
  });

  app.get('/top-up/:id', async (c) => {
    const { language } = c.var;
    const t = topUpText(language);
    const chargeId = c.req.param('id');
    const contractorId = contractorOf(c);
    const sql = runnerOf(deps.db);
    const charge = isId(chargeId) ? await loadOwnCharge(sql, { contractorId, chargeId }) : null;
    if (charge?.kind !== 'top-up' || charge.subscriptionId === null) return c.notFound();
    const { subscriptionId } = charge;
    const [balance, mine] = await Promise.all([
      deps.data.balance(sql, subscriptionId, deps.clock.now()),
      deps.contractors.subscriptionsOf(sql, contractorId),
    ]);
    const whose = mine.find((each) => each.subscriptionId === subscriptionId);
    const yen = formatYen(charge.amountYen, language);
    return renderPage(
      c,
      <Page c={c} operator={operator} title={t.doneTitle} nav="top-up">
        <Notice kind="success">
          <p>{charge.label[language]}</p>
        </Notice>
        <Card>
          <Amount label={t.leftNow} bytes={balance.totalBytes} megabyte={operator.megabyte} />
          <SummaryList
            rows={[
              ...(whose ? [{ term: t.forWhom, value: subscriptionName(whose, language) }] : []),
              { term: t.price, value: <span class="figure">{yen}</span> },
              { term: t.bill, value: onBill(c, charge.month) },
            ]}
          />
        </Card>
        <Actions>
          <LinkButton href={`/data?subscription=${subscriptionId}`}>{t.toData}</LinkButton>
          <LinkButton kind="quiet" href={`/top-up?subscription=${subscriptionId}`}>
            {t.again}
          </LinkButton>
        </Actions>
      </Page>,
    );
  });

  function refused(
    c: WebContext,
    mine: readonly Subscription[],
    asked: { subscriptionId: string; packCode: string },
    words: string,
    code: TopUpRefusal = 'pack-not-sold',
  ) {
    const field = code === 'pack-not-sold' ? 'pack' : 'subscription';
    return choose(c, mine, asked, [{ field, text: words }]);
  }

  function onBill(c: WebContext, month: string): string {
    const { language } = c.var;
    const closedOn = formatShortDay(calendar.dayOf(calendar.endOf(month)), language);
    return topUpText(language).onBill(formatMonth(month, language), closedOn);
  }

  function Details({ c, subscription, pack }: { c: WebContext; subscription: Subscription; pack: TopUpPack }) {
    const { language } = c.var;
    const t = topUpText(language);
    const now = deps.clock.now();
    return (
      <SummaryList
        rows={[
          { term: t.forWhom, value: subscriptionName(subscription, language) },
          { term: t.price, value: <strong class="figure">{formatYen(pack.priceYen, language)}</strong> },
          { term: t.usable, value: untilDay(lifetimeEnd(now, calendar), calendar, language) },
          { term: t.bill, value: onBill(c, calendar.monthOf(now)) },
        ]}
      />
    );
  }

  async function choose(
    c: WebContext,
    mine: readonly Subscription[],
    typed: { subscriptionId: string; packCode: string },
    errors: readonly FieldError[],
  ) {
    const { language } = c.var;
    const t = topUpText(language);
    const ids = mine.map((each) => each.subscriptionId);
    const bought = await countTopUps(runnerOf(deps.db), ids, calendar.monthOf(deps.clock.now()));
    const errorOf = (field: string) => errors.find((error) => error.field === field)?.text;
    const page = (
      <Page c={c} operator={operator} title={t.title} nav="top-up" hasErrors={errors.length > 0}>
        <ErrorSummary errors={errors} language={language} />
        {mine.length === 0 ? (
          <Notice kind="info">
            <p>{t.nobody}</p>
          </Notice>
        ) : (
          <>
            <p class="lead">{t.lead}</p>
            <Form action="/top-up/choose">
              <RadioCards
                name="subscription"
                legend={t.subscription}
                value={typed.subscriptionId}
                error={errorOf('subscription')}
                options={mine.map((each) => ({
                  value: each.subscriptionId,
                  label: (
                    <>
                      {each.userName} <span class="muted figure">{formatMsisdn(each.msisdn)}</span>
                    </>
                  ),
                  hint: t.bought(String(bought.get(each.subscriptionId) ?? 0), String(limitPerMonth)),
                  isDisabled: (bought.get(each.subscriptionId) ?? 0) >= limitPerMonth,
                }))}
              />
              <RadioCards
                name="pack"
                legend={t.pack}
                value={typed.packCode}
                error={errorOf('pack')}
                options={packs.map((pack) => ({
                  value: pack.code,
                  label: amountOf(pack.bytes),
                  hint: <span class="figure">{formatYen(pack.priceYen, language)}</span>,
                }))}
              />
              <Actions>
                <Button>{t.toConfirm}</Button>
              </Actions>
            </Form>
          </>
        )}
      </Page>
    );
    return renderPage(c, page, errors.length > 0 ? 422 : 200);
  }

  return app;
}
