import { Hono } from 'hono';
import { runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { Actions, Button, Notice, PasskeyForm, PasskeyList, renderPage } from '../../../infra/ui/components.tsx';
import { staffActor } from '../accounts.ts';
import { type ConsoleFrame, ConsolePage } from '../console-page.tsx';
import type { StaffParts } from '../deps.ts';
import { addOwnPasskey, removeOwnPasskey } from '../own-sign-in.ts';
import { ownText } from '../own-text.ts';
import { ACCOUNT } from './account.tsx';

const HERE = `${ACCOUNT}/passkeys`;

/** GET and POST /console/account/passkeys with /options and /remove: one's own. Behind a fresh second step. */
export function ownPasskeyPages(deps: StaffParts, staff: ConsoleFrame): Hono<WebEnv> {
  const app = new Hono<WebEnv>();

  app.get(HERE, (c) => show(c));

  app.post(`${HERE}/options`, async (c) => {
    const member = staff.signedIn(c);
    const name = { account: member.loginId, person: member.name };
    return c.json(await deps.passkeys.registrationOptions(staffActor(member), name));
  });

  app.post(HERE, async (c) => {
    const response = (await readForm(c))('response');
    const userAgent = c.req.header('user-agent')?.slice(0, 300) ?? null;
    const isAdded = await addOwnPasskey(deps, staff.signedIn(c), { response, userAgent });
    return isAdded ? c.redirect(`${HERE}?done=1`, 303) : show(c, ownText(c.var.language).passkeys.failed);
  });

  app.post(`${HERE}/remove`, async (c) => {
    const credentialId = (await readForm(c))('credentialId');
    const removed = await removeOwnPasskey(deps, staff.signedIn(c), credentialId);
    return removed.ok ? c.redirect(`${HERE}?done=1`, 303) : show(c, ownText(c.var.language).passkeys.lastFactor);
  });

  async function show(c: WebContext, error?: string) {
    const { language } = c.var;
    const own = ownText(language);
    const t = own.passkeys;
    const passkeys = await deps.passkeys.list(runnerOf(deps.db), staffActor(staff.signedIn(c)));
    return renderPage(
      c,
      <ConsolePage
        c={c}
        staff={staff}
        title={own.account.passkeys}
        at="account"
        back={{ href: ACCOUNT, label: own.account.title }}
        hasErrors={!!error}
      >
        {error ? <Notice kind="danger">{error}</Notice> : null}
        {c.req.query('done') === '1' ? <Notice kind="success">{t.done}</Notice> : null}
        <p>{t.lead}</p>
        {passkeys.length === 0 ? <p>{t.none}</p> : null}
        <PasskeyList
          c={c}
          passkeys={passkeys}
          removeAction={`${HERE}/remove`}
          timeZone={deps.operator.timeZone}
          words={t}
        />
        <PasskeyForm action={HERE} kind="create" failed={t.failed}>
          <Actions>
            <Button>{t.add}</Button>
          </Actions>
        </PasskeyForm>
        <p class="muted">{t.cannot}</p>
      </ConsolePage>,
      error ? 422 : 200,
    );
  }

  return app;
}
