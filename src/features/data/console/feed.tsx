import { Hono } from 'hono';
import { isId } from '../../../base/ids.ts';
import type { Language } from '../../../base/language.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import type { WebEnv } from '../../../infra/http/web-env.ts';
import { countUntold } from '../../../infra/outside/untold-store.ts';
import { Card, DataTable, LinkButton, Notice, renderPage, SummaryList } from '../../../infra/ui/components.tsx';
import { formatDay, formatMoment, formatMonth } from '../../../infra/ui/format.ts';
import { ConsolePage } from '../../staff/index.ts';
import { lastMonthTurns, type MonthTurnProgress } from '../turn/progress-store.ts';
import { listConflicts, type UsageConflict } from '../usage/conflict-store.ts';
import { type FeedDay, loadFeedDays, loadNetworkWaiting } from '../usage/figures-store.ts';
import type { DataConsole } from './deps.ts';
import { exactly } from './entry-words.ts';
import { feedText } from './feed-text.ts';

export const FEED = '/console/feed';
const DAYS = 14;
const TURNS = 3;
const PAGE = 20;

/** GET /console/feed: what came from the network by day, what contradicts itself, and how far the month's turn is. */
export function feedPage(deps: DataConsole): Hono<WebEnv> {
  const { staff, operator } = deps;
  return new Hono<WebEnv>().get(FEED, staff.requireStaff(), async (c) => {
    const { language } = c.var;
    const t = feedText(language);
    const sql = runnerOf(deps.db);
    const asked = c.req.query('before') ?? '';
    const [days, network, networkAgain, changes, changesAgain, turns, conflicts] = await Promise.all([
      loadFeedDays(sql, DAYS),
      loadNetworkWaiting(sql),
      countUntold(sql, 'network'),
      deps.contractors.changes.waiting(sql),
      countUntold(sql, 'changes'),
      lastMonthTurns(sql, TURNS),
      listConflicts(sql, { limit: PAGE + 1, before: isId(asked) ? asked : null }),
    ]);
    const shown = conflicts.slice(0, PAGE);
    const last = shown.at(-1);
    return renderPage(
      c,
      <ConsolePage c={c} staff={staff} title={t.title} at="feed">
        {c.req.query('done') === 'away' ? <Notice kind="success">{t.conflict.done}</Notice> : null}
        <h2>{t.aside}</h2>
        {shown.length === 0 ? <p>{t.noneAside}</p> : null}
        <div class="cards">
          {shown.map((conflict) => (
            <Card title={t.conflict.title}>
              <SummaryList rows={comparedRows(conflict, deps, language)} />
              {staff.signedIn(c).role === 'auditor' ? null : (
                <LinkButton kind="secondary" href={`${FEED}/conflicts/${conflict.conflictId}`}>
                  {t.conflict.open}
                </LinkButton>
              )}
            </Card>
          ))}
        </div>
        {conflicts.length > PAGE && last ? (
          <LinkButton kind="secondary" href={`${FEED}?before=${last.conflictId}`}>
            {t.older}
          </LinkButton>
        ) : null}
        {days.length === 0 ? <p>{t.noFigures}</p> : <DayTable days={days} language={language} />}
        <p>{network.count > 0 ? t.network(network.count) + t.networkAgain(networkAgain) : t.networkIdle}</p>
        {changes === null ? null : (
          <p>{changes > 0 ? t.changes(changes) + t.changesAgain(changesAgain) : t.changesIdle}</p>
        )}
        <TurnTable turns={turns} language={language} zone={operator.timeZone} />
      </ConsolePage>,
    );
  });
}

/** What was counted beside what came, as far as it needs no reason for looking at a customer. */
export function comparedRows(conflict: UsageConflict, { operator }: DataConsole, language: Language) {
  const t = feedText(language).conflict;
  const amount = (bytes: number) => exactly(bytes, operator.megabyte);
  const { counted } = conflict;
  return [
    { term: t.source, value: conflict.source },
    { term: t.id, value: conflict.recordId },
    { term: t.came, value: formatMoment(conflict.receivedAt, operator.timeZone, language) },
    {
      term: t.counted,
      value: counted
        ? t.countedAs(formatDay(counted.usedOn, language), amount(counted.drawnBytes), amount(counted.overBytes))
        : t.notKept,
    },
    { term: t.sent, value: amount(sentBytes(conflict.record)) },
  ];
}

/** Of a record as it came, which may be anything. */
function sentBytes(record: unknown): number {
  const data: unknown = typeof record === 'object' && record !== null ? Reflect.get(record, 'data') : null;
  if (typeof data !== 'object' || data === null) return 0;
  return ['uplinkBytes', 'downlinkBytes', 'totalBytes']
    .map((name): unknown => Reflect.get(data, name))
    .reduce<number>((sum, bytes) => sum + (typeof bytes === 'number' ? bytes : 0), 0);
}

function DayTable({ days, language }: { days: readonly FeedDay[]; language: Language }) {
  const t = feedText(language);
  return (
    <DataTable
      caption={t.figures}
      head={[t.day, t.accepted, t.duplicates, t.conflicts, t.refused]}
      numeric={[1, 2, 3, 4]}
      isStacked
      rows={days.map((day) => [
        formatDay(day.cameOn, language),
        ...[day.accepted, day.duplicates, day.conflicts, day.refused].map((count) => count.toLocaleString('en')),
      ])}
    />
  );
}

function TurnTable(props: { turns: readonly MonthTurnProgress[]; language: Language; zone: string }) {
  const { turns, language, zone } = props;
  const t = feedText(language);
  if (turns.length === 0) return null;
  return (
    <DataTable
      caption={t.turns}
      head={[t.month, t.progress, t.began, t.ended]}
      numeric={[1]}
      isStacked
      rows={turns.map((turn) => [
        formatMonth(turn.month, language),
        `${turn.done.toLocaleString('en')} / ${turn.total.toLocaleString('en')}`,
        formatMoment(turn.startedAt, zone, language),
        turn.finishedAt ? formatMoment(turn.finishedAt, zone, language) : t.underWay,
      ])}
    />
  );
}
