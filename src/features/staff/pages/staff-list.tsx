import { Hono } from 'hono';
import { Temporal } from 'temporal-polyfill';
import { newId } from '../../../base/ids.ts';
import { listed } from '../../../base/language.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Button,
  DataTable,
  ErrorSummary,
  Field,
  type FieldError,
  Form,
  LinkButton,
  RadioCards,
  renderPage,
} from '../../../infra/ui/components.tsx';
import { formatMoment } from '../../../infra/ui/format.ts';
import { loadAccounts, type StaffAccount } from '../account-store.ts';
import { inviteStaff } from '../accounts.ts';
import { accountsText } from '../accounts-text.ts';
import { type ConsoleFrame, ConsolePage } from '../console-page.tsx';
import type { StaffParts } from '../deps.ts';
import { roles } from '../rules/roles.ts';
import { staffText } from '../text.ts';
import { handedOver } from './handed-over.ts';

export const STAFF = '/console/staff';
const NEW = '/console/staff/new';

/** GET /console/staff: everybody; GET and POST /console/staff/new. For admins with a fresh second step. */
export function staffListPages(deps: StaffParts, staff: ConsoleFrame): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const handed = handedOver(deps);

  app.get(STAFF, async (c) => {
    const t = accountsText(c.var.language);
    const accounts = await loadAccounts(runnerOf(deps.db));
    return renderPage(
      c,
      <ConsolePage c={c} staff={staff} title={t.title} at="staff">
        <p class="muted">{t.lead}</p>
        <DataTable
          caption={t.caption}
          isUnderHeading
          head={[t.name, t.role, t.state, t.ways, t.seen]}
          rows={accounts.map((account) => cells(c, account))}
          isStacked
        />
        <Actions>
          <LinkButton href={NEW}>{t.add.title}</LinkButton>
        </Actions>
      </ConsolePage>,
    );
  });

  app.get(NEW, (c) => showNew(c, { loginId: '', name: '', role: '' }));

  app.post(NEW, async (c) => {
    const form = await readForm(c);
    const t = accountsText(c.var.language).add;
    const typed = { loginId: form('loginId'), name: form('name'), role: form('role') };
    const role = roles.find((each) => each === typed.role);
    if (!role) return showNew(c, typed, { field: 'role', text: t.faults['role-missing'] });
    const by = { admin: staff.signedIn(c), requestId: form('requestId') };
    const invited = await inviteStaff(deps, by, { ...typed, role });
    if (!invited.ok) {
      const field = invited.code === 'name-missing' ? 'name' : 'loginId';
      return showNew(c, typed, { field, text: t.faults[invited.code] });
    }
    const { staffId, firstPassword } = invited.value;
    if (firstPassword !== undefined) handed.keep(c, { staffId, firstPassword });
    return c.redirect(`${STAFF}/${staffId}?done=added`, 303);
  });

  function cells(c: WebContext, account: StaffAccount) {
    const { language } = c.var;
    return [
      <>
        <a class="tap" href={`${STAFF}/${account.staffId}`}>
          {account.name}
        </a>
        <span class="muted detail">{account.loginId}</span>
      </>,
      staffText(language).roles[account.role],
      <AccountState c={c} account={account} now={deps.clock.now()} />,
      waysOf(c, account),
      account.seenAt ? formatMoment(account.seenAt, deps.operator.timeZone, language) : accountsText(language).never,
    ];
  }

  function showNew(c: WebContext, typed: { loginId: string; name: string; role: string }, error?: FieldError) {
    const { language } = c.var;
    const all = accountsText(language);
    const t = all.add;
    const errorOf = (field: string) => (error?.field === field ? error.text : undefined);
    return renderPage(
      c,
      <ConsolePage
        c={c}
        staff={staff}
        title={t.title}
        at="staff"
        back={{ href: STAFF, label: all.title }}
        hasErrors={!!error}
      >
        <ErrorSummary errors={error ? [error] : []} language={language} />
        <p>{t.lead}</p>
        <Form action={NEW} requestId={newId()}>
          <Field name="name" label={all.name} value={typed.name} error={errorOf('name')} maxlength={100} />
          <Field
            name="loginId"
            label={all.loginId}
            hint={t.loginIdHint}
            value={typed.loginId}
            error={errorOf('loginId')}
            maxlength={64}
          />
          <RadioCards
            name="role"
            legend={all.role}
            value={typed.role}
            error={errorOf('role')}
            options={roles.map((role) => ({
              value: role,
              label: staffText(language).roles[role],
              hint: all.roleHints[role],
            }))}
          />
          <Actions>
            <Button>{t.submit}</Button>
          </Actions>
        </Form>
      </ConsolePage>,
      error ? 422 : 200,
    );
  }

  return app;
}

/** Whether somebody comes in with it, and if not, why. */
export function AccountState({ c, account, now }: { c: WebContext; account: StaffAccount; now: Temporal.Instant }) {
  const { closedAt, firstPasswordUntil } = account;
  const t = accountsText(c.var.language).states;
  if (closedAt) return <span class="badge bad">{t.closed}</span>;
  if (!firstPasswordUntil) return <span class="badge good">{t.open}</span>;
  return <span class="badge">{Temporal.Instant.compare(now, firstPasswordUntil) < 0 ? t.waiting : t.over}</span>;
}

/** What the second step may be given by. */
export function waysOf(c: WebContext, { hasCodes, passkeys }: StaffAccount): string {
  const { language } = c.var;
  const t = accountsText(language);
  const ways = [...(hasCodes ? [t.codes] : []), ...(passkeys > 0 ? [t.passkeys(passkeys)] : [])];
  return listed(ways, language) || t.noWay;
}
