import type { Temporal } from 'temporal-polyfill';
import { runnerOf } from '../../../infra/db/index.ts';
import type { WebContext } from '../../../infra/http/web-env.ts';
import { Actions, Button, ErrorSummary, Field, Form, Page, renderPage } from '../../../infra/ui/components.tsx';
import { formatMoment } from '../../../infra/ui/format.ts';
import type { LinkingDeps } from '../deps.ts';
import { displayNameOf } from '../notices.ts';
import type { ContractorProofFault } from '../prove-contractor.ts';
import { AccountCard, UndoNotice } from './parts.tsx';
import { pageText } from './text.ts';

interface Shown {
  readonly lineUserId: string;
  readonly loginId?: string;
  readonly missing?: { readonly loginId: boolean; readonly password: boolean };
  readonly fault?: {
    readonly code: Exclude<ContractorProofFault, 'page-expired' | 'opened-elsewhere'>;
    readonly at: Temporal.Instant | undefined;
  };
}

/** Login ID and password, for the LINE account the page names. The password is never shown again. */
export async function contractorPage(deps: LinkingDeps, c: WebContext, shown: Shown): Promise<Response> {
  const { language } = c.var;
  const t = pageText(language);
  const { operator } = deps;
  const errors = [
    ...(shown.missing?.loginId ? [{ field: 'loginId', text: t.missing.loginId }] : []),
    ...(shown.missing?.password ? [{ field: 'password', text: t.missing.password }] : []),
    ...(shown.fault ? [{ field: 'loginId', text: words() }] : []),
  ];
  const errorOf = (field: string) => errors.find((error) => error.field === field)?.text;
  const name = await displayNameOf(runnerOf(deps.db), shown.lineUserId);

  function words(): string {
    if (!shown.fault) return '';
    const { code, at } = shown.fault;
    const until = at ? t.until(formatMoment(at, operator.timeZone, language)) : '';
    return `${t.contractorFault[code]}${until}`;
  }

  return renderPage(
    c,
    <Page c={c} operator={operator} title={t.contractorTitle} hasErrors={errors.length > 0}>
      <ErrorSummary errors={errors} language={language} />
      <AccountCard name={name} language={language} />
      <p>{t.contractorLead}</p>
      <Form action="/link/contractor">
        <Field
          name="loginId"
          label={t.loginId}
          value={shown.loginId}
          error={errorOf('loginId')}
          autocomplete="username"
          maxlength={100}
        />
        <Field
          name="password"
          label={t.password}
          type="password"
          error={errorOf('password')}
          autocomplete="current-password"
          maxlength={1000}
        />
        <p class="muted">{t.nextStep}</p>
        <Actions>
          <Button>{t.submit}</Button>
        </Actions>
      </Form>
      <UndoNotice language={language} />
      <p class="muted">
        {t.forgotten(operator.support.phone, operator.support.hours.from, operator.support.hours.to)}{' '}
        <a href="/login/forgotten">{t.forgottenLink}</a>
      </p>
    </Page>,
    errors.length === 0 ? 200 : shown.fault?.code === 'too-many-tries' ? 429 : 422,
  );
}
