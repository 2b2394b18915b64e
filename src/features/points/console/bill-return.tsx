import { Hono } from 'hono';
import { isId, newId } from '../../../base/ids.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Button,
  ErrorSummary,
  Field,
  type FieldError,
  Form,
  renderPage,
  Select,
} from '../../../infra/ui/components.tsx';
import { formatMonth } from '../../../infra/ui/format.ts';
import type { Contractor } from '../../contractors/index.ts';
import { ConsolePage } from '../../staff/index.ts';
import { readReturn, type UsedOnBill } from '../rules/bill-return.ts';
import { billsWithPoints } from '../view-store.ts';
import { BILL_RETURN } from './bill-return-kind.tsx';
import type { PointsConsole } from './index.ts';
import { billReturnText, goodwillText } from './text.ts';

const PATH = '/console/customers/:id/points/return';

interface Typed {
  readonly requestId: string;
  readonly month: string;
  readonly points: string;
  readonly reason: string;
}

/** GET and POST /console/customers/:id/points/return: asks a second person to give back what a corrected bill took too much. */
export function billReturnPages(deps: PointsConsole): Hono<WebEnv> {
  const { db, staff } = deps;
  const sql = runnerOf(db);
  const mayAsk = staff.requireStaff('agent', 'supervisor', 'admin');

  return new Hono<WebEnv>()
    .get(PATH, mayAsk, async (c) => {
      const found = await find(c);
      if ('answer' in found) return found.answer;
      return show(c, found, { requestId: newId(), month: '', points: '', reason: '' }, []);
    })
    .post(PATH, mayAsk, async (c) => {
      const found = await find(c);
      if ('answer' in found) return found.answer;
      const form = await readForm(c);
      const requestId = isId(form('requestId')) ? form('requestId') : newId();
      const typed = { requestId, month: form('month'), points: form('points'), reason: form('reason') };
      const [asked, reason] = [readReturn(typed, found.bills), staff.reasonOf(typed.reason)];
      if (asked === undefined || reason === undefined) return show(c, found, typed, faults(c, { asked, reason }));
      const { contractorId } = found.contractor;
      await staff.ask({
        requestId,
        kind: BILL_RETURN,
        payload: { ...asked },
        reason,
        by: staff.signedIn(c),
        contractorId,
      });
      return c.redirect(`/console/requests/${requestId}`, 303);
    });

  function faults(c: WebContext, read: { asked: object | undefined; reason: string | undefined }): FieldError[] {
    const { language } = c.var;
    return [
      ...(read.asked === undefined ? [{ field: 'points', text: billReturnText(language).tooMany }] : []),
      ...(read.reason === undefined ? [{ field: 'reason', text: goodwillText(language).noReason }] : []),
    ];
  }

  async function find(c: WebContext) {
    const contractor = await deps.contractors.contractor(sql, c.req.param('id') ?? '');
    if (contractor === null) return { answer: c.notFound() };
    const answer = await staff.lookFirst(c, { contractorId: contractor.contractorId, page: 'points' });
    return answer ? { answer } : { contractor, bills: await billsWithPoints(sql, contractor.contractorId) };
  }

  function show(
    c: WebContext,
    { contractor, bills }: { contractor: Contractor; bills: readonly UsedOnBill[] },
    typed: Typed,
    errors: readonly FieldError[],
  ) {
    const { language } = c.var;
    const t = billReturnText(language);
    const words = goodwillText(language);
    const errorOf = (field: string) => errors.find((error) => error.field === field)?.text;
    const page = `/console/customers/${contractor.contractorId}/points`;
    return renderPage(
      c,
      <ConsolePage
        c={c}
        staff={staff}
        title={`${t.title}${language === 'ja' ? '　' : ': '}${contractor.name}`}
        at="customers"
        back={{ href: page, label: words.see }}
        hasErrors={errors.length > 0}
      >
        <ErrorSummary errors={errors} language={language} />
        <p class="lead">{t.lead}</p>
        {bills.length === 0 ? (
          <p>{t.none}</p>
        ) : (
          <Form action={`${page}/return`} requestId={typed.requestId}>
            <Select
              name="month"
              label={t.month}
              value={typed.month}
              options={bills.map(({ month, points }) => ({
                value: month,
                label: t.bill(formatMonth(month, language), points.toLocaleString('en')),
              }))}
            />
            <Field
              name="points"
              label={t.points}
              value={typed.points}
              error={errorOf('points')}
              inputmode="numeric"
              maxlength={12}
            />
            <Field
              name="reason"
              label={words.reason}
              hint={t.reasonHint}
              value={typed.reason}
              error={errorOf('reason')}
              maxlength={500}
            />
            <Button>{t.submit}</Button>
          </Form>
        )}
      </ConsolePage>,
      errors.length > 0 ? 422 : 200,
    );
  }
}
