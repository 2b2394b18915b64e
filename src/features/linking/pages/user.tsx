import type { Temporal } from 'temporal-polyfill';
import { sentences } from '../../../base/language.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import type { WebContext } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Button,
  Card,
  CodeField,
  ErrorSummary,
  Form,
  Page,
  renderPage,
} from '../../../infra/ui/components.tsx';
import { formatMoment } from '../../../infra/ui/format.ts';
import type { LinkingDeps } from '../deps.ts';
import { codeHelpFor } from '../help.ts';
import { displayNameOf } from '../notices.ts';
import type { RedeemFault } from '../rules/redeem.ts';
import { loadUserLinksOf } from '../store.ts';
import { AccountCard, LinkedCodes, UndoNotice } from './parts.tsx';
import { pageText } from './text.ts';

interface Shown {
  readonly lineUserId: string;
  readonly typed?: string;
  readonly fault?: { readonly code: RedeemFault; readonly at: Temporal.Instant | undefined };
}

/** One field for the link code, for the LINE account the page names; what is linked already stands above it. */
export async function userPage(deps: LinkingDeps, c: WebContext, shown: Shown): Promise<Response> {
  const { language } = c.var;
  const t = pageText(language);
  const sql = runnerOf(deps.db);
  const name = await displayNameOf(sql, shown.lineUserId);
  const links = await loadUserLinksOf(sql, shown.lineUserId);
  const error = shown.fault ? words(shown.fault) : undefined;
  const errors = shown.fault ? [{ field: 'code', text: codeHelpFor(language, shown.fault.code).cause }] : [];

  function words({ code, at }: NonNullable<Shown['fault']>): string {
    const { cause, remedy } = codeHelpFor(language, code);
    if (!at) return sentences([cause, remedy], language);
    const moment = formatMoment(at, deps.operator.timeZone, language);
    const when = code === 'not-open-yet' ? [t.from(moment), remedy] : [t.until(moment)];
    return sentences([cause, ...when], language);
  }

  return renderPage(
    c,
    <Page c={c} operator={deps.operator} title={t.userTitle} hasErrors={errors.length > 0}>
      <ErrorSummary errors={errors} language={language} />
      {links.length > 0 ? (
        <Card title={t.present}>
          <LinkedCodes links={links} language={language} />
        </Card>
      ) : null}
      <AccountCard name={name} language={language} />
      <p>{t.userLead}</p>
      <Form action="/link/user">
        <CodeField name="code" label={t.code} hint={t.codeHint} value={shown.typed} error={error} />
        <p>
          <a href="/link/code-help">{t.helpLink}</a>
        </p>
        <p class="muted">{t.nextStep}</p>
        <Actions>
          <Button>{t.submit}</Button>
        </Actions>
      </Form>
      <UndoNotice language={language} />
    </Page>,
    errors.length === 0 ? 200 : shown.fault?.code === 'too-many-tries' ? 429 : 422,
  );
}
