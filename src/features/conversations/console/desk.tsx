import type { Child } from 'hono/jsx';
import { newId } from '../../../base/ids.ts';
import type { WebContext } from '../../../infra/http/web-env.ts';
import { LivePart } from '../../../infra/live/parts.tsx';
import { Button, ErrorSummary } from '../../../infra/ui/components.tsx';
import type { StaffMember } from '../../staff/index.ts';
import type { ActRefusal } from '../staff-actions.ts';
import type { Conversation } from '../store.ts';
import type { Canned } from './canned.ts';
import { cannedFor } from './canned.ts';
import type { InboxDeps } from './deps.ts';
import { INBOX } from './list.tsx';
import { inboxText } from './text.ts';

/** What somebody tried and was refused, to be shown with what they had typed. */
export interface Tried {
  readonly act: string;
  readonly code: ActRefusal;
  readonly text: string;
  readonly to: string;
}

interface DeskProps {
  readonly c: WebContext;
  readonly deps: InboxDeps;
  readonly of: Conversation;
  readonly tried?: Tried | undefined;
}

/** What can be done with a conversation, by whoever looks at it; follows what others do with it. */
export async function Desk({ c, deps, of, tried }: DeskProps) {
  const { language } = c.var;
  const t = inboxText(language);
  const { conversationId, staffId } = of;
  const me = deps.staff.signedIn(c);
  const has = staffId === null ? '' : ((await deps.staff.namesOf([staffId])).get(staffId) ?? '');
  const error = tried && { field: tried.act, text: t.refusals[tried.code] };
  return (
    <LivePart id="desk" src={`${INBOX}/${conversationId}/desk`} when={`conversation:${conversationId}`}>
      <section class="desk" aria-labelledby="desk-title">
        <h2 id="desk-title" class="visually-hidden">
          {t.desk.title}
        </h2>
        <ErrorSummary errors={error ? [error] : []} language={language} />
        {me.role === 'auditor' ? <p class="desk-state">{state(of, has, me, language)}</p> : await acts()}
      </section>
    </LivePart>
  );

  async function acts(): Promise<Child> {
    const isMine = of.state === 'open' && staffId === me.staffId;
    const decides = me.role === 'supervisor' || me.role === 'admin';
    const isFree = of.state === 'waiting' || of.state === 'left';
    const others = (await deps.staff.colleagues()).filter(
      ({ role, staffId: other }) => role !== 'auditor' && other !== staffId && (isMine ? other !== me.staffId : true),
    );
    return (
      <>
        {isMine ? null : <p class="desk-state">{state(of, has, me, language)}</p>}
        {isFree ? (
          <ActForm of={of} act="take">
            <Button>{t.desk.take}</Button>
          </ActForm>
        ) : null}
        {isMine ? <Reply {...{ c, of, tried }} canned={await cannedFor(c, deps, of)} /> : null}
        <div class="desk-more">
          <Fold id="fold-note" title={t.desk.note} isOpen={tried?.act === 'note'}>
            <ActForm of={of} act="note">
              <Words
                id="note"
                label={t.desk.note}
                hint={t.desk.noteHint}
                value={tried?.act === 'note' ? tried.text : ''}
              />
              <Button kind="secondary">{t.desk.saveNote}</Button>
            </ActForm>
          </Fold>
          {of.state === 'open' && (isMine || decides) ? (
            <Fold id="fold-hand-over" title={t.desk.handOver} isOpen={tried?.act === 'hand-over'}>
              <ActForm of={of} act="hand-over">
                <Whom label={t.desk.to} others={others} more={{ value: 'queue', label: t.desk.queue }} />
                <Words id="hand-over-note" label={t.desk.withNote} hint={t.desk.noteHint} value="" />
                <Button kind="secondary">{t.desk.doHandOver}</Button>
              </ActForm>
            </Fold>
          ) : null}
          {isFree && decides ? (
            <Fold id="fold-assign" title={t.desk.assign} isOpen={tried?.act === 'assign'}>
              <ActForm of={of} act="assign">
                <Whom label={t.desk.to} others={others} />
                <Button kind="secondary">{t.desk.doAssign}</Button>
              </ActForm>
            </Fold>
          ) : null}
          {isFree || (of.state === 'open' && (isMine || decides)) ? (
            <Fold id="fold-close" title={t.desk.close} isOpen={tried?.act === 'close'}>
              <ActForm of={of} act="close">
                <input type="hidden" name="seenVersion" value={String(of.version)} />
                <p class="muted">{t.desk.closeLead}</p>
                <Button kind="secondary">{t.desk.doClose}</Button>
              </ActForm>
            </Fold>
          ) : null}
        </div>
      </>
    );
  }
}

function state(of: Conversation, has: string, me: StaffMember, language: 'ja' | 'en'): string {
  const t = inboxText(language).desk;
  switch (of.state) {
    case 'waiting':
      return t.waiting;
    case 'left':
      return t.left;
    case 'leaving':
      return t.leaving;
    case 'open':
      return t.othersHave(of.staffId === me.staffId ? me.name : has);
    case 'closed':
      return t.isClosed;
  }
}

/** A form of one act. Its request id stays while it stands, so that sending it again is the same request. */
function ActForm({ of, act, children }: { of: Conversation; act: string; children?: Child }) {
  return (
    <form method="post" action={`${INBOX}/${of.conversationId}`} id={`form-${act}`} novalidate data-live>
      <input type="hidden" name="act" value={act} />
      <input type="hidden" name="requestId" id={`request-${act}`} value={newId()} data-keep />
      {children}
    </form>
  );
}

function Fold({ id, title, isOpen, children }: { id: string; title: string; isOpen: boolean; children?: Child }) {
  return (
    <details id={id} open={isOpen} name="desk">
      <summary>{title}</summary>
      {children}
    </details>
  );
}

function Words({ id, label, hint, value }: { id: string; label: string; hint: string; value: string }) {
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

function Whom(props: {
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

/** The box to type in, with what is often said. */
function Reply(props: { c: WebContext; of: Conversation; tried: Tried | undefined; canned: readonly Canned[] }) {
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
      {canned.length > 0 ? (
        <details id="fold-canned" class="canned">
          <summary>{t.canned}</summary>
          <form method="get" action={`${INBOX}/${of.conversationId}`}>
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
        </details>
      ) : null}
    </>
  );
}
