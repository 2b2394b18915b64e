import type { Operator } from '../../../base/operator.ts';
import type { WebContext } from '../../../infra/http/web-env.ts';
import {
  Actions,
  AddFriend,
  Card,
  LineLoginButton,
  LinkButton,
  Page,
  renderPage,
} from '../../../infra/ui/components.tsx';
import { myPageText } from '../text.ts';

/** The top page for somebody not signed in: two ways in, and three ways to become a friend of the official account. */
export function showLanding(c: WebContext, operator: Operator): Response | Promise<Response> {
  const { language } = c.var;
  const t = myPageText(language).landing;
  return renderPage(
    c,
    <Page c={c} operator={operator} title={t.title}>
      <p class="lead">{t.lead}</p>
      <ul class="plain">
        {t.benefits.map((benefit) => (
          <li>{benefit}</li>
        ))}
      </ul>
      <Card title={t.signInTitle}>
        <Actions>
          <LineLoginButton href="/login/line" language={language} />
          <LinkButton kind="secondary" href="/login">
            {t.withPassword}
          </LinkButton>
        </Actions>
      </Card>
      <Card title={t.applyTitle}>
        <LinkButton kind="secondary" href="/apply">
          {t.apply}
        </LinkButton>
      </Card>
      <AddFriend operator={operator} language={language} title={t.addTitle}>
        <p>{t.addLead}</p>
      </AddFriend>
    </Page>,
  );
}
