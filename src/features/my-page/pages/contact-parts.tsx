import type { Child } from 'hono/jsx';
import { isId, newId } from '../../../base/ids.ts';
import type { Operator } from '../../../base/operator.ts';
import type { Form as PostedForm } from '../../../infra/http/form.ts';
import type { WebContext } from '../../../infra/http/web-env.ts';
import { ErrorSummary, type FieldError, Page, renderPage } from '../../../infra/ui/components.tsx';
import { myPageText } from '../text.ts';

/** The page around a form about who is reached how: what was refused on top, and the way back. */
export function contactPage(
  c: WebContext,
  operator: Operator,
  page: { title: string; errors: readonly FieldError[]; status?: 200 | 422 | 429; children: Child },
) {
  const { errors, status = errors.length > 0 ? 422 : 200 } = page;
  const back = { href: '/contract', label: myPageText(c.var.language).contract.title };
  return renderPage(
    c,
    <Page c={c} operator={operator} title={page.title} nav="contract" hasErrors={errors.length > 0} back={back}>
      <ErrorSummary errors={errors} language={c.var.language} />
      {page.children}
    </Page>,
    status,
  );
}

export function requestIdIn(form: PostedForm): string {
  const requestId = form('requestId');
  return isId(requestId) ? requestId : newId();
}

/** Behind `requireContractor` there always is one. */
export function contractorOf(c: WebContext): string {
  const contractorId = c.var.session?.contractorId;
  if (!contractorId) throw new Error('a contractor page without a contractor');
  return contractorId;
}
