import { Hono } from 'hono';
import type { Child } from 'hono/jsx';
import { isId, newId } from '../../../base/ids.ts';
import { formatMsisdn } from '../../../base/msisdn.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import { type Form as PostedForm, readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Button,
  Card,
  Checkbox,
  ErrorSummary,
  Field,
  type FieldError,
  Form,
  LinkButton,
  Page,
  renderPage,
  SummaryList,
} from '../../../infra/ui/components.tsx';
import { type Subscription, serviceState } from '../../contractors/index.ts';
import { changeEmail, registerUser } from '../contact.ts';
import type { MyPageDeps } from '../needs.ts';
import { myPageText } from '../text.ts';

interface Typed {
  readonly name: string;
  readonly birthDate: string;
  readonly isSelf: boolean;
}

/** GET and POST /contract/:id/user (who carries a phone) and /contract/email. Behind a second proof. */
export function contactPages(deps: MyPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const { operator } = deps;
  const sql = runnerOf(deps.db);

  app.get('/contract/email', (c) => showEmail(c, '', null));

  app.post('/contract/email', async (c) => {
    const form = await readForm(c);
    const email = form('email').normalize('NFKC').trim();
    const decision = await changeEmail(deps, { contractorId: contractorOf(c), email, requestId: requestIdIn(form) });
    if (decision.ok) return c.redirect('/contract?done=email', 303);
    if (decision.code === 'not-found') return c.notFound();
    return showEmail(c, form('email'), myPageText(c.var.language).email.malformed);
  });

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
      birthDate: form('birthDate').normalize('NFKC').trim().replaceAll('/', '-'),
      isSelf: form('isSelf') === 'yes',
    };
    const decision = await registerUser(deps, {
      contractorId: contractorOf(c),
      subscriptionId: c.req.param('id'),
      user: typed.isSelf ? null : { name: typed.name, birthDate: typed.birthDate },
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
    return frame(
      c,
      t.user.title,
      errors,
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
            type="date"
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
      </>,
    );
  }

  async function showEmail(c: WebContext, value: string, error: string | null) {
    const { language } = c.var;
    const t = myPageText(language);
    const present = await deps.contractors.contractor(sql, contractorOf(c));
    const errors = error === null ? [] : [{ field: 'email', text: error }];
    return frame(
      c,
      t.email.title,
      errors,
      <>
        <p>{t.email.lead}</p>
        {present ? <SummaryList rows={[{ term: t.email.present, value: present.email }]} /> : null}
        <Form action="/contract/email" requestId={newId()}>
          <Field
            name="email"
            type="email"
            inputmode="email"
            autocomplete="email"
            label={t.email.label}
            value={value}
            error={error ?? undefined}
            maxlength={320}
          />
          <Actions>
            <Button>{t.email.submit}</Button>
            <LinkButton kind="quiet" href="/contract">
              {t.back}
            </LinkButton>
          </Actions>
        </Form>
      </>,
    );
  }

  /** The page around either form: what was refused on top, and the way back. */
  function frame(c: WebContext, title: string, errors: readonly FieldError[], children: Child) {
    const back = { href: '/contract', label: myPageText(c.var.language).contract.title };
    return renderPage(
      c,
      <Page c={c} operator={operator} title={title} nav="contract" hasErrors={errors.length > 0} back={back}>
        <ErrorSummary errors={errors} language={c.var.language} />
        {children}
      </Page>,
      errors.length > 0 ? 422 : 200,
    );
  }

  return app;
}

function requestIdIn(form: PostedForm): string {
  const requestId = form('requestId');
  return isId(requestId) ? requestId : newId();
}

/** Behind `requireContractor` there always is one. */
function contractorOf(c: WebContext): string {
  const contractorId = c.var.session?.contractorId;
  if (!contractorId) throw new Error('a contractor page without a contractor');
  return contractorId;
}
