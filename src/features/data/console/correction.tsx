import { Hono } from 'hono';
import { MB } from '../../../base/bytes.ts';
import { isId, newId } from '../../../base/ids.ts';
import { addMonths, endOfMonth, lastDayBefore } from '../../../base/operator-month.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Button,
  ErrorSummary,
  Field,
  Form,
  RadioCards,
  renderPage,
  Select,
  SummaryList,
} from '../../../infra/ui/components.tsx';
import { uiText } from '../../../infra/ui/text.ts';
import { ConsolePage } from '../../staff/index.ts';
import { usableBytes } from '../rules/balance.ts';
import { BUCKET_KINDS } from '../rules/kinds.ts';
import { readCorrection, type TypedCorrection } from '../rules/typed-correction.ts';
import { askForCorrection } from './correction-request.ts';
import type { DataConsole, Shown } from './deps.ts';
import { exactly } from './entry-words.ts';
import { findShown } from './find.ts';
import { pathOf } from './ledger.tsx';
import { dataConsoleText } from './text.ts';

const PATH = '/console/subscriptions/:id/correction';
const GOODWILL_MB = '1000';

interface Typed extends TypedCorrection {
  readonly reason: string;
}
type Fault = keyof ReturnType<typeof dataConsoleText>['correction']['faults'];

/** Under which field a fault is said. */
const FIELDS: Partial<Record<Fault, string>> = {
  'direction-missing': 'direction',
  'kind-and-end-missing': 'lastDay',
  'already-ended': 'lastDay',
  'too-far-away': 'lastDay',
  'no-reason': 'reason',
  'reason-missing': 'reason',
};

/** GET and POST /console/subscriptions/:id/correction: asks a second person to add data or to take some away. */
export function correctionPages(deps: DataConsole): Hono<WebEnv> {
  const { staff, operator, clock } = deps;
  const mayAsk = staff.requireStaff('agent', 'supervisor', 'admin');
  const today = () => clock.now().toZonedDateTimeISO(operator.timeZone).toPlainDate();

  return new Hono<WebEnv>()
    .get(PATH, mayAsk, async (c) => {
      const found = await findShown(deps, c, 'correction');
      if ('answer' in found) return found.answer;
      return show(c, found.shown, c.req.query('preset') === 'goodwill' ? goodwill() : empty());
    })
    .post(PATH, mayAsk, async (c) => {
      const found = await findShown(deps, c, 'correction');
      if ('answer' in found) return found.answer;
      const form = await readForm(c);
      const typed: Typed = {
        direction: form('direction'),
        amount: form('amount'),
        bucket: form('bucket'),
        lastDay: form('lastDay'),
        reason: form('reason'),
      };
      const requestId = isId(form('requestId')) ? form('requestId') : newId();
      const fault = await askFor(c, found.shown, requestId, typed);
      return fault === null
        ? c.redirect(`/console/requests/${requestId}`, 303)
        : show(c, found.shown, typed, { fault, requestId });
    });

  async function askFor(c: WebContext, shown: Shown, requestId: string, typed: Typed): Promise<Fault | null> {
    const read = readCorrection(typed, { megabyte: operator.megabyte, zone: operator.timeZone });
    if (!read.ok) return read.code;
    const asked = { ...read.value, reason: typed.reason, by: staff.signedIn(c), now: clock.now() };
    const decision = await askForCorrection(deps, runnerOf(deps.db), { requestId, subscription: shown, ...asked });
    return decision.ok ? null : decision.code;
  }

  async function usable({ subscriptionId }: Shown): Promise<number> {
    const now = clock.now();
    return usableBytes(await deps.data.lotsOf(runnerOf(deps.db), subscriptionId, now), now);
  }

  function empty(): Typed {
    const lastDay = lastDayBefore(
      endOfMonth(today().toPlainYearMonth().toString(), operator.timeZone),
      operator.timeZone,
    );
    return { direction: '', amount: '', bucket: 'base', lastDay, reason: '' };
  }

  /** An apology in data: like a top-up, to the end of next month. */
  function goodwill(): Typed {
    const next = addMonths(today().toPlainYearMonth().toString(), 1);
    const lastDay = lastDayBefore(endOfMonth(next, operator.timeZone), operator.timeZone);
    return { direction: 'add', amount: GOODWILL_MB, bucket: 'top-up', lastDay, reason: '' };
  }

  async function show(c: WebContext, shown: Shown, typed: Typed, refused?: { fault: Fault; requestId: string }) {
    const { language } = c.var;
    const t = dataConsoleText(language);
    const field = refused ? (FIELDS[refused.fault] ?? 'amount') : '';
    const said = refused ? t.correction.faults[refused.fault] : '';
    const errorOf = (name: string) => (field === name ? said : undefined);
    return renderPage(
      c,
      <ConsolePage
        c={c}
        staff={staff}
        title={t.correction.title}
        at="customers"
        back={{ href: pathOf(shown), label: t.ledger.title }}
        hasErrors={refused !== undefined}
      >
        <ErrorSummary language={language} errors={refused ? [{ field, text: said }] : []} />
        <p class="lead">{t.correction.lead}</p>
        <SummaryList
          rows={[
            { term: t.correction.subscription, value: t.subscription(shown.userName, shown.msisdn.slice(-4)) },
            { term: t.correction.present, value: exactly(await usable(shown), operator.megabyte) },
          ]}
        />
        <Form action={c.req.path} requestId={refused?.requestId ?? newId()}>
          <RadioCards
            name="direction"
            legend={t.correction.direction}
            value={typed.direction}
            error={errorOf('direction')}
            options={[
              { value: 'add', label: t.correction.add },
              { value: 'take', label: t.correction.take, hint: t.correction.takeHint },
            ]}
          />
          <Field
            name="amount"
            label={t.correction.amount}
            hint={t.correction.amountHint(operator.megabyte === MB ? 1000 : 1024)}
            value={typed.amount}
            error={errorOf('amount')}
            inputmode="numeric"
            maxlength={10}
          />
          <Select
            name="bucket"
            label={t.correction.kind}
            value={typed.bucket}
            options={BUCKET_KINDS.map((value) => ({ value, label: uiText(language).kinds[value] }))}
          />
          <Field
            name="lastDay"
            label={t.correction.lastDay}
            hint={t.correction.lastDayHint}
            type="date"
            value={typed.lastDay}
            error={errorOf('lastDay')}
            required={false}
          />
          <Field
            name="reason"
            label={t.correction.reason}
            hint={t.correction.reasonHint}
            value={typed.reason}
            error={errorOf('reason')}
            maxlength={500}
          />
          <Button>{t.correction.submit}</Button>
        </Form>
      </ConsolePage>,
      refused ? 422 : 200,
    );
  }
}
