import { Hono } from 'hono';
import type { WebEnv } from '../../../infra/http/web-env.ts';
import { Card, LinkButton, Page, renderPage } from '../../../infra/ui/components.tsx';
import { linkCodeHelp } from '../../linking/index.ts';
import type { MyPageDeps } from '../needs.ts';
import { myPageText } from '../text.ts';

/** GET /code-help: the same list of causes and remedies that linking gives where a code fails. */
export function codeHelpPages(deps: MyPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get('/code-help', (c) => {
    const { language, session } = c.var;
    const t = myPageText(language).codeHelp;
    return renderPage(
      c,
      <Page c={c} operator={deps.operator} title={t.title} nav="code-help">
        <p>{t.lead}</p>
        {linkCodeHelp(language).map((item) => (
          <Card title={item.cause}>
            <p>{item.remedy}</p>
          </Card>
        ))}
        {session?.contractorId ? (
          <LinkButton kind="secondary" href="/contract">
            {t.toContract}
          </LinkButton>
        ) : null}
      </Page>,
    );
  });
  return app;
}
