import type { Child } from 'hono/jsx';
import { Actions, Button, LinkButton } from './components/button.tsx';
import { Form } from './components/form.tsx';
import { Page, type PageProps } from './layout.tsx';
import { uiText } from './text.ts';

export interface ConfirmPageProps extends PageProps {
  /** Where the yes is posted. */
  action: string;
  /** What the yes does: 「連携を解除する」. */
  confirmLabel: string;
  cancelHref: string;
  isDangerous?: boolean;
  /** What will be lost, said before it is. */
  loses?: readonly string[];
  /** Over that list, where it is not about losing. */
  losesTitle?: string;
  requestId?: string;
  /** More fields of the form, before its buttons. */
  fields?: Child;
}

/** Asks before something is done: what, what is lost, yes, no. */
export function ConfirmPage(props: ConfirmPageProps) {
  const t = uiText(props.c.var.language);
  return (
    <Page {...props}>
      {props.children}
      {props.loses && props.loses.length > 0 ? (
        <div class="card">
          <h2>{props.losesTitle ?? t.whatIsLost}</h2>
          <ul class="plain">
            {props.loses.map((loss) => (
              <li>{loss}</li>
            ))}
          </ul>
        </div>
      ) : null}
      <Form action={props.action} {...(props.requestId ? { requestId: props.requestId } : {})}>
        {props.fields}
        <Actions>
          <Button kind={props.isDangerous ? 'danger' : 'primary'}>{props.confirmLabel}</Button>
          <LinkButton kind="quiet" href={props.cancelHref}>
            {t.cancel}
          </LinkButton>
        </Actions>
      </Form>
    </Page>
  );
}
