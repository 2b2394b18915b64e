import { Hono } from 'hono';
import { type KeptForm, RESUME_PATH } from '../../../infra/http/rest.ts';
import type { SealedCookie } from '../../../infra/http/sealed-cookie.ts';
import type { WebEnv } from '../../../infra/http/web-env.ts';
import { Actions, Button, Form, LinkButton, Page, renderPage } from '../../../infra/ui/components.tsx';
import type { CredentialsDeps } from '../deps.ts';
import { credentialsText } from '../text.ts';

/** GET /proof/resume: what was typed before the pause, to be sent with one tap. */
export function resumePages(deps: Pick<CredentialsDeps, 'operator'> & { kept: SealedCookie<KeptForm> }): Hono<WebEnv> {
  const app = new Hono<WebEnv>();

  app.get(RESUME_PATH, (c) => {
    const { session, language } = c.var;
    const form = deps.kept.read(c);
    // Somebody else may have signed in here meanwhile: what was typed is the other person's.
    if (!form || form.contractorId !== session?.contractorId) return c.redirect('/', 303);
    if (session.isRested) return c.redirect(`/proof?next=${encodeURIComponent(RESUME_PATH)}`, 303);
    const t = credentialsText(language).resume;
    return renderPage(
      c,
      <Page c={c} operator={deps.operator} title={t.title} nav="home">
        <p class="lead">{t.lead}</p>
        <Form action={form.path}>
          {[...new URLSearchParams(form.body)].map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <Actions>
            <Button>{t.submit}</Button>
            <LinkButton kind="quiet" href={`/${form.path.split('/')[1]}`}>
              {t.stop}
            </LinkButton>
          </Actions>
        </Form>
      </Page>,
    );
  });

  return app;
}
