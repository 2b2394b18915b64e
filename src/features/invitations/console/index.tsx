import { Hono } from 'hono';
import { isId, newId } from '../../../base/ids.ts';
import { dayOf, lastDayBefore } from '../../../base/operator-month.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Button,
  DataTable,
  Form,
  LinkButton,
  Notice,
  renderPage,
  SummaryList,
} from '../../../infra/ui/components.tsx';
import { formatDay } from '../../../infra/ui/format.ts';
import { type ConsoleEntry, ConsolePage, type Staff } from '../../staff/index.ts';
import type { InvitationsDeps } from '../deps.ts';
import { loadBatch, loadBatches } from '../entry-code-store.ts';
import { lookAtBatch, makeBatch, withdraw } from '../entry-codes.ts';
import { entryCodeState, formatEntryCode } from '../rules/entry-code.ts';
import { newBatchPage } from './new-batch.tsx';
import { consoleText } from './text.ts';

const HOME = '/console/entry-codes';
const SHOWN = 100;

/** In the console's navigation. */
export const entryCodesEntry: ConsoleEntry = {
  key: 'entry-codes',
  href: HOME,
  label: (language) => consoleText(language).title,
  hint: (language) => consoleText(language).hint,
  roles: ['agent', 'supervisor', 'auditor', 'admin'],
};

/**
 * /console/entry-codes: batches with what became of them, for everybody; the codes themselves, making and withdrawing for
 * supervisors and admins.
 */
export function entryCodesConsole(deps: InvitationsDeps, staff: Staff): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const { clock, db, operator, publicUrl } = deps;
  const hand = staff.requireStaff('supervisor', 'admin');
  const zone = operator.timeZone;
  const staffIdOf = (c: WebContext) => staff.signedIn(c).staffId;
  const frame = (c: WebContext) => ({ c, staff, at: 'entry-codes' });

  app.get(HOME, staff.requireStaff(), async (c) => {
    const { language } = c.var;
    const t = consoleText(language);
    const batches = await loadBatches(runnerOf(db), SHOWN);
    const mayHand = ['supervisor', 'admin'].includes(staff.signedIn(c).role);
    return renderPage(
      c,
      <ConsolePage {...frame(c)} title={t.title}>
        <p class="muted">{t.lead}</p>
        {mayHand ? <LinkButton href={`${HOME}/new`}>{t.make}</LinkButton> : null}
        {batches.length === 0 ? (
          <p>{t.none}</p>
        ) : (
          <DataTable
            caption={t.caption}
            isUnderHeading
            head={t.head}
            isStacked
            rows={batches.map((batch) => [
              mayHand ? (
                <a class="tap" href={`${HOME}/${batch.batchId}`}>
                  {batch.purpose}
                </a>
              ) : (
                batch.purpose
              ),
              formatDay(dayOf(batch.madeAt, zone), language),
              formatDay(lastDayBefore(batch.expiresAt, zone), language),
              String(batch.codes),
              String(batch.held),
              String(batch.redeemed),
            ])}
            numeric={[3, 4, 5]}
          />
        )}
      </ConsolePage>,
    );
  });

  app.get(`${HOME}/new`, hand, (c) => newBatchPage(c, { staff, home: HOME, form: () => '' }));

  app.post(`${HOME}/new`, hand, async (c) => {
    const form = await readForm(c);
    const requestId = form('requestId');
    const made = await makeBatch(deps, {
      batchId: isId(requestId) ? requestId : newId(),
      staffId: staffIdOf(c),
      purpose: form('purpose'),
      count: Number(form('count').normalize('NFKC').trim() || Number.NaN),
      lastDay: form('lastDay').normalize('NFKC').trim().replaceAll('/', '-'),
    });
    if (!made.ok) return newBatchPage(c, { staff, home: HOME, form, fault: made.code });
    return c.redirect(`${HOME}/${made.value.batchId}`, 303);
  });

  app.get(`${HOME}/:batch`, hand, async (c) => {
    const batchId = c.req.param('batch') ?? '';
    const found = isId(batchId) ? await lookAtBatch(deps, { batchId, staffId: staffIdOf(c) }) : null;
    if (!found) return c.notFound();
    const { batch, codes } = found;
    const { language } = c.var;
    const t = consoleText(language);
    const now = clock.now();
    const states = codes.map((code) => entryCodeState(code, now));
    const day = (at: Parameters<typeof dayOf>[0]) => formatDay(dayOf(at, zone), language);
    return renderPage(
      c,
      <ConsolePage {...frame(c)} title={t.batchTitle(batch.purpose)} back={{ href: HOME, label: t.title }}>
        {batch.withdrawnAt ? (
          <Notice kind="info">
            <p>{t.withdrawn(day(batch.withdrawnAt))}</p>
          </Notice>
        ) : null}
        <SummaryList
          rows={[
            { term: t.madeOn, value: day(batch.madeAt) },
            { term: t.lastDay, value: formatDay(lastDayBefore(batch.expiresAt, zone), language) },
            { term: t.link, value: <code class="detail">{`${publicUrl}/apply?code=…`}</code> },
          ]}
        />
        <DataTable
          caption={t.codes}
          head={t.codeHead}
          rows={codes.map(({ code }, index) => [
            <code class="figure">{formatEntryCode(code)}</code>,
            t.states[states[index] ?? 'open'],
          ])}
        />
        {states.includes('open') ? (
          <Form action={`${HOME}/${batchId}/withdraw`}>
            <h2>{t.withdrawTitle}</h2>
            <p>{t.withdrawLead}</p>
            <Actions>
              <Button kind="danger">{t.withdraw}</Button>
            </Actions>
          </Form>
        ) : null}
      </ConsolePage>,
    );
  });

  app.post(`${HOME}/:batch/withdraw`, hand, async (c) => {
    const batchId = c.req.param('batch') ?? '';
    if (!isId(batchId) || !(await loadBatch(runnerOf(db), batchId))) return c.notFound();
    await withdraw(deps, { batchId, staffId: staffIdOf(c) });
    return c.redirect(`${HOME}/${batchId}`, 303);
  });

  return app;
}
