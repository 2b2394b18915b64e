import { Hono } from 'hono';
import { requireContractor, type WebEnv } from '../../infra/http/web.ts';
import type { Staff } from '../staff/index.ts';
import type { DisclosureDeps } from './deps.ts';
import { customerFilePages } from './pages/customer-file.tsx';
import { myDataPages } from './pages/my-data.tsx';

export { keptBackOfOthers } from './kept-back.ts';
export { tablesOfRecord } from './store.ts';

export interface Disclosure {
  pages(): Hono<WebEnv>;
  /** Its page for staff. */
  console(staff: Staff): Hono<WebEnv>;
}

/** What is kept of a contractor, as a page and as a file. */
export function createDisclosure(deps: DisclosureDeps): Disclosure {
  return {
    pages() {
      const app = new Hono<WebEnv>();
      for (const path of ['/my-data', '/my-data/*']) app.use(path, requireContractor(deps.sessions));
      app.route('/', myDataPages(deps));
      return app;
    },
    console: (staff) => customerFilePages(deps, staff),
  };
}
