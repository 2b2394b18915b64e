import { Temporal } from 'temporal-polyfill';
import type { Language } from '../../../base/language.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import type { WebContext } from '../../../infra/http/web-env.ts';
import { LivePart } from '../../../infra/live/parts.tsx';
import type { InboxDeps } from './deps.ts';
import { type InboxRow, loadInbox } from './inbox-store.ts';
import { inboxText, type Section } from './text.ts';
import { contentWords } from './words.ts';

export const INBOX = '/console/inbox';
/** A list is read anew at most so often, however much is said in five hundred talks. */
const EVERY_MS = 400;
/** Waiting times grow without anything happening. */
const AGAIN_MS = 30_000;

/** In this order from the top; those after the first three are folded. */
const SECTIONS: readonly Section[] = ['mine', 'waiting', 'left', 'others', 'closed'];
const FOLDED: ReadonlySet<Section> = new Set(['others', 'closed']);

/** The conversations of the inbox; follows what happens. */
export async function InboxList({ c, deps, at }: { c: WebContext; deps: InboxDeps; at: string | null }) {
  const { language } = c.var;
  const t = inboxText(language);
  const { operator, clock, staff } = deps;
  const now = clock.now();
  const today = now.toZonedDateTimeISO(operator.timeZone).startOfDay().toInstant();
  const rows = await loadInbox(runnerOf(deps.db), { staffId: staff.signedIn(c).staffId, today });
  const names = await staff.namesOf([...new Set(rows.flatMap(({ staffId }) => staffId ?? []))]);
  const bySection = Map.groupBy(rows, ({ section }) => section);
  const totalOf = (section: Section) => bySection.get(section)?.[0]?.total ?? 0;
  const count = totalOf('waiting') + totalOf('left') + (bySection.get('mine') ?? []).filter(isUnanswered).length;

  const end = await staff.endSoon(c);

  return (
    <LivePart
      id="list"
      src={`${INBOX}/list${at === null ? '' : `?at=${at}`}`}
      when="conversation"
      every={EVERY_MS}
      again={AGAIN_MS}
    >
      {end === null ? null : (
        <p id="end" class="inbox-end" role="alert" data-untouched>
          {t.ends[end.because](timeOf(end.at, operator.timeZone))}
        </p>
      )}
      <nav
        class="inbox-list"
        aria-label={t.title}
        data-arrows
        data-count={count}
        data-say={t.waitingNow(totalOf('waiting'))}
      >
        {SECTIONS.map((section) => {
          const shown = bySection.get(section) ?? [];
          const total = totalOf(section);
          const heading = (
            <>
              {t.sections[section]} <span class="count">{total}</span>
            </>
          );
          const content =
            shown.length === 0 ? (
              <p class="muted inbox-none">{t.none[section]}</p>
            ) : (
              <>
                <ul>
                  {shown.map((row) => (
                    <Row row={row} isHere={row.conversationId === at} now={now} names={names} language={language} />
                  ))}
                </ul>
                {total > shown.length ? <p class="muted inbox-none">{t.more(total - shown.length)}</p> : null}
              </>
            );
          return FOLDED.has(section) ? (
            <details id={`section-${section}`} open={shown.some(({ conversationId }) => conversationId === at)}>
              <summary>{heading}</summary>
              {content}
            </details>
          ) : (
            <section id={`section-${section}`} aria-labelledby={`heading-${section}`}>
              <h2 id={`heading-${section}`}>{heading}</h2>
              {content}
            </section>
          );
        })}
      </nav>
    </LivePart>
  );
}

const timeOf = (at: Temporal.Instant, zone: string) =>
  at.toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: 'minute' });

/** The person spoke last. */
export const isUnanswered = ({ personSpokeAt, staffSpokeAt }: Pick<InboxRow, 'personSpokeAt' | 'staffSpokeAt'>) =>
  personSpokeAt !== null && (staffSpokeAt === null || Temporal.Instant.compare(personSpokeAt, staffSpokeAt) > 0);

interface RowProps {
  row: InboxRow;
  isHere: boolean;
  now: Temporal.Instant;
  names: ReadonlyMap<string, string>;
  language: Language;
}

function Row({ row, isHere, now, names, language }: RowProps) {
  const t = inboxText(language);
  const isMarked = row.section === 'mine' && isUnanswered(row);
  return (
    <li id={`row-${row.conversationId}`}>
      <a href={`${INBOX}/${row.conversationId}`} aria-current={isHere ? 'page' : undefined}>
        <span class="inbox-name">
          <b>{row.displayName ?? t.unnamed}</b>
          {isMarked ? <span class="badge bad">{t.unanswered}</span> : null}
        </span>
        <time class="inbox-age" datetime={since(row).toString()}>
          {t.minutes(minutesSince(since(row), now))}
        </time>
        <span class="inbox-last">
          {row.section === 'others' && row.staffId !== null ? `${t.with(names.get(row.staffId) ?? '')} ` : ''}
          {row.last === null ? '' : contentWords(row.last.content, language)}
        </span>
      </a>
    </li>
  );
}

/** What a line's age counts from: the queue from when they came, a talk from the person's last words. */
function since(row: InboxRow): Temporal.Instant {
  if (row.section === 'closed') return row.closedAt ?? row.queuedAt;
  return row.section === 'waiting' || row.section === 'left' ? row.queuedAt : (row.personSpokeAt ?? row.queuedAt);
}

const minutesSince = (at: Temporal.Instant, now: Temporal.Instant) =>
  Math.max(0, Math.floor((now.epochMilliseconds - at.epochMilliseconds) / 60_000));
