import { Hono } from 'hono';
import { audit, runnerOf } from '../../../infra/db/index.ts';
import type { WebEnv } from '../../../infra/http/web-env.ts';
import { Button, DataTable, Form, Notice, renderPage } from '../../../infra/ui/components.tsx';
import { formatMoment } from '../../../infra/ui/format.ts';
import { lastCheck } from '../../../ledger/index.ts';
import { ConsolePage } from '../../staff/index.ts';
import type { DataConsole } from './deps.ts';
import { feedText } from './feed-text.ts';

export const CHECK = '/console/ledger-check';

/** GET /console/ledger-check: what the last look at the ledger found; POST looks again, for admins. */
export function checkPages(deps: DataConsole): Hono<WebEnv> {
  const { db, clock, staff, operator } = deps;
  return new Hono<WebEnv>()
    .get(CHECK, staff.requireStaff(), async (c) => {
      const { language } = c.var;
      const t = feedText(language).check;
      const last = await lastCheck(runnerOf(db));
      const moment = last ? formatMoment(last.checkedAt, operator.timeZone, language) : '';
      return renderPage(
        c,
        <ConsolePage c={c} staff={staff} title={t.title} at="check">
          {c.req.query('done') === 'yes' ? <Notice kind="success">{t.done}</Notice> : null}
          <p class="muted">{t.hint}</p>
          {last === null ? (
            <p>{t.never}</p>
          ) : last.findingCount === 0 ? (
            <p>{t.agrees(moment)}</p>
          ) : (
            <Notice kind="danger" title={t.differs(moment, last.findingCount)}>
              <p>{t.rest}</p>
            </Notice>
          )}
          {last ? (
            <p class="muted">
              {last.entriesRead === null ? t.readAll : t.readNew(last.entriesRead.toLocaleString('en'))}
            </p>
          ) : null}
          {last && last.findings.length > 0 ? <p class="muted">{t.forEngineers}</p> : null}
          {last && last.findings.length > 0 ? (
            <DataTable
              caption={t.caption}
              head={[t.what, t.detail]}
              isStacked
              rows={last.findings.map(({ check, inJapanese, says }) => [
                language === 'ja' && inJapanese ? inJapanese : <span lang="en">{check}</span>,
                <span lang="en" class="detail">
                  {says}
                </span>,
              ])}
            />
          ) : null}
          {staff.signedIn(c).role === 'admin' ? (
            <Form action={CHECK}>
              <Button kind="secondary">{t.again}</Button>
            </Form>
          ) : null}
        </ConsolePage>,
      );
    })
    .post(CHECK, staff.requireStaff('admin'), async (c) => {
      const findings = await deps.lookAgain();
      const actor = { kind: 'staff', id: staff.signedIn(c).staffId } as const;
      const detail = { findings: findings.length };
      await audit(runnerOf(db), clock.now(), { actor, action: 'staff.ledger-checked', detail });
      return c.redirect(`${CHECK}?done=yes`, 303);
    });
}
