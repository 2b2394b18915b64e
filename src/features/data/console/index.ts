import { Hono } from 'hono';
import { runnerOf } from '../../../infra/db/index.ts';
import type { WebEnv } from '../../../infra/http/web-env.ts';
import { isPaused, lastCheck } from '../../../ledger/index.ts';
import type { ConsoleAlarm, ConsoleEntry, FourEyesKind } from '../../staff/index.ts';
import { createCalendar } from '../rules/calendar.ts';
import { countConflicts } from '../usage/figures-store.ts';
import { CHECK, checkPages } from './check.tsx';
import { conflictPages } from './conflict.tsx';
import { correctionPages } from './correction.tsx';
import { correctionKind } from './correction-kind.tsx';
import type { DataConsoleDeps } from './deps.ts';
import { FEED, feedPage } from './feed.tsx';
import { feedText } from './feed-text.ts';
import { ledgerPage } from './ledger.tsx';

/** In the console's navigation, with what waits for somebody. */
export const dataEntries: readonly ConsoleEntry[] = [
  {
    key: 'feed',
    href: FEED,
    label: (language) => feedText(language).title,
    hint: (language) => feedText(language).hint,
    roles: ['agent', 'supervisor', 'auditor', 'admin'],
    waiting: (db) => countConflicts(runnerOf(db)),
  },
  {
    key: 'check',
    href: CHECK,
    label: (language) => feedText(language).check.title,
    hint: (language) => feedText(language).check.hint,
    roles: ['agent', 'supervisor', 'auditor', 'admin'],
    waiting: async (db) => (await lastCheck(runnerOf(db)))?.findingCount ?? 0,
  },
];

/** On every page of the console while the ledger does not agree with itself. */
export const giftsRest: ConsoleAlarm = {
  isOn: (db) => isPaused(runnerOf(db)),
  says: (language) => feedText(language).giftsRest,
  href: CHECK,
};

/** What staff see and do of data: a subscription's ledger, corrections by two people, the feed and the reconciliation. */
export function dataConsole(given: DataConsoleDeps): { pages: Hono<WebEnv>; kinds: readonly FourEyesKind[] } {
  const deps = { ...given, calendar: createCalendar(given.operator.timeZone) };
  const pages = new Hono<WebEnv>();
  for (const own of [ledgerPage, correctionPages, feedPage, conflictPages, checkPages]) pages.route('/', own(deps));
  return { pages, kinds: [correctionKind(deps)] };
}
