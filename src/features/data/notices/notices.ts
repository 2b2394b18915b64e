import { Temporal } from 'temporal-polyfill';
import { formatBytes } from '../../../base/bytes.ts';
import type { Language } from '../../../base/language.ts';
import type { Operator } from '../../../base/operator.ts';
import { type Db, inTransaction, runnerOf } from '../../../infra/db/index.ts';
import type { Job } from '../../../infra/jobs/jobs.ts';
import { inPortions } from '../../../infra/jobs/portions.ts';
import { bubble, button } from '../../../infra/line/flex.ts';
import { enqueueMessages } from '../../../infra/line/outbox/outbox.ts';
import { buttonData, type Message } from '../../../infra/line/talk.ts';
import type { Calendar } from '../rules/calendar.ts';
import { subscriptionName, untilDay } from '../words.ts';
import { markTold, type NoticeToTell, noteEndings, takeNotices, whomToTell } from './notice-store.ts';
import { noticeText } from './text.ts';

interface NoticeDeps {
  readonly db: Db;
  readonly operator: Operator;
  readonly calendar: Calendar;
}

const PORTION = 500;

/**
 * Days are whole, ends are midnights: told at ten in the morning of the day so many days before the last day. Nobody is
 * woken by it.
 */
const HOURS_FROM_TEN_TO_THE_END = 14;

/** Notes what is about to end. */
export function findEndings({ db, operator }: NoticeDeps): Job {
  const hoursBefore = operator.notices.daysBeforeEnd * 24 + HOURS_FROM_TEN_TO_THE_END;
  return {
    name: 'data.find-endings',
    everySeconds: 1_800,
    run: (now) => noteEndings(runnerOf(db), { now, hoursBefore }),
  };
}

/** Tells what was noted, to those linked to the subscription; apart from the ledger, which must not wait for words. */
export function tellNotices(deps: NoticeDeps): Job {
  return {
    name: 'data.tell-notices',
    everySeconds: 5,
    async run(now, stopping) {
      return inPortions(PORTION, stopping, () => inTransaction(deps.db, (tx) => tellPortion(tx, deps, now)));
    },
  };
}

async function tellPortion(tx: Db, deps: NoticeDeps, now: Temporal.Instant): Promise<number> {
  const sql = runnerOf(tx);
  const noticeIds = await takeNotices(sql, PORTION);
  if (noticeIds.length === 0) return 0;
  const people = await whomToTell(sql, noticeIds);
  await enqueueMessages(
    sql,
    now,
    people.map((notice) => ({
      lineUserId: notice.lineUserId,
      messages: [noticeMessage(notice, deps)],
      dedupeKey: `data-notice:${notice.noticeId}:${notice.lineUserId}`,
    })),
  );
  await markTold(sql, noticeIds, now);
  return noticeIds.length;
}

function noticeMessage(notice: NoticeToTell, deps: NoticeDeps): Message {
  const { language, kind } = notice;
  const t = noticeText(language);
  const title = subscriptionName(notice, language);
  const said = saidOf(notice, language, deps);
  return bubble({
    title,
    altText: `${title} ${said}`,
    body: [said],
    buttons: [
      button(t.seeBalance, buttonData('data', 'open'), 'primary'),
      button(t.stop, buttonData('notices', 'off', { kind }), 'link'),
    ],
  });
}

function saidOf({ kind, facts }: NoticeToTell, language: Language, { operator, calendar }: NoticeDeps): string {
  const t = noticeText(language);
  const amount = formatBytes(facts.bytes ?? 0, operator.megabyte);
  switch (kind) {
    case 'low':
      return t.low(String(facts.percent ?? 0), amount);
    case 'empty':
      return t.empty;
    case 'ending':
      return t.ending(amount, untilDay(Temporal.Instant.fromEpochMilliseconds(facts.endsMs ?? 0), calendar, language));
  }
}
