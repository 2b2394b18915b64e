import type { Language, Words } from '../../base/language.ts';
import { runnerOf } from '../../infra/db/index.ts';
import { accountsText } from './accounts-text.ts';
import type { ConsoleEntry } from './deps.ts';
import { countWaitingRequests } from './four-eyes-store.ts';
import { ownText } from './own-text.ts';
import { roles } from './rules/roles.ts';
import { staffText } from './text.ts';

const words = (of: (language: Language) => string): Words => ({ ja: () => of('ja'), en: () => of('en') });

/** The console's own pages, around those of the features. */
export function ownEntries(others: readonly ConsoleEntry[]): readonly ConsoleEntry[] {
  return [
    {
      key: 'home',
      href: '/console',
      label: words((language) => staffText(language).entries.home),
      hint: words((language) => staffText(language).entries.home),
      roles,
    },
    ...others,
    {
      key: 'requests',
      href: '/console/requests',
      label: words((language) => staffText(language).entries.requests),
      hint: words((language) => staffText(language).hints.requests),
      roles,
      waiting: (db) => countWaitingRequests(runnerOf(db)),
    },
    {
      key: 'audit',
      href: '/console/audit',
      label: words((language) => staffText(language).entries.audit),
      hint: words((language) => staffText(language).hints.audit),
      roles: ['auditor', 'admin'],
    },
    {
      key: 'staff',
      href: '/console/staff',
      label: words((language) => accountsText(language).title),
      hint: words((language) => accountsText(language).hint),
      roles: ['admin'],
    },
    {
      key: 'account',
      href: '/console/account',
      label: words((language) => ownText(language).account.title),
      hint: words((language) => ownText(language).account.hint),
      roles,
    },
  ];
}
