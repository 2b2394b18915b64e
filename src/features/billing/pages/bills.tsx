import { Hono } from 'hono';
import { runnerOf } from '../../../infra/db/runner.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Card,
  DataTable,
  LinkButton,
  LinkList,
  Notice,
  Page,
  renderPage,
  SummaryList,
} from '../../../infra/ui/components.tsx';
import { formatDay, formatMonth, formatShortDay, formatYen } from '../../../infra/ui/format.ts';
import { billPdf } from '../bill-pdf.ts';
import { loadBill, loadBills, type ShownLine } from '../bill-store.ts';
import { billCsv, groupLines, isMarkedUntaxed } from '../bill-view.ts';
import { billsText } from '../bills-text.ts';
import { loadSoFar } from '../so-far.ts';
import { type BillingPageDeps, contractorOf } from './deps.ts';

/** GET /bills lists, /bills/:month is one (this month: what it comes to so far), /bills/:month/pdf the same on paper, /csv for a spreadsheet. */
export function billPages(deps: BillingPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const { operator, calendar } = deps;
  const sql = runnerOf(deps.db);

  app.get('/bills', async (c) => {
    const { language } = c.var;
    const t = billsText(language);
    const contractorId = contractorOf(c);
    const [bills, soFar] = await Promise.all([loadBills(sql, contractorId), soFarOf(contractorId)]);
    return renderPage(
      c,
      <Page c={c} operator={operator} title={t.title} nav="bills">
        <Card title={t.soFar(formatMonth(soFar.month, language))}>
          <Yen yen={soFar.totalYen} c={c} label={t.totalSoFar} />
          <p class="muted">{t.soFarHint(formatShortDay(soFar.closesOn, language))}</p>
          <LinkButton kind="secondary" href={`/bills/${soFar.month}`}>
            {t.seeSoFar}
          </LinkButton>
        </Card>
        <Card title={t.past}>
          {bills.length === 0 ? (
            <p>{t.none}</p>
          ) : (
            <LinkList
              links={bills.map((bill) => ({
                href: `/bills/${bill.month}`,
                label: formatMonth(bill.month, language),
                hint: formatYen(bill.totalYen, language),
              }))}
            />
          )}
        </Card>
        <LinkButton kind="secondary" href="/payment">
          {t.paymentLink}
        </LinkButton>
      </Page>,
    );
  });

  app.get('/bills/:month', async (c) => {
    const { language } = c.var;
    const t = billsText(language);
    const contractorId = contractorOf(c);
    const month = c.req.param('month');
    if (month === calendar.monthOf(deps.clock.now())) return showSoFar(c, contractorId);
    const found = await loadBill(sql, { contractorId, month });
    if (!found) return c.notFound();
    const { bill, lines } = found;
    return renderPage(
      c,
      <Page
        c={c}
        operator={operator}
        title={t.billOf(formatMonth(month, language))}
        nav="bills"
        back={{ href: '/bills', label: t.title }}
      >
        <Card>
          <Yen yen={bill.totalYen} c={c} />
          <SummaryList
            rows={[
              { term: t.contractor, value: t.honorific(await nameOf(contractorId)) },
              { term: t.closed, value: formatDay(calendar.dayOf(bill.closedAt), language) },
              ...taxRows(c, bill),
            ]}
          />
        </Card>
        <Lines c={c} groups={await groupsOf(c, contractorId, lines)} />
        {lines.some(isMarkedUntaxed) ? <p class="muted">{t.notTaxed}</p> : null}
        <div class="on-screen actions">
          <LinkButton kind="secondary" href={`/bills/${month}/pdf`}>
            {t.pdf}
          </LinkButton>
          <LinkButton kind="quiet" href={`/bills/${month}/csv`}>
            {t.csv}
          </LinkButton>
          <p class="muted">{t.printHint}</p>
        </div>
      </Page>,
    );
  });

  app.get('/bills/:month/pdf', async (c) => {
    const { language } = c.var;
    const contractorId = contractorOf(c);
    const found = await loadBill(sql, { contractorId, month: c.req.param('month') });
    if (!found) return c.notFound();
    const { bill, lines } = found;
    const pdf = await billPdf({
      bill,
      operator,
      language,
      contractorName: await nameOf(contractorId),
      closedOn: calendar.dayOf(bill.closedAt),
      groups: await groupsOf(c, contractorId, lines),
      hasUntaxed: lines.some(isMarkedUntaxed),
    });
    c.header('content-type', 'application/pdf');
    c.header('content-disposition', `attachment; filename="bill-${bill.month}.pdf"`);
    return c.body(pdf);
  });

  app.get('/bills/:month/csv', async (c) => {
    const { language } = c.var;
    const contractorId = contractorOf(c);
    const found = await loadBill(sql, { contractorId, month: c.req.param('month') });
    if (!found) return c.notFound();
    const owned = await deps.contractors.subscriptionsOf(sql, contractorId);
    c.header('content-type', 'text/csv; charset=utf-8');
    c.header('content-disposition', `attachment; filename="bill-${found.bill.month}.csv"`);
    return c.body(billCsv(found.bill.month, found.lines, owned, language));
  });

  async function showSoFar(c: WebContext, contractorId: string) {
    const { language } = c.var;
    const t = billsText(language);
    const soFar = await soFarOf(contractorId);
    return renderPage(
      c,
      <Page
        c={c}
        operator={operator}
        title={t.soFar(formatMonth(soFar.month, language))}
        nav="bills"
        back={{ href: '/bills', label: t.title }}
      >
        <Notice kind="info">
          <p>{t.soFarHint(formatShortDay(soFar.closesOn, language))}</p>
        </Notice>
        <Card>
          <Yen yen={soFar.totalYen} c={c} label={t.totalSoFar} />
          <SummaryList rows={taxRows(c, { ...soFar, taxPercent: operator.billing.taxPercent })} />
        </Card>
        <Lines c={c} groups={await groupsOf(c, contractorId, soFar.lines)} />
      </Page>,
    );
  }

  const soFarOf = (contractorId: string) => loadSoFar(sql, deps, { contractorId, now: deps.clock.now() });

  async function groupsOf(c: WebContext, contractorId: string, lines: readonly ShownLine[]) {
    return groupLines(lines, await deps.contractors.subscriptionsOf(sql, contractorId), c.var.language);
  }

  async function nameOf(contractorId: string): Promise<string> {
    return (await deps.contractors.contractor(sql, contractorId))?.name ?? '';
  }

  function taxRows(c: WebContext, of: { taxedYen: number; taxYen: number; taxPercent: number }) {
    const { language } = c.var;
    const t = billsText(language);
    const yen = (amount: number) => <span class="figure">{formatYen(amount, language)}</span>;
    return [
      { term: t.taxed, value: yen(of.taxedYen) },
      { term: t.tax(String(of.taxPercent)), value: yen(of.taxYen) },
    ];
  }

  function Yen({ yen, c, label }: { yen: number; c: WebContext; label?: string }) {
    const { language } = c.var;
    const t = billsText(language);
    return (
      <p class="amount">
        <span class="amount-label">{label ?? (yen < 0 ? t.paidBack : t.total)}</span>
        <span class="amount-figure figure">{formatYen(label === undefined ? Math.abs(yen) : yen, language)}</span>
      </p>
    );
  }

  function Lines({ c, groups }: { c: WebContext; groups: ReturnType<typeof groupLines> }) {
    const { language } = c.var;
    const t = billsText(language);
    const yen = (amount: number) => formatYen(amount, language);
    return (
      <>
        {groups.map((group) => (
          <Card>
            <DataTable
              caption={group.title}
              head={[t.item, t.amount]}
              rows={[
                ...group.lines.map((line) => [line.name, yen(line.amountYen)]),
                [<strong>{t.subtotal}</strong>, <strong>{yen(group.subtotalYen)}</strong>],
              ]}
              numeric={[1]}
            />
          </Card>
        ))}
      </>
    );
  }

  return app;
}
