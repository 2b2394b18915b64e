import { Hono } from 'hono';
import type { WebEnv } from '../../infra/http/web-env.ts';
import type { ConsoleEntry } from '../staff/index.ts';
import type { CustomersDeps } from './deps.ts';
import { customerPage } from './pages/customer.tsx';
import { lookPages } from './pages/look.tsx';
import { searchPage } from './pages/search.tsx';
import { customersText } from './text.ts';

export { personBeside } from './beside.tsx';
export { deedText } from './deed-text.ts';

/** In the console's navigation. */
export const customersEntry: ConsoleEntry = {
  key: 'customers',
  href: '/console/customers',
  label: (language) => customersText(language).title,
  hint: (language) => customersText(language).hint,
  roles: ['agent', 'supervisor', 'auditor', 'admin'],
};

/** What staff see of a customer: finding one, saying why, and everything about them on one page. */
export function customersConsole(deps: CustomersDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  for (const pages of [searchPage(deps), lookPages(deps), customerPage(deps)]) app.route('/', pages);
  return app;
}
