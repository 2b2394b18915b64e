import { Hono } from 'hono';
import { dayOf } from '../../../base/operator-month.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { SummaryList } from '../../../infra/ui/components.tsx';
import type { Contractor } from '../../contractors/index.ts';
import { reasonPage, type Staff } from '../../staff/index.ts';
import { giveFile } from '../actions.ts';
import type { DisclosureDeps } from '../deps.ts';
import { disclosureText } from '../text.ts';
import { fileAnswer } from './my-data.tsx';

const PATH = '/console/customers/:id/file';

/**
 * GET and POST /console/customers/:id/file: for a contractor who asks by letter or phone, the file that they would get on My
 * Page, with the reason on record. Only those who decide get it: it is everything about somebody at once.
 */
export function customerFilePages(deps: DisclosureDeps, staff: Staff): Hono<WebEnv> {
  const mayTake = staff.requireStaff('supervisor', 'admin');

  return new Hono<WebEnv>()
    .get(PATH, mayTake, async (c) => {
      const found = await find(c);
      return 'answer' in found ? found.answer : show(c, found.contractor);
    })
    .post(PATH, mayTake, async (c) => {
      const found = await find(c);
      if ('answer' in found) return found.answer;
      const { contractorId } = found.contractor;
      const typed = (await readForm(c))('reason');
      const reason = staff.reasonOf(typed);
      if (reason === undefined) return show(c, found.contractor, typed);
      const { language } = c.var;
      const by = { staffId: staff.signedIn(c).staffId, reason };
      const json = await giveFile(deps, { contractorId, lineUserId: null, language }, by);
      return fileAnswer(c, json, disclosureText(language).file.name, dayOf(deps.clock.now(), deps.operator.timeZone));
    });

  async function find(c: WebContext): Promise<{ answer: Response } | { contractor: Contractor }> {
    const contractor = await deps.contractors.contractor(runnerOf(deps.db), c.req.param('id') ?? '');
    if (contractor === null) return { answer: await c.notFound() };
    const answer = await staff.lookFirst(c, { contractorId: contractor.contractorId, page: 'file' });
    return answer ? { answer } : { contractor };
  }

  function show(c: WebContext, contractor: Contractor, typed?: string) {
    const t = disclosureText(c.var.language).console;
    const error = typed === undefined ? undefined : t.missing;
    return reasonPage(c, {
      staff,
      title: t.title,
      at: 'customers',
      back: { href: `/console/customers/${contractor.contractorId}`, label: contractor.name },
      about: (
        <>
          <p class="lead">{t.lead}</p>
          <SummaryList rows={[{ term: t.contractor, value: contractor.name }]} />
        </>
      ),
      reason: { label: t.reason, hint: t.reasonHint, typed, error },
      submit: t.submit,
      isAnsweredWithFile: true,
    });
  }
}
