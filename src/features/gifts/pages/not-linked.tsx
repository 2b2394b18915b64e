import type { Operator } from '../../../base/operator.ts';
import type { WebContext } from '../../../infra/http/web-env.ts';
import { Card, LinkButton, Page } from '../../../infra/ui/components.tsx';
import { text } from '../text.ts';
import { pageText } from './text.ts';

/** The official account's talk, or its "add" button for those who are not friends yet. */
export function talkUrl(operator: Operator): string {
  return `https://line.me/R/ti/p/${encodeURIComponent(operator.officialAccount.basicId)}`;
}

/** For somebody who is linked to nothing: which link, why, and how. */
export function NotLinked({ c, operator }: { c: WebContext; operator: Operator }) {
  const { language } = c.var;
  return (
    <Page c={c} operator={operator} title={text.notLinkedTitle[language]()} nav="gifts">
      <p>{text.notLinkedWhy[language]()}</p>
      <LinkButton href={talkUrl(operator)}>{pageText.openTalk[language]()}</LinkButton>
    </Page>
  );
}

/** The same beside a gift that waits. */
export function LinkFirst({ c, operator }: { c: WebContext; operator: Operator }) {
  const { language } = c.var;
  return (
    <Card title={pageText.needLink[language]()}>
      <p>{pageText.needLinkHow[language]()}</p>
      <LinkButton href={talkUrl(operator)}>{pageText.openTalk[language]()}</LinkButton>
    </Card>
  );
}
