import { Hono } from 'hono';
import { runnerOf } from '../../../infra/db/index.ts';
import type { WebEnv } from '../../../infra/http/web-env.ts';
import type { Live } from '../../../infra/live/live.ts';
import type { ConsoleEntry, FourEyesKind, Staff } from '../../staff/index.ts';
import type { OrdersDeps } from '../deps.ts';
import { countInStates } from '../review-store.ts';
import { documentPage } from './documents.tsx';
import { exceptionKind } from './exception-kind.tsx';
import { orderPage } from './order.tsx';
import { QUEUE, queuePage } from './queue.tsx';
import { deskText } from './text.ts';

/** In the console's navigation, with what waits for somebody. */
export const ordersEntry: ConsoleEntry = {
  key: 'orders',
  href: QUEUE,
  label: (language) => deskText(language).title,
  hint: (language) => deskText(language).hint,
  roles: ['agent', 'supervisor', 'auditor', 'admin'],
  async waiting(db) {
    const counts = await countInStates(runnerOf(db));
    return (counts.get('acknowledged') ?? 0) + (counts.get('pending') ?? 0);
  },
};

/** What staff see and do of orders: the queue, one order, and what two people decide. */
export function ordersConsole(
  deps: OrdersDeps,
  { staff, live }: { staff: Staff; live: Live },
): { pages: Hono<WebEnv>; kinds: readonly FourEyesKind[] } {
  const pages = new Hono<WebEnv>();
  pages.route('/', queuePage(deps, staff, live));
  pages.route('/', documentPage(deps, staff));
  pages.route('/', orderPage(deps, staff));
  return { pages, kinds: [exceptionKind(deps)] };
}
