import { Hono } from 'hono';
import { runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { Session } from '../../../infra/http/session.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { Actions, Button, Card, Form, LinkButton, Page, renderPage } from '../../../infra/ui/components.tsx';
import { addFriendUrl } from '../../../infra/ui/share.ts';
import { countsAsProof } from '../../linking/index.ts';
import type { MyPageDeps } from '../needs.ts';
import { loadOverview, type Overview } from '../overview.ts';
import { myPageText } from '../text.ts';
import { Menu, MoneyTiles, News, SubscriptionGlance } from './top-parts.tsx';

/** GET /, and POST /switch for a LINE account that is linked to several contractors. */
export function topPages(deps: MyPageDeps, showLanding: (c: WebContext) => Response | Promise<Response>): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const { operator } = deps;

  app.get('/', async (c) => {
    const { session } = c.var;
    if (!session) return showLanding(c);
    const { contractorId } = session;
    if (contractorId) await deps.contractors.rememberLanguage(runnerOf(deps.db), contractorId, c.var.language);
    return showTop(c, session, await loadOverview(deps, session));
  });

  app.post('/switch', async (c) => {
    const wanted = (await readForm(c))('contractorId');
    const lineUserId = c.var.session?.lineUserId;
    const links = lineUserId ? await deps.linking.contractorLinksOf(runnerOf(deps.db), lineUserId) : [];
    const link = links.find((each) => each.contractorId === wanted);
    if (!link) return c.notFound();
    await deps.sessions.actFor(c, wanted, { isProven: countsAsProof(link, deps.clock.now()) });
    return c.redirect('/', 303);
  });

  function showTop(c: WebContext, session: Session, overview: Overview) {
    const { language } = c.var;
    const t = myPageText(language).top;
    return renderPage(
      c,
      <Page
        c={c}
        operator={operator}
        title={overview.contractorName === null ? t.titleForUser : t.title(overview.contractorName)}
        nav="home"
      >
        {overview.subscriptions.length > 0 ? (
          <div class="glances">
            {overview.subscriptions.map((view) => (
              <SubscriptionGlance c={c} deps={deps} view={view} />
            ))}
          </div>
        ) : (
          <Nothing c={c} session={session} />
        )}
        {session.contractorId ? <MoneyTiles c={c} deps={deps} overview={overview} /> : null}
        {session.contractorId ? <News c={c} deps={deps} overview={overview} /> : null}
        <Menu c={c} signInLabel={session.contractorId ? null : myPageText(language).landing.withPassword} />
        {session.contractorId ? null : <p class="muted">{t.contractorLinkHint}</p>}
        {overview.otherContractors.length > 0 ? (
          <Card title={t.signedInAs}>
            {overview.otherContractors.map((other) => (
              <Form action="/switch">
                <Button kind="secondary" name="contractorId" value={other.contractorId}>
                  {t.actFor(other.name)}
                </Button>
              </Form>
            ))}
          </Card>
        ) : null}
        <Form action="/logout">
          <Actions>
            <Button kind="quiet">{t.signOut}</Button>
          </Actions>
        </Form>
      </Page>,
    );
  }

  function Nothing({ c, session }: { c: WebContext; session: Session }) {
    const t = myPageText(c.var.language).top;
    if (session.contractorId) return <p>{t.noSubscriptions}</p>;
    return (
      <Card title={t.noUserLinkTitle}>
        <p>{t.noUserLink}</p>
        <LinkButton href={addFriendUrl(operator.officialAccount.basicId)}>{t.openTalk}</LinkButton>
      </Card>
    );
  }

  return app;
}
