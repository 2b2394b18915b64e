import type { Child } from 'hono/jsx';
import { newId } from '../../../base/ids.ts';
import type { WebContext } from '../../../infra/http/web-env.ts';
import { Button } from '../../../infra/ui/components.tsx';
import type { StaffMember } from '../../staff/index.ts';
import type { Conversation } from '../store.ts';
import type { Tried } from './acting.ts';
import type { Canned } from './canned.ts';
import { INBOX } from './list.tsx';
import { inboxText } from './text.ts';

/** A form of one act. Its request id stays while it stands, so that sending it again is the same request. */
export function ActForm({ of, act, children }: { of: Conversation; act: string; children?: Child }) {
  return (
    <form method="post" action={`${INBOX}/${of.conversationId}`} id={`form-${act}`} novalidate data-live>
      <input type="hidden" name="act" value={act} />
      <input type="hidden" name="requestId" id={`request-${act}`} value={newId()} data-keep />
      {children}
    </form>
  );
}

export function Fold({
  id,
  title,
  isOpen,
  children,
}: {
  id: string;
  title: string;
  isOpen: boolean;
  children?: Child;
}) {
  return (
    <details id={id} open={isOpen} name="desk">
      <summary>{title}</summary>
      {children}
    </details>
  );
}

export function Words({ id, label, hint, value }: { id: string; label: string; hint: string; value: string }) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <p class="hint" id={`${id}-hint`}>
        {hint}
      </p>
      <textarea id={id} name="text" rows={2} maxlength={5_000} aria-describedby={`${id}-hint`} data-keep>
        {value}
      </textarea>
    </div>
  );
}

export function Whom(props: {
  label: string;
  others: readonly StaffMember[];
  more?: { readonly value: string; readonly label: string };
}) {
  return (
    <div class="field">
      <label for="to">{props.label}</label>
      <select id="to" name="to">
        {props.more ? <option value={props.more.value}>{props.more.label}</option> : null}
        {props.others.map(({ staffId, name }) => (
          <option value={staffId}>{name}</option>
        ))}
      </select>
    </div>
  );
}

/** The box to type in. */
export function Reply(props: { c: WebContext; of: Conversation; tried: Tried | undefined; canned: readonly Canned[] }) {
  const { c, of, tried, canned } = props;
  const t = inboxText(c.var.language).desk;
  const chosen = canned.find(({ code }) => code === c.req.query('canned'))?.text ?? '';
  return (
    <>
      {of.canReceive ? null : <p class="desk-state">{t.cannotReceive}</p>}
      <ActForm of={of} act="reply">
        <label for="reply" class="visually-hidden">
          {t.reply}
        </label>
        <textarea
          id="reply"
          name="text"
          rows={3}
          maxlength={5_000}
          lang={of.language}
          aria-describedby="reply-hint"
          data-keep
          data-draft
          data-send
          data-focus-first
        >
          {tried?.act === 'reply' ? tried.text : chosen}
        </textarea>
        <div class="desk-send">
          <p class="hint" id="reply-hint">
            {t.replyHint}
          </p>
          <Button>{t.send}</Button>
        </div>
      </ActForm>
    </>
  );
}

/** What is often said, ready to be put into the box; without a script the page comes with it typed. */
export function CannedAnswers({ of, canned }: { of: Conversation; canned: readonly Canned[] }) {
  return (
    <form method="get" action={`${INBOX}/${of.conversationId}`} class="canned">
      <ul>
        {canned.map(({ code, title, text }) => (
          <li>
            <button type="submit" name="canned" value={code} data-insert={text} aria-controls="reply">
              <b>{title}</b> <span>{text}</span>
            </button>
          </li>
        ))}
      </ul>
    </form>
  );
}
