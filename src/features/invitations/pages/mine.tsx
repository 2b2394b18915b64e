import { Hono } from 'hono';
import { Temporal } from 'temporal-polyfill';
import type { Language } from '../../../base/language.ts';
import { dayOf, lastDayBefore } from '../../../base/operator-month.ts';
import { inTransaction, runnerOf } from '../../../infra/db/index.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Button,
  Card,
  CopyButton,
  DataTable,
  Form,
  LinkButton,
  Notice,
  Page,
  QrCode,
  renderPage,
} from '../../../infra/ui/components.tsx';
import { formatDay } from '../../../infra/ui/format.ts';
import { shareUrl } from '../../../infra/ui/share.ts';
import type { InvitationsDeps } from '../deps.ts';
import { type Invitation, invitationsOf, inviteToday } from '../invitations.ts';
import { invitationText, pointsText } from '../text.ts';

/** GET /invitations: today's link and what became of the others; POST makes today's, once. Behind `requireContractor`. */
export function minePages(deps: InvitationsDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const { operator, clock, db } = deps;
  const zone = operator.timeZone;

  app.get('/invitations', async (c) => {
    const contractorId = contractorOf(c);
    const links = await deps.linking.lineAccountsOfContractor(runnerOf(db), contractorId);
    return show(c, await invitationsOf(deps, contractorId), links.length > 0);
  });

  app.post('/invitations', async (c) => {
    // Without a link none is made, and the page says why.
    await inTransaction(db, (tx) => inviteToday(deps, runnerOf(tx), contractorOf(c)));
    return c.redirect('/invitations', 303);
  });

  function show(c: WebContext, invitations: readonly Invitation[], isLinked: boolean) {
    const { language } = c.var;
    const t = invitationText(language);
    const { points, afterMonths, linkDays } = operator.invitations;
    const today = dayOf(clock.now(), zone);
    const todays = invitations.find(({ madeOn }) => madeOn === today);
    const words = pointsText(points, language);
    return renderPage(
      c,
      <Page c={c} operator={operator} title={t.title} nav="invitations">
        <p class="lead">{t.lead(words, afterMonths)}</p>
        {todays ? <Todays link={todays} language={language} /> : isLinked ? <Make language={language} /> : null}
        {isLinked ? null : (
          <Notice kind="info" title={t.notLinked.title}>
            <p>{t.notLinked.why}</p>
            <p>
              <a class="tap" href="/links">
                {t.notLinked.link}
              </a>
            </p>
          </Notice>
        )}
        <Card title={t.list}>
          {invitations.length === 0 ? (
            <p>{t.none}</p>
          ) : (
            <DataTable
              caption={t.list}
              isUnderHeading
              head={t.head}
              rows={invitations.map((each) => [formatDay(each.madeOn, language), stateWords(each, language)])}
            />
          )}
        </Card>
        <Card title={t.rules}>
          <ul class="plain">
            {t.rule(words, afterMonths, linkDays).map((rule) => (
              <li>{rule}</li>
            ))}
          </ul>
        </Card>
      </Page>,
    );
  }

  function Make({ language }: { language: Language }) {
    const t = invitationText(language);
    return (
      <Form action="/invitations">
        <p>{t.oneADay}</p>
        <Actions>
          <Button>{t.make}</Button>
        </Actions>
      </Form>
    );
  }

  function Todays({ link, language }: { link: Invitation; language: Language }) {
    const t = invitationText(language);
    if (link.orderId !== null) return null;
    return (
      <Card title={t.todays}>
        <p class="muted">
          {t.oneADay} {t.until(formatDay(lastDayBefore(link.expiresAt, zone), language))}
        </p>
        <div class="code-line">
          <code class="detail">{link.url}</code>
          <CopyButton text={link.url} language={language} />
        </div>
        <QrCode text={link.url} label={t.todays} />
        <Actions>
          <LinkButton href={shareUrl(t.shareText(operator.name[language], link.url))}>{t.share}</LinkButton>
        </Actions>
      </Card>
    );
  }

  function stateWords({ outcome, dueAt, orderId, expiresAt }: Invitation, language: Language): string {
    const { states } = invitationText(language);
    if (outcome === 'given') return states.given(pointsText(operator.invitations.points, language));
    if (outcome === 'lapsed') return states.lapsed;
    if (dueAt !== null) return states.waiting(formatDay(lastDayBefore(dueAt, zone), language));
    if (orderId !== null) return states.held;
    const isOver = Temporal.Instant.compare(expiresAt, clock.now()) <= 0;
    return isOver ? states.expired : states.open(formatDay(lastDayBefore(expiresAt, zone), language));
  }

  return app;
}

/** Behind `requireContractor` there always is one. */
function contractorOf(c: WebContext): string {
  const contractorId = c.var.session?.contractorId;
  if (!contractorId) throw new Error('a contractor page without a contractor');
  return contractorId;
}
