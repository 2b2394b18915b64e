import { Hono } from 'hono';
import { isId } from '../../../base/ids.ts';
import { beside } from '../../../base/language.ts';
import { audit, runnerOf } from '../../../infra/db/index.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { Button, DataTable, Field, LinkButton, renderPage } from '../../../infra/ui/components.tsx';
import { ConsolePage } from '../../staff/index.ts';
import type { CustomersDeps } from '../deps.ts';
import { type Query, readQuery } from '../rules/query.ts';
import { type FoundCustomer, findCustomers, type Place } from '../store.ts';
import { customersText } from '../text.ts';

const PAGE = 20;
const PATH = '/console/customers';

/** GET /console/customers: finds customers and shows as little of them as tells them apart. */
export function searchPage({ db, clock, staff }: CustomersDeps): Hono<WebEnv> {
  return new Hono<WebEnv>().get(PATH, staff.requireStaff(), async (c) => {
    const t = customersText(c.var.language);
    const typed = c.req.query('q') ?? '';
    const query = readQuery(typed);
    return renderPage(
      c,
      <ConsolePage c={c} staff={staff} title={t.title} at="customers">
        <form method="get" action={PATH} class="search">
          <Field name="q" label={t.search.query} hint={t.search.queryHint} value={typed} maxlength={100} />
          <Button>{t.search.submit}</Button>
        </form>
        {query ? await list(c, query, typed) : typed.trim() === '' ? null : <p>{t.search.tooLittle}</p>}
      </ConsolePage>,
    );
  });

  async function list(c: WebContext, query: Query, typed: string) {
    const t = customersText(c.var.language).search;
    const sql = runnerOf(db);
    const found = await findCustomers(sql, query, { after: placeOf(c.req.query('after')), limit: PAGE + 1 });
    const shown = found.slice(0, PAGE);
    // Not what was typed: it may be a number or a name.
    const actor = { kind: 'staff', id: staff.signedIn(c).staffId } as const;
    const detail = { by: query.by, found: shown.length };
    await audit(sql, clock.now(), { actor, action: 'staff.customers-searched', detail });
    const last = shown.at(-1);
    if (last === undefined) return <p>{t.none}</p>;
    return (
      <>
        <DataTable
          caption={t.found}
          head={[t.name, t.loginId, t.numbers]}
          rows={shown.map((customer) => [
            <a class="tap" href={`${PATH}/${customer.contractorId}`}>
              {customer.name}
            </a>,
            customer.loginId,
            beside(customer.lastFours, c.var.language),
          ])}
        />
        {found.length > PAGE ? (
          <LinkButton kind="secondary" href={`${PATH}?${new URLSearchParams({ q: typed, after: cursorOf(last) })}`}>
            {t.more}
          </LinkButton>
        ) : null}
      </>
    );
  }
}

/** The folded name may hold anything; the id before it does not. */
const cursorOf = ({ folded, contractorId }: FoundCustomer) => `${contractorId}~${folded}`;

function placeOf(cursor: string | undefined): Place | null {
  const contractorId = cursor?.slice(0, 36) ?? '';
  return cursor !== undefined && isId(contractorId) ? { contractorId, folded: cursor.slice(37) } : null;
}
