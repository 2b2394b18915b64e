import type { Temporal } from 'temporal-polyfill';
import type { Language } from '../../../base/language.ts';
import type { BucketKind, Operator } from '../../../base/operator.ts';
import { lastDayBefore } from '../../../base/operator-month.ts';
import { Card, DataTable } from '../../../infra/ui/components.tsx';
import { formatDay, formatMoment, formatMonth } from '../../../infra/ui/format.ts';
import { uiText } from '../../../infra/ui/text.ts';
import type { Calendar } from '../rules/calendar.ts';
import { BUCKET_KINDS, type DataLot, kindNow } from '../rules/kinds.ts';
import type { GiftUnderWay } from './deps.ts';
import { entryWords, exactly } from './entry-words.ts';
import type { JournalEntry } from './journal.ts';
import { dataConsoleText } from './text.ts';

interface In {
  readonly operator: Operator;
  readonly language: Language;
}

/** What can be used now, lot by lot, in the order of use. */
export function LotTable(props: In & { lots: readonly DataLot[]; calendar: Calendar; now: Temporal.Instant }) {
  const { lots, calendar, now, operator, language } = props;
  const t = dataConsoleText(language).ledger;
  const monthStart = calendar.startOf(calendar.monthOf(now));
  if (lots.length === 0) return <p>{t.noLots}</p>;
  return (
    <DataTable
      caption={t.lots}
      head={[t.kind, t.left, t.until, t.granted]}
      numeric={[1]}
      rows={lots.map((lot) => [
        bucketName(kindNow(lot, monthStart) ?? lot.kind, language),
        exactly(lot.remaining, operator.megabyte),
        lastDay(lot.expiresAt, { operator, language }),
        formatMoment(lot.grantedAt, operator.timeZone, language),
      ])}
    />
  );
}

/** Gifts that wait and slices on loan: not among the lots, and not gone. */
export function UnderWay(
  props: In & {
    gifts: readonly GiftUnderWay[];
    slices: readonly { bytes: number; validUntil: Temporal.Instant }[];
  },
) {
  const { gifts, slices, operator, language } = props;
  const t = dataConsoleText(language).ledger;
  if (gifts.length + slices.length === 0) return null;
  const until = (at: Temporal.Instant) => formatMoment(at, operator.timeZone, language);
  const amount = (bytes: number) => exactly(bytes, operator.megabyte);
  return (
    <Card title={t.underWay}>
      <ul class="plain">
        {gifts.map((gift) => (
          <li>
            {t.gift(gift.receiverName ?? t.whoever, amount(gift.amountBytes))}{' '}
            <span class="muted">– {until(gift.expiresAt)}</span>
          </li>
        ))}
        {slices.map((slice) => (
          <li>
            {t.slice(amount(slice.bytes))} <span class="muted">– {until(slice.validUntil)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** The journal, newest first: what happened in words, what it changed, what was left. */
export function EntryTable(props: In & { entries: readonly JournalEntry[]; nameOf: (staffId: string) => string }) {
  const { entries, nameOf, operator, language } = props;
  const t = dataConsoleText(language).ledger;
  const { megabyte } = operator;
  if (entries.length === 0) return <p>{t.noneHere}</p>;
  return (
    <DataTable
      caption={t.entries}
      head={[t.when, t.what, t.kind, t.change, t.left]}
      numeric={[3, 4]}
      isStacked
      rows={entries.map((entry) => {
        const { says, details } = entryWords(entry, { language, megabyte, nameOf });
        return [
          <time datetime={entry.at.toString()}>{formatMoment(entry.at, operator.timeZone, language)}</time>,
          <>
            {says}
            {details.map((detail) => (
              <span class="muted detail">{detail}</span>
            ))}
          </>,
          <>
            {bucketName(entry.bucket, language)}
            <span class="muted detail">
              {uiText(language).until(lastDay(entry.bucketEndsAt, { operator, language }))}
            </span>
          </>,
          `${SIGNS[entry.direction]}${exactly(entry.amountBytes, megabyte)}`,
          exactly(entry.totalAfterBytes, megabyte),
        ];
      })}
    />
  );
}

const SIGNS = { in: '+', out: '−', within: '' } as const;

export function MonthTable(props: In & { months: readonly { month: string; turnedAt: Temporal.Instant }[] }) {
  const { months, operator, language } = props;
  const t = dataConsoleText(language).ledger;
  if (months.length === 0) return null;
  return (
    <DataTable
      caption={t.months}
      head={[t.month, t.turnedAt]}
      rows={months.map(({ month, turnedAt }) => [
        formatMonth(month, language),
        formatMoment(turnedAt, operator.timeZone, language),
      ])}
    />
  );
}

function bucketName(kind: string, language: Language): string {
  const known: BucketKind | undefined = BUCKET_KINDS.find((each) => each === kind);
  return known ? uiText(language).kinds[known] : kind;
}

const lastDay = (end: Temporal.Instant, { operator, language }: In) =>
  formatDay(lastDayBefore(end, operator.timeZone), language);
