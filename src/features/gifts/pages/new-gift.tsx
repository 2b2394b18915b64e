import { Hono } from 'hono';
import { formatBytes } from '../../../base/bytes.ts';
import { isId, newId } from '../../../base/ids.ts';
import type { Language } from '../../../base/language.ts';
import type { GiftPolicy } from '../../../base/operator.ts';
import { runnerOf } from '../../../infra/db/runner.ts';
import { type Form as PostedForm, readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Button,
  Card,
  ErrorSummary,
  Field,
  type FieldError,
  Form,
  LinkButton,
  LinkList,
  Notice,
  Page,
  RadioCards,
  renderPage,
} from '../../../infra/ui/components.tsx';
import { formatYen } from '../../../infra/ui/format.ts';
import { momentWords, subscriptionName } from '../../data/index.ts';
import type { GiftAnswer } from '../commands.ts';
import { type Giving, loadGiving } from '../giving.ts';
import { type OfferedToNumber, offerToNumber } from '../offer-to-number.ts';
import { refusalText } from '../refusal-text.ts';
import { giftText } from '../text.ts';
import { type ContractMate, contractMates } from '../view-store.ts';
import type { GiftPageDeps } from './deps.ts';
import { NotLinked } from './not-linked.tsx';
import { pageText } from './text.ts';
import { openWays, wayOf } from './ways.ts';

/** More amounts than this are typed, not tapped. */
const AMOUNTS_TO_TAP = 24;

interface Typed {
  readonly amount: string;
  /** `link`, `code`, `number`, or the subscription of a person of the same contract. */
  readonly to: string;
  readonly number: string;
}

/** GET and POST /gifts/new: how much, and how it is handed over. */
export function newGiftPages(deps: GiftPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const { operator, actions } = deps;
  const policy = operator.giftPolicy;
  const amountOf = (bytes: number) => formatBytes(bytes, operator.megabyte);

  app.get('/gifts/new', async (c) => {
    const giving = await load(c, c.req.query('subscription') ?? null);
    if (giving === 'not-linked') return renderPage(c, <NotLinked c={c} operator={operator} />);
    if (giving === null) return c.notFound();
    return show(c, giving, { amount: '', to: '', number: '' }, []);
  });

  app.post('/gifts/new', async (c) => {
    const form = await readForm(c);
    const lineUserId = c.var.session?.lineUserId;
    const giving = await load(c, form('subscription'));
    if (giving === null || giving === 'not-linked' || !lineUserId) return c.notFound();
    const { language } = c.var;
    const t = pageText(language);
    const typed = { amount: form('amount'), to: form('to'), number: form('number') };
    const amountBytes = amountIn(form);
    const errors: FieldError[] = [];
    if (amountBytes === null) errors.push({ field: 'amount', text: t.chooseAmount });
    const mates = await matesOf(giving);
    const way = wayOf(typed.to, mates);
    if (way === null) errors.push({ field: 'to', text: t.chooseWay });
    if (amountBytes === null || way === null) return show(c, giving, typed, errors);

    const offer = {
      requestId: `page:${lineUserId}:${requestIdIn(form)}`,
      senderSubscriptionId: giving.subscription.subscriptionId,
      senderLineUserId: lineUserId,
      amountBytes,
    };
    const submitted =
      way === 'phone-number'
        ? await offerToNumber(deps, { ...offer, number: typed.number })
        : await actions.offerGift({ ...offer, way, receiverSubscriptionId: way === 'same-contract' ? typed.to : null });
    if (!submitted.ok) return show(c, giving, typed, [notTaken(submitted, language)]);
    return answered(c, giving, typed, submitted.answer);
  });

  function notTaken(fault: Extract<OfferedToNumber, { ok: false }>, language: Language): FieldError {
    const t = pageText(language);
    switch (fault.code) {
      case 'not-a-number':
        return { field: 'number', text: t.notANumber };
      case 'too-many-tries':
        return {
          field: 'number',
          text: t.tooManyNumbers(momentWords(fault.until, operator.timeZone, language)),
        };
      case 'request-id-reused':
        return { field: 'amount', text: t.alreadySent };
    }
  }

  function answered(c: WebContext, giving: Giving, typed: Typed, answer: GiftAnswer) {
    if (answer.result === 'offered' || answer.result === 'claimed') return c.redirect(`/gifts/${answer.giftId}`, 303);
    if (answer.result !== 'refused') return c.notFound();
    const field = answer.code.startsWith('receiver') || answer.code === 'way-not-offered' ? 'to' : 'amount';
    const words = refusalText(answer.code, answer.figures, c.var.language, operator);
    return show(c, giving, typed, [{ field, text: words }]);
  }

  async function load(c: WebContext, wanted: string | null): Promise<Giving | null | 'not-linked'> {
    const lineUserId = c.var.session?.lineUserId;
    if (!lineUserId) return null;
    const sql = runnerOf(deps.db);
    const giving = await loadGiving(deps, sql, {
      lineUserId,
      wanted: wanted === '' ? null : wanted,
      now: deps.clock.now(),
    });
    return giving === null && !wanted ? 'not-linked' : giving;
  }

  async function matesOf({ subscription }: Giving): Promise<readonly ContractMate[]> {
    if (!policy.ways.includes('same-contract')) return [];
    return contractMates(runnerOf(deps.db), subscription.subscriptionId, deps.clock.now());
  }

  /** Bytes of an amount tapped (in bytes) or typed (in MB). Whether it may be given is the rules' question. */
  function amountIn(form: PostedForm): number | null {
    const digits = form('amount').normalize('NFKC').trim();
    if (!/^\d{1,15}$/.test(digits)) return null;
    const amount = Number(digits) * (form('unit') === 'MB' ? operator.megabyte : 1);
    return Number.isSafeInteger(amount) ? amount : null;
  }

  async function show(c: WebContext, giving: Giving, typed: Typed, errors: readonly FieldError[]) {
    const { language } = c.var;
    const t = pageText(language);
    const giftWords = giftText(language);
    const mates = await matesOf(giving);
    const page = (
      <Page
        c={c}
        operator={operator}
        title={t.newTitle}
        nav="gifts"
        hasErrors={errors.length > 0}
        back={{ href: '/gifts', label: t.listTitle }}
      >
        <ErrorSummary errors={errors} language={language} />
        {giving.isClosed ? (
          <Notice kind="warning" title={giftWords.closed}>
            <p>{refusalText('gifts-closed', null, language, operator)}</p>
          </Notice>
        ) : giving.amounts.length === 0 ? (
          <Notice kind="info">
            <p>{giftWords.tooLittle(amountOf(policy.minimumBytes))}</p>
          </Notice>
        ) : (
          <GiftForm c={c} giving={giving} mates={mates} typed={typed} errors={errors} />
        )}
        <Others c={c} giving={giving} />
        <Rules c={c} />
      </Page>
    );
    return renderPage(c, page, errors.length > 0 ? 422 : 200);
  }

  function GiftForm(props: {
    c: WebContext;
    giving: Giving;
    mates: readonly ContractMate[];
    typed: Typed;
    errors: readonly FieldError[];
  }) {
    const { c, giving, mates, typed, errors } = props;
    const { language } = c.var;
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

  function Others({ c, giving }: { c: WebContext; giving: Giving }) {
    const { language } = c.var;
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

  function Rules({ c }: { c: WebContext }) {
    const { language } = c.var;
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

  return app;
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

/** The form's own id; a form without one is taken as a new request. */
export function requestIdIn(form: PostedForm): string {
  const requestId = form('requestId');
  return isId(requestId) ? requestId : newId();
}
