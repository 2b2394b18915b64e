import type { Child } from 'hono/jsx';
import type { WebContext } from '../../../infra/http/web-env.ts';
import { Button, Card, ErrorSummary, Field, Form, renderPage, SummaryList } from '../../../infra/ui/components.tsx';
import { ConsolePage, type Staff } from '../../staff/index.ts';
import { messagesText } from './text.ts';

/** One entry of the list, and the reason that is asked before it is tried once more. @param page.typed what was no reason. */
export function reasonPage(
  c: WebContext,
  page: {
    staff: Staff;
    list: string;
    title: string;
    rows: readonly { term: string; value: Child }[];
    lead: string;
    hint: string;
    submit: string;
    typed?: string | undefined;
  },
) {
  const { language } = c.var;
  const t = messagesText(language);
  const error = page.typed === undefined ? undefined : t.page.missing;
  return renderPage(
    c,
    <ConsolePage
      c={c}
      staff={page.staff}
      title={page.title}
      at="messages"
      back={{ href: page.list, label: t.title }}
      hasErrors={error !== undefined}
    >
      <ErrorSummary language={language} errors={error === undefined ? [] : [{ field: 'reason', text: error }]} />
      <Card>
        <SummaryList rows={page.rows} />
      </Card>
      <p class="lead">{page.lead}</p>
      <Form action={c.req.path}>
        <Field name="reason" label={t.page.reason} hint={page.hint} value={page.typed} error={error} maxlength={500} />
        <Button>{page.submit}</Button>
      </Form>
    </ConsolePage>,
    error === undefined ? 200 : 422,
  );
}
