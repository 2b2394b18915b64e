import { Hono } from 'hono';
import { newId } from '../../../base/ids.ts';
import { formatMsisdn } from '../../../base/msisdn.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import { isMoreThanPassword } from '../../../infra/http/session-rules.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Card,
  Checkbox,
  Code,
  ConfirmPage,
  CopyButton,
  LinkButton,
  Notice,
  Page,
  QrCode,
  renderPage,
} from '../../../infra/ui/components.tsx';
import { shareUrl } from '../../../infra/ui/share.ts';
import type { Subscription } from '../../contractors/index.ts';
import type { MyPageDeps } from '../needs.ts';
import { myPageText } from '../text.ts';
import { contractorOf } from './contact-parts.tsx';

const PROVE_FIRST = '/proof?next=/contract%3Fdone%3Dproven';

/** POST /contract/:id/code shows a link code; GET and POST /contract/:id/reissue makes a new one. */
export function linkCodePages(deps: MyPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const { operator } = deps;

  app.post('/contract/:id/code', async (c) => {
    const own = await ownSubscription(c);
    if (!own) return c.notFound();
    const { subscriptionId } = own.subscription;
    const decision = await deps.linking.linkCodes.reveal({
      contractorId: own.contractorId,
      subscriptionId,
      session: own.session,
    });
    if (!decision.ok && decision.code === 'second-proof-missing') return c.redirect(PROVE_FIRST, 303);
    if (!decision.ok) return showCode(c, own.subscription, null);
    return showCode(c, own.subscription, decision.value.code);
  });

  app.get('/contract/:id/reissue', async (c) => {
    const own = await ownSubscription(c);
    if (!own) return c.notFound();
    const t = myPageText(c.var.language);
    return renderPage(
      c,
      <ConfirmPage
        c={c}
        operator={operator}
        title={t.reissue.title}
        nav="contract"
        back={{ href: '/contract', label: t.contract.title }}
        action={`/contract/${own.subscription.subscriptionId}/reissue`}
        confirmLabel={t.reissue.confirm}
        cancelHref="/contract"
        isDangerous
        loses={t.reissue.loses}
        losesTitle={t.reissue.losesTitle}
        requestId={newId()}
        fields={<Checkbox name="undoLink" label={t.reissue.undo} hint={t.reissue.undoHint} />}
      >
        <p class="lead">
          {t.code.forWhom(own.subscription.userName)}{' '}
          <span class="muted figure">{formatMsisdn(own.subscription.msisdn)}</span>
        </p>
        <p>{t.reissue.lead}</p>
      </ConfirmPage>,
    );
  });

  app.post('/contract/:id/reissue', async (c) => {
    const own = await ownSubscription(c);
    if (!own) return c.notFound();
    const form = await readForm(c);
    const undoLink = form('undoLink') === 'yes';
    // A new code is a nuisance to whom it happens; a link undone cuts them off. See /links.
    if (undoLink && !isMoreThanPassword(own.session, deps.clock.now(), 'link-code')) {
      return c.redirect(`/proof?next=${encodeURIComponent(c.req.path)}`, 303);
    }
    const decision = await deps.linking.linkCodes.reissueOnce({
      requestId: form('requestId'),
      contractorId: own.contractorId,
      subscriptionId: own.subscription.subscriptionId,
      undoLink,
      reason: null,
    });
    if (decision.ok) return c.redirect('/contract?done=reissued', 303);
    if (decision.code === 'not-found') return c.notFound();
    const t = myPageText(c.var.language);
    return renderPage(
      c,
      <Page c={c} operator={operator} title={t.reissue.title} nav="contract">
        <Notice kind="danger">{t.reissue.refused[decision.code]}</Notice>
        <LinkButton href="/contract">{t.back}</LinkButton>
      </Page>,
      decision.code === 'ended' ? 409 : 429,
    );
  });

  /** The subscription in the address, when it is the signed-in contractor's own; else nothing is there. */
  async function ownSubscription(c: WebContext) {
    const { session } = c.var;
    const contractorId = contractorOf(c);
    const owned = await deps.contractors.subscriptionsOf(runnerOf(deps.db), contractorId);
    const subscription = owned.find((each) => each.subscriptionId === c.req.param('id'));
    return subscription && session ? { subscription, contractorId, session } : undefined;
  }

  function showCode(c: WebContext, subscription: Subscription, code: string | null) {
    const { language } = c.var;
    const t = myPageText(language);
    const grouped = code?.match(/.{4}/g)?.join(' ') ?? '';
    return renderPage(
      c,
      <Page
        c={c}
        operator={operator}
        title={t.code.title}
        nav="contract"
        back={{ href: '/contract', label: t.contract.title }}
      >
        <p class="lead">{t.code.forWhom(subscription.userName)}</p>
        {code === null ? (
          <Notice kind="info">{t.code.missing}</Notice>
        ) : (
          <>
            <Card>
              <p>
                <Code code={code} />
              </p>
              <QrCode text={code} label={t.code.qrLabel} />
              <p>{t.code.lead}</p>
              <Actions>
                <LinkButton href={shareUrl(t.code.shareText(operator.name[language], subscription.userName, grouped))}>
                  {t.code.send}
                </LinkButton>
                <CopyButton text={grouped} language={language} />
              </Actions>
            </Card>
            <Notice kind="warning">{t.code.secret}</Notice>
          </>
        )}
      </Page>,
    );
  }

  return app;
}
