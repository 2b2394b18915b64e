import { Hono } from 'hono';
import type { Temporal } from 'temporal-polyfill';
import { isId } from '../../../base/ids.ts';
import { hasSeed } from '../../../infra/auth/one-time-code.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Button,
  Card,
  ErrorSummary,
  Field,
  Form,
  LinkButton,
  Notice,
  renderPage,
  SummaryList,
} from '../../../infra/ui/components.tsx';
import { deviceName } from '../../../infra/ui/device-name.ts';
import { formatMoment, withRemark } from '../../../infra/ui/format.ts';
import { staffActor } from '../accounts.ts';
import { type ConsoleFrame, ConsolePage } from '../console-page.tsx';
import type { StaffParts } from '../deps.ts';
import { signOutOthers } from '../own-sign-in.ts';
import { ownText } from '../own-text.ts';
import { choosePublicName } from '../public-name.ts';
import type { PublicNameFault } from '../rules/public-name.ts';
import { isOver } from '../rules/session.ts';
import { loadSessionsOf, type SignedInDevice } from '../session-store.ts';
import type { StaffSessions } from '../sessions.ts';
import { loadPublicNames } from '../store.ts';
import { staffText } from '../text.ts';

export const ACCOUNT = '/console/account';
const DONE = ['password', 'codes', 'public-name', 'signed-out'] as const;

/** One's own account: what customers call its owner, the ways to sign in, the devices that are signed in. */
export function accountPage(deps: StaffParts, staff: ConsoleFrame, sessions: StaffSessions): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const sql = runnerOf(deps.db);

  app.get(ACCOUNT, (c) => show(c));

  app.post(ACCOUNT, async (c) => {
    const typed = (await readForm(c))('publicName');
    const chosen = await choosePublicName(deps, staff.signedIn(c), typed);
    return chosen.ok ? c.redirect(`${ACCOUNT}?done=public-name`, 303) : show(c, { typed, code: chosen.code });
  });

  async function show(c: WebContext, refused?: { typed: string; code: PublicNameFault }) {
    const { language } = c.var;
    const t = ownText(language).account;
    const member = staff.signedIn(c);
    const [present, all, hasCodes, passkeys, names] = await Promise.all([
      sessions.session(c),
      loadSessionsOf(sql, member.staffId),
      hasSeed(sql, staffActor(member)),
      deps.passkeys.list(sql, staffActor(member)),
      loadPublicNames(sql, [member.staffId]),
    ]);
    const devices = all.filter((device) => !isOver(device, deps.clock.now()));
    const error = refused && t.publicNameFaults[refused.code];
    const done = DONE.find((each) => each === c.req.query('done'));
    return renderPage(
      c,
      <ConsolePage c={c} staff={staff} title={t.title} at="account" hasErrors={error !== undefined}>
        <ErrorSummary errors={error ? [{ field: 'publicName', text: error }] : []} language={language} />
        {done ? <Notice kind="success">{t.done[done]}</Notice> : null}
        <SummaryList
          rows={[
            { term: t.loginId, value: member.loginId },
            { term: t.role, value: staffText(language).roles[member.role] },
          ]}
        />
        <Card title={t.publicName}>
          <p>{t.publicNameLead}</p>
          <Form action={ACCOUNT}>
            <Field
              name="publicName"
              label={t.publicNameLabel}
              hint={t.publicNameHint}
              value={refused?.typed ?? names.get(member.staffId) ?? ''}
              error={error}
              maxlength={40}
              required={false}
            />
            <Actions>
              <Button kind="secondary">{t.savePublicName}</Button>
            </Actions>
          </Form>
        </Card>
        <div class="cards">
          <Card title={t.password}>
            <p>{t.passwordLead}</p>
            <LinkButton kind="secondary" href={`${ACCOUNT}/password`}>
              {t.changePassword}
            </LinkButton>
          </Card>
          <Card title={t.codes}>
            <p>{hasCodes ? t.codesOn : t.codesOff}</p>
            <LinkButton kind="secondary" href={`${ACCOUNT}/codes`}>
              {hasCodes ? t.renewCodes : t.setCodes}
            </LinkButton>
          </Card>
          <Card title={t.passkeys}>
            <p>{t.passkeysLead(passkeys.length)}</p>
            <LinkButton kind="secondary" href={`${ACCOUNT}/passkeys`}>
              {t.managePasskeys}
            </LinkButton>
          </Card>
        </div>
        <h2>{t.devices}</h2>
        <p class="muted">{t.devicesLead}</p>
        <div class="cards">
          {devices.map((device) => deviceCard(c, device, device.sessionId === present?.sessionId))}
        </div>
        {devices.length > 1 ? (
          <Form action={`${ACCOUNT}/sign-out`}>
            <Actions>
              <Button kind="secondary" name="sessionId" value="others">
                {t.signOutOthers}
              </Button>
            </Actions>
          </Form>
        ) : null}
      </ConsolePage>,
      error === undefined ? 200 : 422,
    );
  }

  app.post(`${ACCOUNT}/sign-out`, async (c) => {
    const present = await sessions.session(c);
    const which = (await readForm(c))('sessionId');
    if (!present || (which !== 'others' && !isId(which))) return c.notFound();
    await signOutOthers(deps, present, which === 'others' ? undefined : which);
    return c.redirect(`${ACCOUNT}?done=signed-out`, 303);
  });

  function deviceCard(c: WebContext, device: SignedInDevice, isThis: boolean) {
    const { language } = c.var;
    const t = ownText(language).account;
    const name = deviceName(device.userAgent, language);
    const moment = (at: Temporal.Instant) => formatMoment(at, deps.operator.timeZone, language);
    return (
      <Card title={isThis ? withRemark(name, t.thisDevice, language) : name}>
        <SummaryList
          rows={[
            { term: t.lastSeen, value: moment(device.seenAt) },
            { term: t.signedIn, value: moment(device.createdAt) },
          ]}
        />
        {isThis ? null : (
          <Form action={`${ACCOUNT}/sign-out`}>
            <Actions>
              <Button kind="secondary" name="sessionId" value={device.sessionId}>
                {t.signOut}
              </Button>
            </Actions>
          </Form>
        )}
      </Card>
    );
  }

  return app;
}
