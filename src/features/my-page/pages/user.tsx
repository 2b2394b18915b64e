import { Hono } from 'hono';
import { newId } from '../../../base/ids.ts';
import { formatMsisdn } from '../../../base/msisdn.ts';
import { readDay } from '../../../base/typed-day.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Button,
  Card,
  Checkbox,
  Field,
  type FieldError,
  Form,
  LinkButton,
} from '../../../infra/ui/components.tsx';
import { type Subscription, serviceState } from '../../contractors/index.ts';
import { registerUser } from '../contact.ts';
import type { MyPageDeps } from '../needs.ts';
import { myPageText } from '../text.ts';
import { contactPage, contractorOf, requestIdIn } from './contact-parts.tsx';

interface Typed {
  readonly name: string;
  readonly birthDate: string;
  readonly isSelf: boolean;
}

/** GET and POST /contract/:id/user: who carries a phone. Behind a second proof. */
export function userPages(deps: MyPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const { operator } = deps;
  const sql = runnerOf(deps.db);

  app.get('/contract/:id/user', async (c) => {
    const subscription = await own(c);
    if (!subscription) return c.notFound();
    const isSelf = !subscription.hasRegisteredUser;
    const { userName, userBirthDate } = subscription;
    const typed = { name: isSelf ? '' : userName, birthDate: isSelf ? '' : (userBirthDate ?? ''), isSelf };
    return showUser(c, subscription, typed, null);
  });

  app.post('/contract/:id/user', async (c) => {
    const form = await readForm(c);
    const typed = {
      name: form('name').trim(),
      birthDate: form('birthDate').trim(),
      isSelf: form('isSelf') === 'yes',
    };
    const decision = await registerUser(deps, {
      contractorId: contractorOf(c),
      subscriptionId: c.req.param('id'),
      user: typed.isSelf ? null : { name: typed.name, birthDate: readDay(typed.birthDate) ?? '' },
      requestId: requestIdIn(form),
    });
    if (decision.ok) return c.redirect('/contract?done=user', 303);
    const subscription = await own(c);
    if (!subscription || decision.code === 'not-found' || decision.code === 'ended') return c.notFound();
    const words = myPageText(c.var.language).user.faults[decision.code];
    const field = decision.code === 'name-missing' ? 'name' : 'birthDate';
    return showUser(c, subscription, typed, { field, text: words });
  });

  async function own(c: WebContext): Promise<Subscription | undefined> {
    const owned = await deps.contractors.subscriptionsOf(sql, contractorOf(c));
    const found = owned.find((each) => each.subscriptionId === c.req.param('id'));
    return found && serviceState(found, deps.clock.now()) !== 'ended' ? found : undefined;
  }

  function showUser(c: WebContext, subscription: Subscription, typed: Typed, error: FieldError | null) {
    const { language } = c.var;
    const t = myPageText(language);
    const errors = error ? [error] : [];
    const errorOf = (field: string) => (error?.field === field ? error.text : undefined);
    return contactPage(c, operator, {
      title: t.user.title,
      errors,
      children: (
        <>
          <p class="lead">
            {t.contract.number} <span class="figure">{formatMsisdn(subscription.msisdn)}</span>
          </p>
          <Form action={`/contract/${subscription.subscriptionId}/user`} requestId={newId()}>
            <Checkbox name="isSelf" label={t.user.isSelf} hint={t.user.isSelfHint} isChecked={typed.isSelf} />
            <Field
              name="name"
              label={t.user.name}
              value={typed.name}
              error={errorOf('name')}
              maxlength={100}
              required={false}
            />
            <Field
              name="birthDate"
              inputmode="numeric"
              maxlength={20}
              label={t.user.birthDate}
              hint={t.user.birthDateHint}
              value={typed.birthDate}
              error={errorOf('birthDate')}
              required={false}
            />
            <Card title={t.user.effectsTitle}>
              <ul class="plain">
                {t.user.effects.map((effect) => (
                  <li>{effect}</li>
                ))}
              </ul>
            </Card>
            <Actions>
              <Button>{t.user.submit}</Button>
              <LinkButton kind="quiet" href="/contract">
                {t.back}
              </LinkButton>
            </Actions>
          </Form>
        </>
      ),
    });
  }

  return app;
}
