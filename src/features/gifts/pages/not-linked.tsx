import type { Operator } from '../../../base/operator.ts';
import type { WebContext } from '../../../infra/http/web-env.ts';
import { Card, LinkButton, Page } from '../../../infra/ui/components.tsx';
import { giftText } from '../text.ts';
import { pageText } from './text.ts';

/** The official account's talk, or its "add" button for those who are not friends yet. */
export function talkUrl(operator: Operator): string {
  return `https://line.me/R/ti/p/${encodeURIComponent(operator.officialAccount.basicId)}`;
}

/** For somebody who is linked to nothing: which link, why, and how. */
export function NotLinked({ c, operator }: { c: WebContext; operator: Operator }) {
  const { language } = c.var;
  const t = giftText(language);
  return (
    <Page c={c} operator={operator} title={t.notLinkedTitle} nav="gifts">
      <p>{t.notLinkedWhy}</p>
      <LinkButton href={talkUrl(operator)}>{pageText(language).openTalk}</LinkButton>
    </Page>
  );
}

/** The same beside a gift that waits. */
export function LinkFirst({ c, operator }: { c: WebContext; operator: Operator }) {
  const { language } = c.var;
  const t = pageText(language);
  return (
    <Card title={t.needLink}>
      <p>{t.needLinkHow}</p>
      <LinkButton href={talkUrl(operator)}>{t.openTalk}</LinkButton>
    </Card>
  );
}
