import type { Child } from 'hono/jsx';
import type { WebContext } from '../../infra/http/web-env.ts';
import { Button, ErrorSummary, Field, Form, renderPage } from '../../infra/ui/components.tsx';
import { type ConsoleFrame, ConsolePage } from './console-page.tsx';

/** A page of the console that asks for a reason before something is done. */
export interface ReasonPage {
  readonly staff: ConsoleFrame;
  readonly title: string;
  readonly at: string;
  readonly back: { readonly href: string; readonly label: string };
  /** What it is about. */
  readonly about: Child;
  readonly reason: {
    readonly label: string;
    readonly hint: string;
    /** What had been typed, and why it is not done. */
    readonly typed?: string | undefined;
    readonly error?: string | undefined;
  };
  /** What else is asked. */
  readonly more?: Child;
  readonly submit: string;
  readonly isDangerous?: boolean;
  /** What comes back is a file, and the page stays. */
  readonly isAnsweredWithFile?: boolean;
  /** Makes a double tap one request. */
  readonly requestId?: string;
}

/** Answers with that page, whose form is posted to its own address; with 422 where something is wrong. */
export function reasonPage(c: WebContext, page: ReasonPage) {
  const { label, hint, typed, error } = page.reason;
  return renderPage(
    c,
    <ConsolePage
      c={c}
      staff={page.staff}
      title={page.title}
      at={page.at}
      back={page.back}
      hasErrors={error !== undefined}
    >
      <ErrorSummary language={c.var.language} errors={error === undefined ? [] : [{ field: 'reason', text: error }]} />
      {page.about}
      <Form
        action={c.req.path}
        isAnsweredWithFile={page.isAnsweredWithFile}
        {...(page.requestId === undefined ? {} : { requestId: page.requestId })}
      >
        <Field name="reason" label={label} hint={hint} value={typed} error={error} maxlength={500} />
        {page.more}
        <Button {...(page.isDangerous ? { kind: 'danger' as const } : {})}>{page.submit}</Button>
      </Form>
    </ConsolePage>,
    error === undefined ? 200 : 422,
  );
}
