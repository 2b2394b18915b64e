import type { Operator } from '../../base/operator.ts';
import { LinkButton } from '../ui/components/button.tsx';
import { Page, renderPage } from '../ui/layout.tsx';
import { errorText } from '../ui/text.ts';
import { type ErrorKind, FAILURES, RETRY_AFTER } from './failures.ts';
import { isMachinePath } from './machine-path.ts';
import { problem } from './problem.ts';
import type { WebContext } from './web-env.ts';

/** A failure in the asker's form: problem details for a machine, a calm page with a way on for a person. */
export function answerError(c: WebContext, operator: Operator, kind: ErrorKind): Response | Promise<Response> {
  const { status, title: toPrograms } = FAILURES[kind];
  if (kind === 'busy') c.header('retry-after', RETRY_AFTER);
  if (isMachinePath(c.req.path)) return problem(c, status, kind, toPrograms);
  const t = errorText(c.var.language);
  const { title, body } = t[kind];
  const says = (
    <>
      <p class="lead">{body}</p>
      {kind === 'failed' ? <p class="muted">{t.reference(c.var.requestId)}</p> : null}
      <LinkButton href={/^\/console(\/|$)/.test(c.req.path) ? '/console' : '/'}>{t.home}</LinkButton>
    </>
  );
  // A frame that asks the database may be what failed.
  const { errorFrame } = status < 500 ? c.var : {};
  const page = errorFrame ? (
    errorFrame({ title, children: says })
  ) : (
    <Page c={c} operator={operator} title={title}>
      {says}
    </Page>
  );
  return renderPage(c, page, status);
}
