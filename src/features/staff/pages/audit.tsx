import { Hono } from 'hono';
import { Temporal } from 'temporal-polyfill';
import { isId } from '../../../base/ids.ts';
import { dayOf } from '../../../base/operator-month.ts';
import { audit, runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { Button, DataTable, Field, Form, LinkButton, renderPage, Select } from '../../../infra/ui/components.tsx';
import { formatMoment } from '../../../infra/ui/format.ts';
import { auditCsv } from '../audit-csv.ts';
import { type AuditFilter, type AuditRow, actorKinds, loadAudit } from '../audit-store.ts';
import { type ConsoleFrame, ConsolePage } from '../console-page.tsx';
import type { StaffDeps } from '../deps.ts';
import type { StaffGuard } from '../guard.ts';
import { loadStaffNames } from '../store.ts';
import { staffText } from '../text.ts';

const PAGE = 50;
const FILTERS = ['from', 'to', 'actor', 'action', 'about'] as const;

/** As much as a spreadsheet still opens in comfort; more is asked for day by day. */
const LARGEST_FILE = 50_000;

/**
 * GET /console/audit: the audit log by day, actor, action and person, newest first; POST /console/audit/export the same as a
 * CSV file, which is itself on record.
 */
export function auditPage(deps: StaffDeps, staff: ConsoleFrame & StaffGuard): Hono<WebEnv> {
  const zone = deps.operator.timeZone;

  const app = new Hono<WebEnv>();
  const mayRead = staff.requireStaff('auditor', 'admin');

  app.get('/console/audit', mayRead, async (c) => {
    const t = staffText(c.var.language).audit;
    const asked = (name: string) => c.req.query(name)?.trim() ?? '';
    const filter = filterOf(asked);
    // An id that is none fits nothing.
    const isNobody = asked('about') !== '' && !isId(asked('about'));
    const rows = isNobody ? [] : await loadAudit(runnerOf(deps.db), filter, PAGE + 1);
    const shown = rows.slice(0, PAGE);
    const last = shown.at(-1);
    const names = await loadStaffNames(
      runnerOf(deps.db),
      shown.flatMap(({ detail }) => (typeof detail.staff === 'string' ? [detail.staff] : [])),
    );
    return renderPage(
      c,
      <ConsolePage c={c} staff={staff} title={t.title} at="audit">
        <p class="muted">{t.lead}</p>
        <form method="get" action="/console/audit" class="filters">
          <Field name="from" label={t.from} type="date" value={asked('from')} required={false} />
          <Field name="to" label={t.to} type="date" value={asked('to')} required={false} />
          <Select
            name="actor"
            label={t.actor}
            value={asked('actor')}
            options={[
              { value: '', label: t.anybody },
              ...actorKinds.map((kind) => ({ value: kind, label: t.actors[kind] })),
            ]}
          />
          <Field name="action" label={t.action} hint={t.actionHint} value={asked('action')} required={false} />
          <Field name="about" label={t.about} hint={t.aboutHint} value={asked('about')} required={false} />
          <Button kind="secondary">{t.filter}</Button>
        </form>
        {shown.length === 0 ? (
          <p>{t.none}</p>
        ) : (
          <DataTable
            caption={t.caption}
            isUnderHeading
            head={[t.at, t.who, t.what, t.detail, t.chained]}
            rows={shown.map((row) => cells(c, row, names))}
            numeric={[4]}
            isStacked
          />
        )}
        {rows.length > PAGE && last ? (
          <LinkButton kind="secondary" href={olderThan(last, asked)}>
            {t.older}
          </LinkButton>
        ) : null}
        {shown.length > 0 ? (
          <Form action="/console/audit/export">
            {FILTERS.map((name) => (
              <input type="hidden" name={name} value={asked(name)} />
            ))}
            <p class="muted">{t.exportLead(LARGEST_FILE)}</p>
            <Button kind="secondary">{t.export}</Button>
          </Form>
        ) : null}
      </ConsolePage>,
    );
  });

  // A form, since it leaves something behind: that the file was made, by whom, of what.
  app.post('/console/audit/export', mayRead, async (c) => {
    const form = await readForm(c);
    const asked = (name: string) => form(name).trim();
    const isNobody = asked('about') !== '' && !isId(asked('about'));
    const rows = isNobody ? [] : await loadAudit(runnerOf(deps.db), filterOf(asked), LARGEST_FILE);
    const wanted = FILTERS.flatMap((name) => (asked(name) ? [[name, asked(name).slice(0, 200)]] : []));
    const actor = { kind: 'staff', id: staff.signedIn(c).staffId } as const;
    const now = deps.clock.now();
    const detail = { ...Object.fromEntries(wanted), rows: rows.length };
    await audit(runnerOf(deps.db), now, { actor, action: 'staff.audit-exported', detail });
    c.header('content-type', 'text/csv; charset=utf-8');
    c.header('content-disposition', `attachment; filename="audit-${dayOf(now, zone)}.csv"`);
    return c.body(auditCsv(rows));
  });

  function filterOf(asked: (name: string) => string): AuditFilter {
    const [from, to] = [day(asked('from')), day(asked('to'))];
    const actorKind = actorKinds.find((kind) => kind === asked('actor'));
    const [at = '', auditId = ''] = asked('after').split('~');
    return {
      ...(from ? { from: from.toZonedDateTime(zone).toInstant() } : {}),
      ...(to ? { to: to.add({ days: 1 }).toZonedDateTime(zone).toInstant() } : {}),
      ...(actorKind ? { actorKind } : {}),
      ...(asked('action') ? { action: asked('action') } : {}),
      ...(isId(asked('about')) ? { about: asked('about') } : {}),
      ...(isId(auditId) && isInstant(at) ? { after: { at: Temporal.Instant.from(at), auditId } } : {}),
    };
  }

  /** @param names of staff to whom something was done */
  function cells(c: WebContext, row: AuditRow, names: ReadonlyMap<string, string>) {
    const t = staffText(c.var.language).audit;
    const whom = [
      ...(row.contractorId ? [`${t.contractor} ${row.contractorId}`] : []),
      ...(row.subscriptionId ? [`${t.subscription} ${row.subscriptionId}`] : []),
    ];
    const deed = deps.deedText(row.action, c.var.language);
    const detail = Object.entries(row.detail).filter(([, value]) => value !== null);
    return [
      <time datetime={row.at.toString()}>{formatMoment(row.at, zone, c.var.language)}</time>,
      <>
        {t.actors[row.actorKind]}
        <br />
        <span class="muted detail">{row.actorName ?? row.actorId ?? ''}</span>
      </>,
      <>
        {deed === row.action ? null : deed}
        <code class="muted detail">{row.action}</code>
      </>,
      <>
        {detail.length > 0 ? (
          <span class="detail">
            {detail.map(([name, value]) => `${name}: ${names.get(String(value)) ?? value}`).join(', ')}
          </span>
        ) : null}
        {whom.map((each) => (
          <span class="muted detail">{each}</span>
        ))}
      </>,
      row.position === null ? t.notYet : String(row.position),
    ];
  }

  return app;
}

function olderThan(last: AuditRow, asked: (name: string) => string): string {
  const query = new URLSearchParams(FILTERS.flatMap((name) => (asked(name) ? [[name, asked(name)]] : [])));
  query.set('after', `${last.at}~${last.auditId}`);
  return `/console/audit?${query}`;
}

/** A calendar day as a date field sends it, or undefined; the 31st of a short month is its last day. */
function day(text: string): Temporal.PlainDate | undefined {
  const [, year, month, dayOfMonth] = /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.exec(text) ?? [];
  return year === undefined
    ? undefined
    : Temporal.PlainDate.from({ year: Number(year), month: Number(month), day: Number(dayOfMonth) });
}

const isInstant = (text: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(text);
