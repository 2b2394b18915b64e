import { Hono } from 'hono';
import type { WebEnv } from '../../../infra/http/web-env.ts';
import { Card, renderPage, SummaryList } from '../../../infra/ui/components.tsx';
import { ConsolePage } from '../../staff/index.ts';
import type { CustomersDeps } from '../deps.ts';
import { customersText } from '../text.ts';
import { loadCustomer } from '../view.ts';
import { contractorRows, EventTable, SubscriptionCard } from './parts.tsx';

/** GET /console/customers/:id: everything about a customer but what is secret, after a reason was given. */
export function customerPage(deps: CustomersDeps): Hono<WebEnv> {
  const { staff, operator } = deps;
  return new Hono<WebEnv>().get('/console/customers/:id', staff.requireStaff(), async (c) => {
    const contractorId = c.req.param('id');
    const customer = await loadCustomer(deps, contractorId);
    if (customer === null) return c.notFound();
    const toReason = await staff.lookFirst(c, { contractorId, page: 'customer' });
    if (toReason) return toReason;
    const t = customersText(c.var.language);
    const shown = { operator, language: c.var.language };
    return renderPage(
      c,
      <ConsolePage
        c={c}
        staff={staff}
        title={customer.contractor.name}
        at="customers"
        back={{ href: '/console/customers', label: t.title }}
      >
        <Card title={t.contractor.title}>
          <SummaryList rows={contractorRows(customer, shown)} />
          <p class="code-line">
            <a class="tap" href={`/console/customers/${contractorId}/links`}>
              {t.contractor.links}
            </a>
            <a class="tap" href={`/console/customers/${contractorId}/points`}>
              {t.contractor.points}
            </a>
            {['supervisor', 'admin'].includes(staff.signedIn(c).role) ? (
              <a class="tap" href={`/console/customers/${contractorId}/file`}>
                {t.contractor.file}
              </a>
            ) : null}
          </p>
        </Card>
        <div class="cards">
          {customer.subscriptions.map((subscription) => (
            <SubscriptionCard subscription={subscription} {...shown} />
          ))}
        </div>
        <EventTable customer={customer} {...shown} />
      </ConsolePage>,
    );
  });
}
