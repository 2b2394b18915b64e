import type { Hono } from 'hono';
import type { Clock } from '../../../base/clock.ts';
import type { Operator } from '../../../base/operator.ts';
import type { Db } from '../../../infra/db/index.ts';
import type { WebEnv } from '../../../infra/http/web-env.ts';
import type { ConsoleEntry, FourEyesKind, Staff } from '../../staff/index.ts';
import { billItemsPage, ITEMS_PATH } from './items.tsx';
import { itemsKind } from './items-kind.tsx';
import { billItemsText } from './text.ts';

export interface BillItemsConsole {
  readonly db: Db;
  readonly clock: Clock;
  readonly operator: Operator;
  readonly staff: Staff;
}

export const billItemsEntry: ConsoleEntry = {
  key: 'bill-items',
  href: ITEMS_PATH,
  label: (language) => billItemsText(language).title,
  hint: (language) => billItemsText(language).hint,
  roles: ['agent', 'supervisor', 'admin'],
};

/** What staff do of bills: putting calls and corrections onto them, by two people. */
export function billItemsConsole(deps: BillItemsConsole): { pages: Hono<WebEnv>; kinds: readonly FourEyesKind[] } {
  return { pages: billItemsPage(deps), kinds: [itemsKind(deps)] };
}
