import { runnerOf } from '../../infra/db/index.ts';
import { accountsText } from './accounts-text.ts';
import type { ConsoleEntry } from './deps.ts';
import { countWaitingRequests } from './four-eyes-store.ts';
import { ownText } from './own-text.ts';
import { roles } from './rules/roles.ts';
import { staffText } from './text.ts';

/** The console's own pages, around those of the features. */
export function ownEntries(others: readonly ConsoleEntry[]): readonly ConsoleEntry[] {
  return [
    {
      key: 'home',
      href: '/console',
      label: (language) => staffText(language).entries.home,
      hint: (language) => staffText(language).entries.home,
      roles,
    },
    ...others,
    {
      key: 'requests',
      href: '/console/requests',
      label: (language) => staffText(language).entries.requests,
      hint: (language) => staffText(language).hints.requests,
      roles,
      waiting: (db) => countWaitingRequests(runnerOf(db)),
    },
    {
      key: 'audit',
      href: '/console/audit',
      label: (language) => staffText(language).entries.audit,
      hint: (language) => staffText(language).hints.audit,
      roles: ['auditor', 'admin'],
    },
    {
      key: 'staff',
      href: '/console/staff',
      label: (language) => accountsText(language).title,
      hint: (language) => accountsText(language).hint,
      roles: ['admin'],
    },
    {
      key: 'account',
      href: '/console/account',
      label: (language) => ownText(language).account.title,
      hint: (language) => ownText(language).account.hint,
      roles,
    },
  ];
}
