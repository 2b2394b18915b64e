import { Hono } from 'hono';
import { formatBytes } from '../../../base/bytes.ts';
import { isId, newId } from '../../../base/ids.ts';
import type { Language } from '../../../base/language.ts';
import { runnerOf } from '../../../infra/db/runner.ts';
import { type Form as PostedForm, readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { ErrorSummary, type FieldError, Notice, Page, renderPage } from '../../../infra/ui/components.tsx';
import { momentWords } from '../../data/index.ts';
import type { GiftAnswer } from '../commands.ts';
import { type Giving, loadGiving } from '../giving.ts';
import { type OfferedToNumber, offerToNumber } from '../offer-to-number.ts';
import { refusalText } from '../refusal-text.ts';
import { giftText } from '../text.ts';
import { type ContractMate, contractMates } from '../view-store.ts';
import type { GiftPageDeps } from './deps.ts';
import { GiftForm, Others, Rules, type Typed } from './gift-form.tsx';
import { NotLinked } from './not-linked.tsx';
import { pageText } from './text.ts';
import { wayOf } from './ways.ts';

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
          <GiftForm
            operator={operator}
            language={language}
            giving={giving}
            mates={mates}
            typed={typed}
            errors={errors}
          />
        )}
        <Others giving={giving} language={language} />
        <Rules operator={operator} language={language} />
      </Page>
    );
    return renderPage(c, page, errors.length > 0 ? 422 : 200);
  }

  return app;
}

/** The form's own id; a form without one is taken as a new request. */
export function requestIdIn(form: PostedForm): string {
  const requestId = form('requestId');
  return isId(requestId) ? requestId : newId();
}
