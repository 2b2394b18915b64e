import { Hono } from 'hono';
import { runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { Button, ErrorSummary, Field, Form, renderPage } from '../../../infra/ui/components.tsx';
import { ConsolePage, consolePath } from '../../staff/index.ts';
import type { CustomersDeps } from '../deps.ts';
import { customersText } from '../text.ts';

const PATH = '/console/customers/:id/look';

/** GET and POST /console/customers/:id/look: why somebody looks, before anything is shown; then on to where they wanted. */
export function lookPages({ db, staff, contractors }: CustomersDeps): Hono<WebEnv> {
  const isCustomer = async (c: WebContext) =>
    (await contractors.contractor(runnerOf(db), c.req.param('id') ?? '')) !== null;

  return new Hono<WebEnv>()
    .get(PATH, staff.requireStaff(), async (c) => {
      return (await isCustomer(c)) ? show(c, c.req.query('next') ?? '') : c.notFound();
    })
    .post(PATH, staff.requireStaff(), async (c) => {
      if (!(await isCustomer(c))) return c.notFound();
      const form = await readForm(c);
      const contractorId = c.req.param('id');
      const look = await staff.recordLook({ staff: staff.signedIn(c), contractorId, reason: form('reason') });
      if (!look.ok) return show(c, form('next'), form('reason'));
      const next = consolePath(form('next'));
      return c.redirect(next === '/console' ? `/console/customers/${contractorId}` : next, 303);
    });

  function show(c: WebContext, next: string, typed?: string) {
    const { language } = c.var;
    const t = customersText(language).look;
    const error = typed === undefined ? undefined : t.missing;
    return renderPage(
      c,
      <ConsolePage
        c={c}
        staff={staff}
        title={t.title}
        at="customers"
        back={{ href: '/console/customers', label: customersText(language).title }}
        hasErrors={error !== undefined}
      >
        <ErrorSummary language={language} errors={error === undefined ? [] : [{ field: 'reason', text: error }]} />
        <p class="lead">{t.lead}</p>
        <Form action={`/console/customers/${c.req.param('id')}/look`}>
          <input type="hidden" name="next" value={next} />
          <Field name="reason" label={t.reason} hint={t.reasonHint} value={typed} error={error} maxlength={500} />
          <Button>{t.submit}</Button>
        </Form>
      </ConsolePage>,
      error === undefined ? 200 : 422,
    );
  }
}
