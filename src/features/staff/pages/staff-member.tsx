import { Hono } from 'hono';
import { isId, newId } from '../../../base/ids.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Button,
  Card,
  CopyButton,
  ErrorSummary,
  Form,
  LinkButton,
  LinkList,
  Notice,
  RadioCards,
  renderPage,
  SummaryList,
} from '../../../infra/ui/components.tsx';
import { formatMoment } from '../../../infra/ui/format.ts';
import { loadAccount, type StaffAccount } from '../account-store.ts';
import { changeAccount } from '../accounts.ts';
import { accountsText } from '../accounts-text.ts';
import { type ConsoleFrame, ConsolePage } from '../console-page.tsx';
import type { StaffParts } from '../deps.ts';
import type { AccountChange } from '../rules/accounts.ts';
import { roles } from '../rules/roles.ts';
import { staffText } from '../text.ts';
import { handedOver } from './handed-over.ts';
import { AccountState, STAFF, waysOf } from './staff-list.tsx';

const CHANGES = ['reset', 'close', 'reopen'] as const;
const DONE = ['added', 'role', ...CHANGES] as const;

/**
 * GET /console/staff/:id: one account and what can be done with it; POST …/role; GET and POST …/reset, …/close, …/reopen.
 * For admins with a fresh second step.
 */
export function staffMemberPages(deps: StaffParts, staff: ConsoleFrame): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const handed = handedOver(deps);

  app.get(`${STAFF}/:id`, async (c) => {
    const account = await find(c);
    return account ? showAccount(c, account) : c.notFound();
  });

  app.post(`${STAFF}/:id/role`, async (c) => {
    const account = await find(c);
    if (!account) return c.notFound();
    const form = await readForm(c);
    const role = roles.find((each) => each === form('role'));
    if (!role) return showAccount(c, account, accountsText(c.var.language).add.faults['role-missing']);
    return change(c, account, { kind: 'role', role }, form('requestId'));
  });

  for (const kind of CHANGES) {
    app.get(`${STAFF}/:id/${kind}`, async (c) => {
      const account = await find(c);
      return account ? ask(c, account, kind) : c.notFound();
    });

    app.post(`${STAFF}/:id/${kind}`, async (c) => {
      const account = await find(c);
      return account ? change(c, account, { kind }, (await readForm(c))('requestId')) : c.notFound();
    });
  }

  async function find(c: WebContext): Promise<StaffAccount | null> {
    const staffId = c.req.param('id') ?? '';
    return isId(staffId) ? loadAccount(runnerOf(deps.db), staffId) : null;
  }

  async function change(c: WebContext, { staffId }: StaffAccount, wanted: AccountChange, requestId: string) {
    const done = await changeAccount(deps, { admin: staff.signedIn(c), requestId }, { staffId, change: wanted });
    if (!done.ok) {
      const account = await loadAccount(runnerOf(deps.db), staffId);
      if (!account || done.code === 'not-found') return c.notFound();
      return showAccount(c, account, accountsText(c.var.language).change.faults[done.code]);
    }
    const { firstPassword } = done.value;
    if (firstPassword !== undefined) handed.keep(c, { staffId, firstPassword });
    return c.redirect(`${STAFF}/${staffId}?done=${wanted.kind}`, 303);
  }

  function showAccount(c: WebContext, account: StaffAccount, error?: string) {
    const { language } = c.var;
    const t = accountsText(language);
    const moment = (at: StaffAccount['createdAt']) => formatMoment(at, deps.operator.timeZone, language);
    const done = DONE.find((each) => each === c.req.query('done'));
    const isOwn = account.staffId === staff.signedIn(c).staffId;
    const here = `${STAFF}/${account.staffId}`;
    return renderPage(
      c,
      <ConsolePage {...frameOf(c, account.name)} hasErrors={error !== undefined}>
        <ErrorSummary errors={error === undefined ? [] : [{ field: 'role', text: error }]} language={language} />
        {done && error === undefined ? <Notice kind="success">{t.change.done[done]}</Notice> : null}
        {passwordCard(c, account)}
        <SummaryList
          rows={[
            { term: t.loginId, value: account.loginId },
            { term: t.role, value: staffText(language).roles[account.role] },
            { term: t.state, value: <AccountState c={c} account={account} now={deps.clock.now()} /> },
            { term: t.ways, value: waysOf(c, account) },
            { term: t.seen, value: account.seenAt ? moment(account.seenAt) : t.never },
            { term: t.since, value: moment(account.createdAt) },
          ]}
        />
        {isOwn ? <p class="muted">{t.change.own}</p> : null}
        {account.closedAt ? null : (
          <Card title={t.change.role}>
            <Form action={`${here}/role`} requestId={newId()}>
              <RadioCards
                name="role"
                legend={t.role}
                value={account.role}
                options={roles.map((role) => ({
                  value: role,
                  label: staffText(language).roles[role],
                  hint: t.roleHints[role],
                }))}
              />
              <Button kind="secondary">{t.change.roleSubmit}</Button>
            </Form>
          </Card>
        )}
        <LinkList
          links={CHANGES.filter((kind) => (kind === 'reopen') === (account.closedAt !== null))
            .filter((kind) => kind !== 'reset' || !isOwn)
            .map((kind) => ({ href: `${here}/${kind}`, label: t.change.titles[kind] }))}
        />
      </ConsolePage>,
      error === undefined ? 200 : 422,
    );
  }

  /** Right after it was made, and never again. */
  function passwordCard(c: WebContext, account: StaffAccount) {
    const kept = handed.read(c);
    if (kept?.staffId !== account.staffId || !account.firstPasswordUntil) return null;
    handed.drop(c);
    const t = accountsText(c.var.language).handedOver;
    const until = formatMoment(account.firstPasswordUntil, deps.operator.timeZone, c.var.language);
    return (
      <Card title={t.title}>
        <p>{t.lead(until)}</p>
        <p class="code-line">
          <span class="code">{kept.firstPassword}</span>
          <CopyButton text={kept.firstPassword} language={c.var.language} />
        </p>
        <Notice kind="warning">{t.once}</Notice>
      </Card>
    );
  }

  function ask(c: WebContext, account: StaffAccount, kind: (typeof CHANGES)[number]) {
    const t = accountsText(c.var.language).change;
    const here = `${STAFF}/${account.staffId}`;
    return renderPage(
      c,
      <ConsolePage {...frameOf(c, t.titles[kind])} back={{ href: here, label: account.name }}>
        <p>{t.leads[kind]}</p>
        <Form action={`${here}/${kind}`} requestId={newId()}>
          <Actions>
            <Button kind={kind === 'reopen' ? 'primary' : 'danger'}>{t.titles[kind]}</Button>
            <LinkButton kind="quiet" href={here}>
              {staffText(c.var.language).cancel}
            </LinkButton>
          </Actions>
        </Form>
      </ConsolePage>,
    );
  }

  const frameOf = (c: WebContext, title: string) => ({
    c,
    staff,
    title,
    at: 'staff',
    back: { href: STAFF, label: accountsText(c.var.language).title },
  });

  return app;
}
