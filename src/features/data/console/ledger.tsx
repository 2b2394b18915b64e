import { Hono } from 'hono';
import { isId } from '../../../base/ids.ts';
import type { Language } from '../../../base/language.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { Actions, Button, LinkButton, Notice, renderPage, Select } from '../../../infra/ui/components.tsx';
import { uiText } from '../../../infra/ui/text.ts';
import { ConsolePage } from '../../staff/index.ts';
import { BUCKET_KINDS } from '../rules/kinds.ts';
import { inUseOrder } from '../rules/use-order.ts';
import type { DataConsole, Shown } from './deps.ts';
import { exactly } from './entry-words.ts';
import { findShown } from './find.ts';
import { type EntryReason, entryReasons, type JournalEntry, type JournalFilter } from './journal.ts';
import { EntryTable, LotTable, MonthTable, UnderWay } from './ledger-parts.tsx';
import { loadOpenSlices, loadSums, loadTurnedMonths } from './ledger-view-store.ts';
import { dataConsoleText } from './text.ts';

const PAGE = 30;
const MONTHS = 6;

/** GET /console/subscriptions/:id/ledger: what is there, what is under way, and the journal entry by entry in words. */
export function ledgerPage(deps: DataConsole): Hono<WebEnv> {
  const { staff, operator, calendar } = deps;

  return new Hono<WebEnv>().get('/console/subscriptions/:id/ledger', staff.requireStaff(), async (c) => {
    const found = await findShown(deps, c, 'ledger');
    if ('answer' in found) return found.answer;
    const { shown } = found;
    const { language } = c.var;
    const view = await load(shown, filterOf(c), c.req.query('before') ?? null);
    const { t, path } = { t: dataConsoleText(language), path: pathOf(shown) };
    return renderPage(
      c,
      <ConsolePage
        c={c}
        staff={staff}
        title={`${t.ledger.title} ${t.subscription(shown.userName, shown.msisdn.slice(-4))}`}
        at="customers"
        back={{ href: `/console/customers/${shown.contractorId}`, label: t.back }}
      >
        <Agreement sums={view.sums} {...{ operator, language }} />
        <LotTable lots={view.lots} {...{ operator, calendar, language, now: view.now }} />
        <UnderWay gifts={view.gifts} slices={view.slices} {...{ operator, language }} />
        {staff.signedIn(c).role === 'auditor' ? null : (
          <Actions>
            <LinkButton kind="secondary" href={`${path.slice(0, -'ledger'.length)}correction`}>
              {t.ledger.correct}
            </LinkButton>
            <LinkButton kind="secondary" href={`${path.slice(0, -'ledger'.length)}correction?preset=goodwill`}>
              {t.ledger.goodwill}
            </LinkButton>
          </Actions>
        )}
        <FilterForm c={c} path={path} />
        <EntryTable entries={view.entries} nameOf={view.nameOf} {...{ operator, language }} />
        {view.next === null ? null : (
          <LinkButton kind="secondary" href={older(c, path, view.next)}>
            {t.ledger.older}
          </LinkButton>
        )}
        <MonthTable months={view.months} {...{ operator, language }} />
      </ConsolePage>,
    );
  });

  async function load({ subscriptionId }: Shown, filter: JournalFilter | undefined, before: string | null) {
    const sql = runnerOf(deps.db);
    const now = deps.clock.now();
    const asked = { subscriptionId, limit: PAGE, before: before !== null && isId(before) ? before : null };
    const [page, lots, gifts, slices, months, sums] = await Promise.all([
      deps.data.journal(sql, { ...asked, ...(filter ? { filter } : {}) }),
      deps.data.lotsOf(sql, subscriptionId, now),
      deps.giftsUnderWay(sql, subscriptionId),
      loadOpenSlices(sql, subscriptionId),
      loadTurnedMonths(sql, subscriptionId, MONTHS),
      loadSums(sql, subscriptionId),
    ]);
    const names = await staff.namesOf(peopleIn(page.entries));
    const nameOf = (staffId: string) => names.get(staffId) ?? staffId;
    const inOrder = inUseOrder(lots, calendar.startOf(calendar.monthOf(now)));
    return { ...page, now, lots: inOrder, gifts, slices, months, sums, nameOf };
  }
}

export const pathOf = ({ subscriptionId }: Shown) => `/console/subscriptions/${subscriptionId}/ledger`;

const peopleIn = (entries: readonly JournalEntry[]) => [
  ...new Set(entries.flatMap(({ about }) => (about?.kind === 'correction' ? [about.askedBy, about.approvedBy] : []))),
];

type Sums = Awaited<ReturnType<typeof loadSums>>;

/** Whether journal and lots say the same, or why that cannot be told here. */
function Agreement(props: { sums: Sums; operator: DataConsole['operator']; language: Language }) {
  const t = dataConsoleText(props.language).ledger;
  const { entryBytes, lotBytes, areSomeArchived } = props.sums;
  const megabyte = props.operator.megabyte;
  if (areSomeArchived || entryBytes === lotBytes) {
    return (
      <Notice kind="info">
        <p>{areSomeArchived ? t.archived : t.agrees}</p>
      </Notice>
    );
  }
  return (
    <Notice kind="danger">
      <p>{t.differs(exactly(entryBytes, megabyte), exactly(lotBytes, megabyte))}</p>
    </Notice>
  );
}

function filterOf(c: WebContext): JournalFilter | undefined {
  const reason = entryReasons.find((each) => each === c.req.query('reason'));
  const bucket = BUCKET_KINDS.find((each) => each === c.req.query('kind'));
  return reason || bucket ? { ...(reason ? { reason } : {}), ...(bucket ? { bucket } : {}) } : undefined;
}

function older(c: WebContext, path: string, before: string): string {
  const { reason, bucket } = filterOf(c) ?? {};
  return `${path}?${new URLSearchParams({ ...(reason ? { reason } : {}), ...(bucket ? { kind: bucket } : {}), before })}`;
}

function FilterForm({ c, path }: { c: WebContext; path: string }) {
  const language: Language = c.var.language;
  const t = dataConsoleText(language);
  const reasons = entryReasons.map((value: EntryReason) => ({ value, label: t.reasons[value] }));
  const kinds = BUCKET_KINDS.map((value) => ({ value, label: uiText(language).kinds[value] }));
  const any = { value: '', label: t.ledger.all };
  return (
    <form method="get" action={path} class="filters">
      <Select name="reason" label={t.ledger.reason} value={c.req.query('reason')} options={[any, ...reasons]} />
      <Select name="kind" label={t.ledger.kind} value={c.req.query('kind')} options={[any, ...kinds]} />
      <Button kind="secondary">{t.ledger.filter}</Button>
    </form>
  );
}
