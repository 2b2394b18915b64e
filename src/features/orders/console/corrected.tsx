import { Temporal } from 'temporal-polyfill';
import type { Language } from '../../../base/language.ts';
import { formatTyped } from '../../../base/msisdn.ts';
import type { SummaryRow } from '../../../infra/ui/components.tsx';
import { formatAddress, formatDay, formatMoment, withRemark } from '../../../infra/ui/format.ts';
import { type Application, wholeName } from '../rules/application.ts';
import { ordersText } from '../text.ts';
import { deskText } from './text.ts';

interface Saying {
  readonly language: Language;
  readonly timeZone: string;
}

/** What of an application can be corrected, in words by the terms under which the page shows it. */
function wordsOf(application: Application, { language, timeZone }: Saying): ReadonlyMap<string, string> {
  const page = ordersText(language).page;
  const { person, applied } = deskText(language);
  const { contractor, identity, user, payment } = application;
  const words = new Map([
    [page.sim, page.simKinds[application.simKind]],
    [page.phoneNumber, numberWords(application, language)],
    [page.user, userWords(application, language)],
    [page.payment, payment ? page.card(payment.brand, payment.lastFour) : page.asBefore],
  ]);
  if (contractor.kind === 'new') {
    words.set(person.name, wholeName(contractor.name));
    words.set(person.kana, wholeName(contractor.kana));
    words.set(person.birthDate, formatDay(contractor.birthDate, language));
    words.set(person.address, formatAddress(contractor));
    words.set(person.phone, formatTyped(contractor.phone));
  }
  if (identity) {
    words.set(person.checkedAt, formatMoment(Temporal.Instant.from(identity.checkedAt), timeZone, language));
    words.set(person.serial, identity.certificateSerial);
  }
  if (user.kind === 'other') {
    words.set(applied.filtering, user.filtering ? applied.on : applied.off);
    if (user.guardian) words.set(applied.guardian, user.guardian.name);
  }
  return words;
}

export function numberWords({ number }: Application, language: Language): string {
  const t = deskText(language).applied;
  switch (number.kind) {
    case 'new':
      return ordersText(language).page.numbers.new;
    case 'one-stop':
      return `${formatTyped(number.phoneNumber)} · ${t.oneStop}`;
    case 'reservation':
      return `${formatTyped(number.phoneNumber)} · ${t.reservation} ${number.reservationNumber} · ${t.until(
        formatDay(number.validUntil, language),
      )}`;
  }
}

export function userWords({ user }: Pick<Application, 'user'>, language: Language): string {
  if (user.kind === 'contractor') return ordersText(language).page.self;
  return `${withRemark(wholeName(user.name), wholeName(user.kana), language)} ${formatDay(user.birthDate, language)}`;
}

/** What was corrected, by term, with what stood there before. */
function replaced(before: Application, after: Application, saying: Saying): ReadonlyMap<string, string> {
  const [old, now] = [wordsOf(before, saying), wordsOf(after, saying)];
  const { nothing } = deskText(saying.language);
  const terms = [...new Set([...old.keys(), ...now.keys()])].filter((term) => old.get(term) !== now.get(term));
  return new Map(terms.map((term) => [term, old.get(term) ?? nothing]));
}

/** The rows of a card, each corrected one with what stood there when the application was sent. */
export function withBefore(
  rows: readonly SummaryRow[],
  { before, application, ...saying }: Saying & { before: Application | null; application: Application },
): SummaryRow[] {
  const old = before ? replaced(before, application, saying) : new Map<string, string>();
  const t = deskText(saying.language);
  return rows.map((row) => {
    const was = typeof row.term === 'string' ? old.get(row.term) : undefined;
    if (was === undefined) return row;
    const value = (
      <>
        {row.value}
        <span class="detail-line">
          <span class="badge">{t.before}</span> <del>{was}</del>
        </span>
      </>
    );
    return { ...row, value };
  });
}

/** One correction in the history: each value as it was and as it became. */
export function Corrected({ before, after, ...saying }: Saying & { before: Application; after: Application }) {
  const now = wordsOf(after, saying);
  const { nothing } = deskText(saying.language);
  return (
    <>
      {[...replaced(before, after, saying)].map(([term, was]) => (
        <span class="detail-line">
          {term}: <del>{was}</del> → <ins>{now.get(term) ?? nothing}</ins>
        </span>
      ))}
    </>
  );
}
