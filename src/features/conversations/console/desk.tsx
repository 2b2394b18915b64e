import type { Child } from 'hono/jsx';
import type { WebContext } from '../../../infra/http/web-env.ts';
import { LivePart } from '../../../infra/live/parts.tsx';
import { Button, ErrorSummary } from '../../../infra/ui/components.tsx';
import type { StaffMember } from '../../staff/index.ts';
import type { Conversation } from '../store.ts';
import type { Tried } from './acting.ts';
import { cannedFor } from './canned.ts';
import type { InboxDeps } from './deps.ts';
import { ActForm, CannedAnswers, Fold, Reply, Whom, Words } from './desk-forms.tsx';
import { INBOX } from './list.tsx';
import { inboxText } from './text.ts';

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
    const canned = isMine ? await cannedFor(c, deps, of) : [];
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
        {isMine ? <Reply {...{ c, of, tried, canned }} /> : null}
        <div class="desk-more">
          {canned.length > 0 ? (
            <Fold id="fold-canned" title={t.desk.canned} isOpen={false}>
              <CannedAnswers of={of} canned={canned} />
            </Fold>
          ) : null}
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
