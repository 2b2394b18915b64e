import type { Operator } from '../../../base/operator.ts';
import { leastPasswordLength } from '../../../base/password-policy.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import type { WebContext } from '../../../infra/http/web-env.ts';
import { Actions, Button, ErrorSummary, Field, Form, Page, renderPage } from '../../../infra/ui/components.tsx';
import type { PasswordFault } from '../../contractors/index.ts';
import type { CredentialsDeps } from '../deps.ts';
import type { Owner } from '../settings.ts';
import { credentialsText } from '../text.ts';

/** The signed-in contractor; null for anybody else, to whom nothing is here. */
export async function ownerOf(deps: CredentialsDeps, c: WebContext): Promise<Owner | null> {
  const { session, address } = c.var;
  if (!session?.contractorId) return null;
  const contractor = await deps.contractors.contractor(runnerOf(deps.db), session.contractorId);
  return contractor && { contractor, session, address };
}

export function passwordWords(c: WebContext, code: PasswordFault | 'wrong-password' | 'too-many-tries'): string {
  const t = credentialsText(c.var.language).password;
  switch (code) {
    case 'wrong-password':
      return t.wrong;
    case 'too-many-tries':
      return t.tooMany;
    default:
      return t.faults[code];
  }
}

/** An address as its owner knows it and a stranger does not learn it: `t•••@example.jp`. */
export function maskedAddress(email: string): string {
  const at = email.lastIndexOf('@');
  return `${email.slice(0, 1)}•••${email.slice(at)}`;
}

/** The page on which somebody who is not signed in chooses a password; with what is wrong with the one they typed. */
export function choosePassword(
  c: WebContext,
  page: { operator: Operator; title: string; lead: string; action: string; error?: string | undefined },
) {
  const { language } = c.var;
  const all = credentialsText(language);
  const { error } = page;
  return renderPage(
    c,
    <Page c={c} operator={page.operator} title={page.title} hasErrors={error !== undefined}>
      <ErrorSummary errors={error ? [{ field: 'wanted', text: error }] : []} language={language} />
      <p>{page.lead}</p>
      <Form action={page.action}>
        <Field
          name="wanted"
          label={all.password.wanted}
          hint={all.password.wantedHint(leastPasswordLength(false))}
          type="password"
          autocomplete="new-password"
          error={error}
        />
        <Actions>
          <Button>{all.forgotten.resetSubmit}</Button>
        </Actions>
      </Form>
    </Page>,
    error ? 422 : 200,
  );
}
