import { formatBytes, type MegabyteSize } from '../../../base/bytes.ts';
import type { Language } from '../../../base/language.ts';
import { formatShortDay } from '../../../infra/ui/format.ts';
import { OWN_SYSTEM } from '../../staff/index.ts';
import type { JournalEntry } from './journal.ts';
import { dataConsoleText } from './text.ts';

export interface EntryWords {
  /** What happened. */
  readonly says: string;
  /** What else is known of it: the record, the people of a correction, what became of a gift. */
  readonly details: readonly string[];
}

/** One movement in words. Amounts stand beside them, in figures. */
export function entryWords(
  entry: JournalEntry,
  { language, megabyte, nameOf }: { language: Language; megabyte: MegabyteSize; nameOf: (staffId: string) => string },
): EntryWords {
  const t = dataConsoleText(language).entry;
  const { about } = entry;
  const other = (about?.kind === 'gift' ? about.otherName : null) ?? dataConsoleText(language).ledger.whoever;
  return { says: says(), details: details() };

  function says(): string {
    switch (entry.reason) {
      case 'plan-grant':
        return t.grant;
      case 'purchase':
        return t.purchase;
      case 'adjustment':
        return t.corrected(entry.direction === 'in');
      case 'usage':
        return about?.kind === 'use' ? t.used(formatShortDay(about.usedOn, language)) : t.usedSomehow;
      case 'expiry':
        return t.expired;
      case 'carry-over':
        return t.carried;
      case 'gift-set-aside':
        return t.giftTo(other);
      case 'gift-claimed':
        // A gift that is not waited for goes straight from one to the other.
        return entry.direction === 'in' ? t.giftFrom(other) : t.giftTo(other);
      case 'gift-returned':
        return t.giftBack;
      case 'reserved':
        return t.lent;
      case 'reservation-returned':
        return t.lentBack(exactly(about?.kind === 'reservation' ? about.usedBytes : 0, megabyte));
    }
  }

  function details(): string[] {
    switch (about?.kind) {
      case 'gift':
        return entry.reason === 'gift-set-aside' ? [t.states(about.state) ?? about.state] : [];
      case 'use':
        return [
          ...(about.isLate ? [t.late] : []),
          ...(about.record ? [t.record(about.record.source, about.record.id)] : []),
        ];
      case 'correction':
        return [
          t.twoPeople(
            about.reason,
            about.askedBy === OWN_SYSTEM ? t.ownSystem : nameOf(about.askedBy),
            nameOf(about.approvedBy),
          ),
        ];
      default:
        return [];
    }
  }
}

/** As people read it, but for less than a megabyte, which staff must see too. */
export function exactly(bytes: number, megabyte: MegabyteSize): string {
  return bytes > 0 && bytes < megabyte ? `${bytes}B` : formatBytes(bytes, megabyte);
}
