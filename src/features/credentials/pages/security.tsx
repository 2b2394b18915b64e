import { Hono } from 'hono';
import { Temporal } from 'temporal-polyfill';
import { sentences } from '../../../base/language.ts';
import { hasSeed } from '../../../infra/auth/one-time-code.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { SessionRow } from '../../../infra/http/session.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Button,
  Card,
  DataTable,
  Form,
  LinkButton,
  Moment,
  Notice,
  Page,
  renderPage,
  SummaryList,
} from '../../../infra/ui/components.tsx';
import { deviceName } from '../../../infra/ui/device-name.ts';
import { formatMoment, withRemark } from '../../../infra/ui/format.ts';
import type { CredentialsDeps } from '../deps.ts';
import { factorOf } from '../settings.ts';
import { countRecoveryCodes, loadRefusedSignIns } from '../store.ts';
import { credentialsText } from '../text.ts';

const HISTORY = 20;

/** GET /security; POST /security/sign-out and /security/sign-out-others. */
export function securityPages(deps: CredentialsDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();

  app.get('/security', async (c) => {
    const { session, language } = c.var;
    if (!session?.contractorId) return c.notFound();
    const { contractorId } = session;
    const t = credentialsText(language).security;
    const sql = runnerOf(deps.db);
    const [devices, hasCodes, recoveryLeft, passkeys] = await Promise.all([
      deps.sessions.list(contractorId),
      hasSeed(sql, factorOf(contractorId)),
      countRecoveryCodes(sql, contractorId),
      deps.passkeys.list(sql, factorOf(contractorId)),
    ]);
    const done = doneOf(c.req.query('done'));
    const isThis = (row: SessionRow) => row.sessionId === session.sessionId;
    return renderPage(
      c,
      <Page c={c} operator={deps.operator} title={t.title} nav="security">
        {done ? <Notice kind="success">{t.done[done]}</Notice> : null}
        <p>{t.lead}</p>
        <Card title={t.password}>
          <p>{t.passwordLead}</p>
          <LinkButton kind="secondary" href="/security/password">
            {t.change}
          </LinkButton>
        </Card>
        <Card title={t.codes}>
          <p>{hasCodes ? t.codesOn(recoveryLeft) : t.codesOff}</p>
          {hasCodes ? (
            <Actions>
              <LinkButton kind="secondary" href="/security/recovery">
                {t.renewRecovery}
              </LinkButton>
              <LinkButton kind="quiet" href="/security/codes/off">
                {t.turnOff}
              </LinkButton>
            </Actions>
          ) : (
            <LinkButton kind="secondary" href="/security/codes">
              {t.turnOn}
            </LinkButton>
          )}
        </Card>
        <Card title={t.passkeys}>
          <p>{t.passkeysLead(passkeys.length)}</p>
          <LinkButton kind="secondary" href="/security/passkeys">
            {t.managePasskeys}
          </LinkButton>
        </Card>
        <Card title={t.myData}>
          <p>{t.myDataLead}</p>
          <LinkButton kind="secondary" href="/my-data">
            {t.seeMyData}
          </LinkButton>
        </Card>
        <h2>{t.devices}</h2>
        <p class="muted">{sentences([t.devicesLead, t.advice], language)}</p>
        <div class="cards">
          {devices.filter(isThis).map((row) => deviceCard(c, row, true))}
          {devices.filter((row) => !isThis(row)).map((row) => deviceCard(c, row, false))}
        </div>
        {devices.length > 1 ? (
          <Form action="/security/sign-out-others">
            <Actions>
              <Button kind="secondary">{t.signOutOthers}</Button>
            </Actions>
          </Form>
        ) : null}
        <h2>{t.history}</h2>
        <DataTable caption={t.historyLead} head={[t.when, t.what]} rows={await history(c, contractorId)} />
      </Page>,
    );
  });

  app.post('/security/sign-out', async (c) => {
    const { session } = c.var;
    if (!session?.contractorId) return c.notFound();
    const isEnded = await deps.sessions.revoke(session.contractorId, (await readForm(c))('sessionId'));
    return isEnded ? c.redirect('/security?done=signed-out', 303) : c.notFound();
  });

  app.post('/security/sign-out-others', async (c) => {
    const { session } = c.var;
    if (!session?.contractorId) return c.notFound();
    await deps.sessions.endAll({ contractorId: session.contractorId, exceptSessionId: session.sessionId });
    return c.redirect('/security?done=signed-out', 303);
  });

  const moment = (c: WebContext, at: Temporal.Instant) => formatMoment(at, deps.operator.timeZone, c.var.language);

  const nameOf = (c: WebContext, row: SessionRow) => deviceName(row.userAgent, c.var.language);

  function deviceCard(c: WebContext, row: SessionRow, isThis: boolean) {
    const { language } = c.var;
    const t = credentialsText(language).security;
    const name = nameOf(c, row);
    return (
      <Card title={isThis ? withRemark(name, t.thisDevice, language) : name}>
        <SummaryList
          rows={[
            { term: t.lastSeen, value: moment(c, row.seenAt) },
            { term: t.signedIn, value: moment(c, row.createdAt) },
            { term: t.how, value: t.methods[row.method] },
          ]}
        />
        {isThis ? null : (
          <Form action="/security/sign-out">
            <Actions>
              <Button kind="secondary" name="sessionId" value={row.sessionId}>
                {t.signOut}
              </Button>
            </Actions>
          </Form>
        )}
      </Card>
    );
  }

  /** Sign-ins and those that were refused, in one order; devices in plain words, no places. */
  async function history(c: WebContext, contractorId: string) {
    const t = credentialsText(c.var.language).security;
    const [sessions, refused] = await Promise.all([
      deps.sessions.history(contractorId, HISTORY),
      loadRefusedSignIns(runnerOf(deps.db), contractorId, HISTORY),
    ]);
    return [
      ...sessions.map((row) => ({
        at: row.createdAt,
        what: withRemark(nameOf(c, row), t.methods[row.method], c.var.language),
      })),
      ...refused.map((at) => ({ at, what: t.refused })),
    ]
      .sort((a, b) => Temporal.Instant.compare(b.at, a.at))
      .slice(0, HISTORY)
      .map(({ at, what }) => [<Moment at={at} zone={deps.operator.timeZone} language={c.var.language} />, what]);
  }

  return app;
}

const DONE = ['signed-out', 'password', 'codes-off', 'passkey-added', 'passkey-removed'] as const;
const doneOf = (asked: string | undefined) => DONE.find((done) => done === asked);
