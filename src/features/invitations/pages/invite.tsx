import { Hono } from 'hono';
import { describeDevice } from '../../../base/device.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import type { WebEnv } from '../../../infra/http/web-env.ts';
import { Actions, LinkButton, Notice, Page, renderPage } from '../../../infra/ui/components.tsx';
import type { InvitationsDeps } from '../deps.ts';
import { checkInvitation, inviterName } from '../invitations.ts';
import { codeRefusalText, invitationText, pointsText } from '../text.ts';

/** GET /invite/:token: who invites and what it brings; from here the application carries the invitation. Open to anybody. */
export function invitePages(deps: InvitationsDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const { operator, db } = deps;

  app.get('/invite/:token', async (c) => {
    const { language, session } = c.var;
    const t = invitationText(language).invite;
    const token = c.req.param('token');
    const applicant = {
      contractorId: session?.contractorId ?? null,
      lineUserId: session?.lineUserId ?? null,
      person: null,
    };
    const found = await checkInvitation(deps, runnerOf(db), { token, applicant });
    if (!found.ok) {
      return renderPage(
        c,
        <Page c={c} operator={operator} title={t.refusedTitle}>
          <Notice kind="warning">
            <p>{codeRefusalText(language).invitation[found.code]}</p>
          </Notice>
          <Actions>
            <LinkButton kind="secondary" href="/apply">
              {t.without}
            </LinkButton>
          </Actions>
        </Page>,
        found.code === 'unknown' ? 404 : 200,
      );
    }
    // In LINE the application belongs to the LINE account, and goes on from the talk.
    const isInLine = describeDevice(c.req.header('user-agent') ?? null).browser === 'LINE';
    const wayIn = isInLine && !session ? '/apply/line' : '/apply';
    const name = (await inviterName(deps, found.value.contractorId)) ?? t.somebody;
    const { points, afterMonths } = operator.invitations;
    return renderPage(
      c,
      <Page c={c} operator={operator} title={t.title(name)}>
        <p class="lead">{t.lead(operator.name[language], pointsText(points, language), afterMonths)}</p>
        <Actions>
          <LinkButton href={`${wayIn}?invitation=${token}`}>{t.begin}</LinkButton>
        </Actions>
      </Page>,
    );
  });

  return app;
}
