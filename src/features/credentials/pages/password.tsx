import { Hono } from 'hono';
import { leastPasswordLength } from '../../../base/password-policy.ts';
import { hasSeed } from '../../../infra/auth/one-time-code.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Button,
  ErrorSummary,
  Field,
  type FieldError,
  Form,
  Page,
  renderPage,
} from '../../../infra/ui/components.tsx';
import type { CredentialsDeps } from '../deps.ts';
import { changePassword, factorOf, type Owner } from '../settings.ts';
import { credentialsText } from '../text.ts';
import { ownerOf, passwordWords } from './parts.tsx';

/** GET and POST /security/password. */
export function passwordPages(deps: CredentialsDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();

  app.get('/security/password', async (c) => {
    const owner = await ownerOf(deps, c);
    return owner ? show(c, owner, []) : c.notFound();
  });

  app.post('/security/password', async (c) => {
    const owner = await ownerOf(deps, c);
    if (!owner) return c.notFound();
    const form = await readForm(c);
    const [present, wanted] = [form('present'), form('wanted')];
    if (present === '' || wanted === '') {
      const text = credentialsText(c.var.language).password.missing;
      return show(c, owner, [{ field: present === '' ? 'present' : 'wanted', text }]);
    }
    const decision = await changePassword(deps, owner, { present, wanted });
    if (decision.ok) return c.redirect('/security?done=password', 303);
    const isPresent = decision.code === 'wrong-password' || decision.code === 'too-many-tries';
    return show(c, owner, [{ field: isPresent ? 'present' : 'wanted', text: passwordWords(c, decision.code) }]);
  });

  async function show(c: WebContext, owner: Owner, errors: readonly FieldError[]) {
    const { language } = c.var;
    const all = credentialsText(language);
    const t = all.password;
    const errorOf = (field: string) => errors.find((error) => error.field === field)?.text;
    const least = leastPasswordLength(await hasSeed(runnerOf(deps.db), factorOf(owner.contractor.contractorId)));
    return renderPage(
      c,
      <Page
        c={c}
        operator={deps.operator}
        title={t.title}
        nav="security"
        back={{ href: '/security', label: all.security.title }}
        hasErrors={errors.length > 0}
      >
        <ErrorSummary errors={errors} language={language} />
        <p>{t.lead}</p>
        <Form action="/security/password">
          {/* For password managers: whose password it is. */}
          <input type="hidden" name="username" autocomplete="username" value={owner.contractor.loginId} />
          <Field
            name="present"
            label={t.present}
            type="password"
            autocomplete="current-password"
            error={errorOf('present')}
          />
          <Field
            name="wanted"
            label={t.wanted}
            hint={t.wantedHint(least)}
            type="password"
            autocomplete="new-password"
            error={errorOf('wanted')}
          />
          <Actions>
            <Button>{t.submit}</Button>
          </Actions>
        </Form>
        <p>
          <a href="/login/forgotten">{t.forgotten}</a>
        </p>
      </Page>,
      errors.length > 0 ? 422 : 200,
    );
  }

  return app;
}
