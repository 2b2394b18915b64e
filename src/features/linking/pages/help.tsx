import type { WebContext } from '../../../infra/http/web-env.ts';
import { Card, Page, renderPage } from '../../../infra/ui/components.tsx';
import type { LinkingDeps } from '../deps.ts';
import { linkCodeHelp } from '../help.ts';
import { pageText } from './text.ts';

/** 利用コードが使えないとき: every cause with its remedy, for somebody who has only the link page. */
export function helpPage(deps: LinkingDeps, c: WebContext): Response | Promise<Response> {
  const { language } = c.var;
  const t = pageText(language);
  return renderPage(
    c,
    <Page c={c} operator={deps.operator} title={t.helpTitle} back={{ href: '/link/user', label: t.userTitle }}>
      <p>{t.helpLead}</p>
      {linkCodeHelp(language).map((item) => (
        <Card title={item.cause}>
          <p>{item.remedy}</p>
        </Card>
      ))}
    </Page>,
  );
}
