import type { Temporal } from 'temporal-polyfill';
import type { Operator } from '../../base/operator.ts';
import { type Db, inTransaction, runnerOf } from '../../infra/db/index.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import { inPortions } from '../../infra/jobs/portions.ts';
import { bubble, button } from '../../infra/line/flex.ts';
import { enqueueMessages, type OutgoingMessage } from '../../infra/line/outbox/outbox.ts';
import { buttonData } from '../../infra/line/talk.ts';
import { type EventToTell, markTold, noteEndings, takeEvents, whomToTell } from './due-store.ts';
import { noticeOf } from './notices.ts';
import { tellingMoment } from './rules/calendar.ts';
import { pointText } from './text.ts';
import { announcement } from './words.ts';

interface AnnounceDeps {
  readonly db: Db;
  readonly operator: Operator;
}

const PORTION = 500;

/** Days are whole and ends are midnights: so many hours before one it is ten in the morning. */
const HOURS_FROM_TEN_TO_THE_END = 14;

/** Notes whose points are about to end: in the morning, so many days before the last day. */
export function findEndings({ db, operator }: AnnounceDeps): Job {
  const days = [...new Set(operator.points.daysBeforeEnd)].sort((a, b) => a - b);
  const windows = days.map((before, index) => ({
    hours: before * 24 + HOURS_FROM_TEN_TO_THE_END,
    // Whoever hears of the end for the first time when it is near hears of it once.
    notWithinHours: index === 0 ? 0 : (days[index - 1] ?? 0) * 24 + HOURS_FROM_TEN_TO_THE_END,
  }));
  return {
    name: 'points.find-endings',
    everySeconds: 1_800,
    async run(now) {
      const tellAt = tellingMoment(now, operator.timeZone);
      let noted = 0;
      for (const window of windows) noted += await noteEndings(runnerOf(db), { now, tellAt, ...window });
      return noted;
    },
  };
}

/** Tells what came, ends and has ended, to those linked to the contractor; apart from the ledger, which must not wait. */
export function announceEvents(deps: AnnounceDeps): Job {
  return {
    name: 'points.announce',
    everySeconds: 5,
    async run(now, stopping) {
      return inPortions(PORTION, stopping, () => inTransaction(deps.db, (tx) => tellPortion(tx, deps, now)));
    },
  };
}

async function tellPortion(tx: Db, { operator }: AnnounceDeps, now: Temporal.Instant): Promise<number> {
  const sql = runnerOf(tx);
  const events = await takeEvents(sql, now, PORTION);
  if (events.length === 0) return 0;
  const people = await whomToTell(sql, events, now);
  await enqueueMessages(
    sql,
    now,
    people.flatMap((event) => outgoing(event, operator)),
  );
  await markTold(sql, events, now);
  return events.length;
}

function outgoing(event: EventToTell, operator: Operator): OutgoingMessage[] {
  const { language, lineUserId } = event;
  const t = pointText(language);
  const notice = noticeOf(event.kind);
  const said = announcement(event, operator, language);
  if (notice === null || said === null || event.off.includes(notice)) return [];
  const title = t.title;
  const message = bubble({
    title,
    altText: `${title} ${said}`,
    body: said.split('\n'),
    buttons: [
      button(t.open, buttonData('points', 'open'), 'primary'),
      button(t.stop, buttonData('notices', 'off', { kind: notice }), 'link'),
    ],
  });
  return [{ lineUserId, messages: [message], dedupeKey: `point-event:${event.eventId}:${lineUserId}` }];
}
