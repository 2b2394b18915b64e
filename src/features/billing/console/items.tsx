import { Hono } from 'hono';
import { isId, newId } from '../../../base/ids.ts';
import type { Language } from '../../../base/language.ts';
import { WrongFile } from '../../../infra/csv/csv-file.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Button,
  Card,
  DataTable,
  ErrorSummary,
  Field,
  type FieldError,
  Form,
  renderPage,
  SummaryList,
  TextArea,
} from '../../../infra/ui/components.tsx';
import { formatYen } from '../../../infra/ui/format.ts';
import { createCalendar } from '../../data/index.ts';
import { ConsolePage } from '../../staff/index.ts';
import { isOwnSource } from '../charge-store.ts';
import { missingItemNames } from '../items-csv.ts';
import { type CheckedItems, checkItems } from '../items-import.ts';
import type { BillItemsConsole } from './index.ts';
import { ITEMS, itemsPayload } from './items-kind.tsx';
import { billItemsText } from './text.ts';

export const ITEMS_PATH = '/console/bill-items';
/** What one person can look over, and a form can carry; more is the command's. */
const MOST_ROWS = 200;
const MOST_CHARACTERS = 15_000;

interface Typed {
  readonly requestId: string;
  readonly source: string;
  readonly csv: string;
  readonly reason: string;
}

/**
 * GET and POST /console/bill-items: calls and corrections from CSV that is pasted. Checking says what would become of each
 * row; what is all good is put before a second person.
 */
export function billItemsPage({ db, clock, operator, staff }: BillItemsConsole): Hono<WebEnv> {
  const mayAsk = staff.requireStaff('agent', 'supervisor', 'admin');
  const calendar = createCalendar(operator.timeZone);

  return new Hono<WebEnv>()
    .get(ITEMS_PATH, mayAsk, (c) => show(c, { requestId: newId(), source: 'console', csv: '', reason: '' }, [], null))
    .post(ITEMS_PATH, mayAsk, async (c) => {
      const form = await readForm(c);
      const requestId = isId(form('requestId')) ? form('requestId') : newId();
      const typed = { requestId, source: form('source').trim(), csv: form('csv'), reason: form('reason') };
      const t = billItemsText(c.var.language).faults;
      const faults = unreadable(typed, c.var.language);
      if (faults.length > 0) return show(c, typed, faults, null);
      const checked = await check(typed);
      if (checked instanceof WrongFile) {
        const { header, repeated } = checked;
        const text =
          repeated.length > 0 ? t.repeated(repeated.join(', ')) : t.columns(missingItemNames(header).join(', '));
        return show(c, typed, [{ field: 'csv', text }], null);
      }
      if (form('go') !== 'ask') return show(c, typed, [], checked);
      const errors = notToAsk(checked, typed.reason, c.var.language);
      if (errors.length > 0) return show(c, typed, errors, checked);
      const payload = itemsPayload({ source: typed.source, items: checked.items });
      await staff.ask({ requestId, kind: ITEMS, payload, reason: typed.reason, by: staff.signedIn(c) });
      return c.redirect(`/console/requests/${requestId}`, 303);
    });

  function check({ source, csv }: Typed): Promise<CheckedItems | WrongFile> {
    return checkItems({ db, clock, calendar }, { source, text: csv }).catch((error: unknown) => {
      if (error instanceof WrongFile) return error;
      throw error;
    });
  }

  function unreadable({ source, csv }: Typed, language: Language): FieldError[] {
    const t = billItemsText(language).faults;
    const isLong = csv.length > MOST_CHARACTERS || csv.trim().split('\n').length > MOST_ROWS + 1;
    return [
      ...(/^[\w.-]{1,50}$/.test(source) ? [] : [{ field: 'source', text: t.source }]),
      ...(isOwnSource(source) ? [{ field: 'source', text: t.sourceKept }] : []),
      ...(csv.trim() === '' ? [{ field: 'csv', text: t.csv }] : []),
      ...(isLong ? [{ field: 'csv', text: t.tooMany(MOST_ROWS) }] : []),
    ];
  }

  function notToAsk({ items, rejected }: CheckedItems, reason: string, language: Language): FieldError[] {
    const t = billItemsText(language).faults;
    return [
      ...(rejected.length > 0 ? [{ field: 'csv', text: t.rejected(rejected.length) }] : []),
      ...(rejected.length === 0 && items.length === 0 ? [{ field: 'csv', text: t.nothingNew }] : []),
      ...(staff.reasonOf(reason) === undefined ? [{ field: 'reason', text: t.reason }] : []),
    ];
  }

  function show(c: WebContext, typed: Typed, errors: readonly FieldError[], checked: CheckedItems | null) {
    const { language } = c.var;
    const t = billItemsText(language);
    const errorOf = (field: string) => errors.find((error) => error.field === field)?.text;
    return renderPage(
      c,
      <ConsolePage c={c} staff={staff} title={t.title} at="bill-items" hasErrors={errors.length > 0}>
        <ErrorSummary errors={errors} language={language} />
        {checked ? <Checked checked={checked} language={language} /> : null}
        <p>{t.lead}</p>
        <Form action={ITEMS_PATH} requestId={typed.requestId}>
          <TextArea
            name="csv"
            label={t.csv}
            hint={`${t.columns} ${t.limits(MOST_ROWS)}`}
            value={typed.csv}
            error={errorOf('csv')}
            maxlength={MOST_CHARACTERS}
            rows={10}
          />
          <Field name="source" label={t.source} hint={t.sourceHint} value={typed.source} error={errorOf('source')} />
          <Field
            name="reason"
            label={t.reason}
            hint={t.reasonHint}
            value={typed.reason}
            error={errorOf('reason')}
            maxlength={500}
          />
          <Actions>
            <Button name="go" value="check" {...(isGood(checked) ? { kind: 'secondary' as const } : {})}>
              {t.check}
            </Button>
            {isGood(checked) ? (
              <Button name="go" value="ask">
                {t.ask}
              </Button>
            ) : null}
          </Actions>
        </Form>
      </ConsolePage>,
      errors.length > 0 ? 422 : 200,
    );
  }
}

/** Only what is all good is asked for, and only once it has been looked at. */
const isGood = (checked: CheckedItems | null) =>
  checked !== null && checked.rejected.length === 0 && checked.items.length > 0;

/** What would become of the rows. */
function Checked({
  checked: { items, duplicates, rejected },
  language,
}: {
  checked: CheckedItems;
  language: Language;
}) {
  const t = billItemsText(language);
  const total = items.reduce((sum, { amountYen }) => sum + amountYen, 0);
  return (
    <Card title={t.checked}>
      <SummaryList
        rows={[
          { term: t.fresh, value: t.count(items.length) },
          { term: t.sum, value: formatYen(total, language) },
          { term: t.duplicates, value: t.count(duplicates) },
          { term: t.rejected, value: t.count(rejected.length) },
        ]}
      />
      {rejected.length === 0 ? null : (
        <DataTable
          caption={t.rejected}
          head={[t.line, t.why]}
          numeric={[0]}
          rows={rejected.map(({ line, code }) => [String(line), t.codes[code]])}
        />
      )}
      <p class="muted">{t.nothingWritten}</p>
    </Card>
  );
}
