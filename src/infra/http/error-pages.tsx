import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Operator } from '../../base/operator.ts';
import { LinkButton } from '../ui/components/button.tsx';
import { Page, renderPage } from '../ui/layout.tsx';
import { errorText } from '../ui/text.ts';
import { isMachinePath } from './machine-path.ts';
import { problem } from './problem.ts';
import type { WebContext } from './web-env.ts';

export type ErrorKind = 'not-found' | 'forbidden' | 'bad-request' | 'too-large' | 'busy' | 'failed';

const STATUS: Record<ErrorKind, { status: ContentfulStatusCode; title: string }> = {
  'bad-request': { status: 400, title: 'The request cannot be understood' },
  forbidden: { status: 403, title: 'The request was not sent from this site' },
  'not-found': { status: 404, title: 'Nothing is here' },
  'too-large': { status: 413, title: 'The request is too large' },
  failed: { status: 500, title: 'Something went wrong on our side' },
  busy: { status: 503, title: 'Too busy right now' },
};

/** A failure in the asker's form: problem details for a machine, a calm page with a way on for a person. */
export function answerError(c: WebContext, operator: Operator, kind: ErrorKind): Response | Promise<Response> {
  const { status, title } = STATUS[kind];
  if (kind === 'busy') c.header('retry-after', '5');
  if (isMachinePath(c.req.path)) return problem(c, status, kind, title);
  const t = errorText(c.var.language);
  const text = t[kind];
  return renderPage(
    c,
    <Page c={c} operator={operator} title={text.title}>
      <p class="lead">{text.body}</p>
      {kind === 'failed' ? <p class="muted">{t.reference(c.var.requestId)}</p> : null}
      <LinkButton href={/^\/console(\/|$)/.test(c.req.path) ? '/console' : '/'}>{t.home}</LinkButton>
    </Page>,
    status,
  );
}
