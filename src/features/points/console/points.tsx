import { Hono } from 'hono';
import { isId, newId } from '../../../base/ids.ts';
import { dayOf } from '../../../base/operator-month.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Button,
  Card,
  DataTable,
  ErrorSummary,
  Field,
  type FieldError,
  Form,
  LinkButton,
  Notice,
  renderPage,
  SummaryList,
} from '../../../infra/ui/components.tsx';
import { formatDay } from '../../../infra/ui/format.ts';
import type { Contractor } from '../../contractors/index.ts';
import { ConsolePage } from '../../staff/index.ts';
import { historyWords, signed } from '../history-words.ts';
import { needsSecondPerson, readPoints } from '../rules/goodwill.ts';
import { pointText } from '../text.ts';
import { billsWithPoints, givenLately, loadBalance, loadHistory } from '../view-store.ts';
import { lastDayWords } from '../words.ts';
import { GOODWILL } from './goodwill-kind.tsx';
import type { PointsConsole } from './index.ts';
import { billReturnText, goodwillText } from './text.ts';

const PATH = '/console/customers/:id/points';
const SHOWN = 30;

interface Typed {
  readonly requestId: string;
  readonly points: string;
  readonly reason: string;
}

/** GET and POST /console/customers/:id/points: a customer's points, and giving some; many of them by two people. */
export function pointsPages(deps: PointsConsole): Hono<WebEnv> {
  const { db, operator, staff, clock, actions } = deps;
  const sql = runnerOf(db);
  const mayGive = staff.requireStaff('agent', 'supervisor', 'admin');
  const limit = operator.points.goodwillAlone;

  return new Hono<WebEnv>()
    .get(PATH, staff.requireStaff(), async (c) => {
      const found = await find(c);
      if ('answer' in found) return found.answer;
      return show(c, found.contractor, { requestId: newId(), points: '', reason: '' }, []);
    })
    .post(PATH, mayGive, async (c) => {
      const found = await find(c);
      if ('answer' in found) return found.answer;
      const { contractor } = found;
      const form = await readForm(c);
      const requestId = isId(form('requestId')) ? form('requestId') : newId();
      const typed = { requestId, points: form('points'), reason: form('reason') };
      const [points, reason] = [readPoints(typed.points), staff.reasonOf(typed.reason)];
      if (points === undefined || reason === undefined)
        return show(c, contractor, typed, faults(c, { points, reason }));
      return give(c, contractor, { requestId, points, reason });
    });

  async function give(
    c: WebContext,
    { contractorId }: Contractor,
    asked: { requestId: string; points: number; reason: string },
  ): Promise<Response> {
    const by = staff.signedIn(c);
    const given = await givenLately(sql, { contractorId, now: clock.now(), except: asked.requestId });
    if (needsSecondPerson({ points: asked.points, givenLately: given, limit })) {
      const { requestId, points, reason } = asked;
      await staff.ask({ requestId, kind: GOODWILL, payload: { points }, reason, by, contractorId });
      return c.redirect(`/console/requests/${requestId}`, 303);
    }
    const submitted = await actions.giveGoodwill({ ...asked, contractorId, staff: by.staffId });
    if (!submitted.ok || submitted.answer.result === 'refused') {
      throw new Error(`goodwill was answered with ${JSON.stringify(submitted)}`);
    }
    return c.redirect(`/console/customers/${contractorId}/points?done=given`, 303);
  }

  function faults(c: WebContext, read: { points: number | undefined; reason: string | undefined }): FieldError[] {
    const { language } = c.var;
    const t = goodwillText(language);
    return [
      ...(read.points === undefined ? [{ field: 'points', text: t.notPoints }] : []),
      ...(read.reason === undefined ? [{ field: 'reason', text: t.noReason }] : []),
    ];
  }

  async function find(c: WebContext) {
    const contractor = await deps.contractors.contractor(sql, c.req.param('id') ?? '');
    if (contractor === null) return { answer: c.notFound() };
    const answer = await staff.lookFirst(c, { contractorId: contractor.contractorId, page: 'points' });
    return answer ? { answer } : { contractor };
  }

  async function show(c: WebContext, { contractorId, name }: Contractor, typed: Typed, errors: readonly FieldError[]) {
    const { language } = c.var;
    const t = goodwillText(language);
    const errorOf = (field: string) => errors.find((error) => error.field === field)?.text;
    const [balance, history, bills] = await Promise.all([
      loadBalance(sql, contractorId, clock.now()),
      loadHistory(sql, { contractorId, before: '', size: SHOWN }),
      billsWithPoints(sql, contractorId),
    ]);
    const mayAsk = staff.signedIn(c).role !== 'auditor';
    return renderPage(
      c,
      <ConsolePage
        c={c}
        staff={staff}
        title={`${t.title}${language === 'ja' ? '　' : ': '}${name}`}
        at="customers"
        back={{ href: `/console/customers/${contractorId}`, label: t.back }}
        hasErrors={errors.length > 0}
      >
        <ErrorSummary errors={errors} language={language} />
        {c.req.query('done') === 'given' ? <Notice kind="success">{t.done}</Notice> : null}
        <Card>
          <SummaryList
            rows={[
              { term: t.balance, value: pointText(language).amount(balance.points) },
              ...(balance.end === null
                ? []
                : [{ term: t.ends, value: lastDayWords(balance.end, operator.timeZone, language) }]),
            ]}
          />
        </Card>
        {mayAsk ? (
          <Card title={t.give}>
            <p>{t.lead(limit.toLocaleString('en'))}</p>
            <Form action={`/console/customers/${contractorId}/points`} requestId={typed.requestId}>
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
                label={t.reason}
                hint={t.reasonHint}
                value={typed.reason}
                error={errorOf('reason')}
                maxlength={500}
              />
              <Button>{t.submit}</Button>
            </Form>
          </Card>
        ) : null}
        {mayAsk && bills.length > 0 ? (
          <LinkButton kind="secondary" href={`/console/customers/${contractorId}/points/return`}>
            {billReturnText(language).open}
          </LinkButton>
        ) : null}
        {history.length === 0 ? (
          <Card title={t.history}>
            <p>{t.none}</p>
          </Card>
        ) : (
          <Card>
            <DataTable
              caption={t.history}
              head={[t.on, t.what, t.points]}
              numeric={[2]}
              rows={history.map((item) => [
                formatDay(dayOf(item.at, operator.timeZone), language),
                historyWords(item, operator, language),
                signed(item.points),
              ])}
            />
          </Card>
        )}
      </ConsolePage>,
      errors.length > 0 ? 422 : 200,
    );
  }
}
