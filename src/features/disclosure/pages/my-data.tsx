import { Hono } from 'hono';
import { dayOf } from '../../../base/operator-month.ts';
import { hasSecondProof } from '../../../infra/http/session-rules.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { Actions, Button, Card, DataTable, Form, Notice, Page, renderPage } from '../../../infra/ui/components.tsx';
import { formatMoment } from '../../../infra/ui/format.ts';
import { takeFile } from '../actions.ts';
import type { DisclosureDeps } from '../deps.ts';
import { disclosureText } from '../text.ts';

const PATH = '/my-data';
const PROVE_FIRST = `/proof?next=${encodeURIComponent(`${PATH}?done=proven`)}`;

/** GET /my-data says what is kept and for how long; POST /my-data/file answers with all of it, after a second proof. */
export function myDataPages(deps: DisclosureDeps): Hono<WebEnv> {
  const { operator, clock } = deps;

  return new Hono<WebEnv>()
    .get(PATH, (c) => {
      const isProven = c.req.query('done') === 'proven';
      return show(c, isProven ? <Notice kind="success">{disclosureText(c.var.language).file.proven}</Notice> : null);
    })
    .post(`${PATH}/file`, async (c) => {
      const { session, language } = c.var;
      if (!session?.contractorId) return c.notFound();
      const { contractorId, lineUserId } = session;
      if (!hasSecondProof(session, clock.now(), 'my-data')) return c.redirect(PROVE_FIRST, 303);
      const t = disclosureText(language).file;
      const taken = await takeFile(deps, { contractorId, lineUserId, language });
      if (!taken.ok) {
        const until = formatMoment(taken.until, operator.timeZone, language);
        return show(c, <Notice kind="danger">{t.tooMany(until)}</Notice>, 429);
      }
      return fileAnswer(c, taken.value, t.name, dayOf(clock.now(), operator.timeZone));
    });

  function show(c: WebContext, notice: ReturnType<typeof Notice> | null, status: 200 | 429 = 200) {
    const t = disclosureText(c.var.language);
    const days = {
      usage: operator.usage.keptDays,
      usageMonths: operator.usage.daysKeptMonths,
      orders: operator.orders.keptDays,
      conversations: operator.conversations.keptDays,
    };
    return renderPage(
      c,
      <Page c={c} operator={operator} title={t.title} nav="security" back={{ href: '/security', label: t.back }}>
        {notice}
        <p class="lead">{t.lead}</p>
        <Card title={t.file.title}>
          <p>{t.file.lead}</p>
          <p class="muted">{t.file.secondProof}</p>
          <Form action={`${PATH}/file`} isAnsweredWithFile>
            <Actions>
              <Button>{t.file.button}</Button>
            </Actions>
          </Form>
          <p class="muted">{t.file.inLine}</p>
        </Card>
        <DataTable
          caption={t.title}
          head={[t.what, t.until]}
          isUnderHeading
          rows={t.kept(days).map((row) => [...row])}
        />
        <Card title={t.keptBackTitle}>
          {t.keptBack.map((line) => (
            <p>{line}</p>
          ))}
        </Card>
        <p class="muted">{t.askByLetter(operator.support.phone)}</p>
      </Page>,
      status,
    );
  }
}

/** JSON to be kept, under a name with the day. */
export function fileAnswer(c: WebContext, json: string, name: string, day: string) {
  const whole = encodeURIComponent(`${name}-${day}.json`);
  return c.body(json, 200, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Disposition': `attachment; filename="renkei-${day}.json"; filename*=UTF-8''${whole}`,
  });
}
