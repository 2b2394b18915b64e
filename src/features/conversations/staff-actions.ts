import { isId, newId } from '../../base/ids.ts';
import { accept, type Decision, refuse } from '../../base/refusal.ts';
import { audit, inTransaction, runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import { enqueueMessages } from '../../infra/line/outbox/outbox.ts';
import type { StaffMember } from '../staff/index.ts';
import type { Happened } from './content.ts';
import type { ConversationDeps } from './deps.ts';
import { type ConversationMessages, staffReply } from './messages.ts';
import { type StaffAct, type StaffRefusal, staffRefusal } from './rules/staff-acts.ts';
import { say, tellClosed } from './saying.ts';
import { type Change, type Conversation, findRequest, insertMessage, lockConversation, saveChange } from './store.ts';
import { bringSince } from './transcript.ts';

/** Each is done once for a request id; another use of the same id is refused. */
interface Act {
  readonly conversationId: string;
  readonly by: StaffMember;
  readonly requestId: string;
}

export type ActRefusal = StaffRefusal | 'not-found' | 'request-id-reused';
export type Acted = Decision<{ readonly messageId: string }, ActRefusal>;

/** What staff do with conversations. Whoever gets the answer has the committed state; what people see is in the outbox. */
export interface StaffActions {
  /** Takes one out of the queue, or a message that was left. Of two at once one gets it. */
  take(act: Act): Promise<Acted>;
  /** A supervisor gives it to somebody, whoever had it. */
  assign(act: Act & { to: string }): Promise<Acted>;
  /** To a colleague, or (null) back to the queue, where it keeps its place. */
  handOver(act: Act & { to: string | null }): Promise<Acted>;
  /** Says something to the person: with the reply token while that is fresh, else as a push. */
  reply(act: Act & { text: string }): Promise<Acted>;
  /** Among staff; the person never sees it. */
  note(act: Act & { text: string }): Promise<Acted>;
  /** Ends it and asks the person how it was. With `seenVersion` not over words nobody has seen. */
  close(act: Act & { seenVersion?: number }): Promise<Acted>;
}

/** What the person is told a member of staff is called; undefined where they chose nothing. */
type PublicName = (member: StaffMember) => string | undefined;

/** What is written when an act is allowed. */
interface Deed {
  readonly change: Change;
  readonly content: Happened | { readonly kind: 'text' | 'note'; readonly text: string };
  /** What the person is sent; its outbox row's id stands in the transcript. */
  readonly send?: (tx: SqlRunner, outboxId: string) => Promise<void>;
  /** What the account says about it. */
  readonly tell?: (tx: SqlRunner) => Promise<void>;
}

/** The acts of staff on real conversations: lock, decide, save, tell, in one transaction each. */
export function createStaffActions(deps: ConversationDeps, messages: ConversationMessages): StaffActions {
  const { db, clock } = deps;

  /** Null is the queue, undefined nobody: no such account, or none named. */
  async function colleague(staffId: string | null | undefined): Promise<StaffMember | null | undefined> {
    return staffId
      ? (await deps.colleagues()).find((each) => each.staffId === staffId)
      : staffId === null
        ? null
        : undefined;
  }

  async function act(
    kind: StaffAct,
    given: Act & { to?: string | null; text?: string; seenVersion?: number },
    deed: (conversation: Conversation, to: StaffMember | null | undefined, publicName: PublicName) => Deed,
  ): Promise<Acted> {
    const { conversationId, by, requestId, seenVersion } = given;
    if (!isId(conversationId)) return refuse('not-found');
    const to = await colleague(given.to);
    const names = await deps.publicNamesOf([by.staffId, ...(to ? [to.staffId] : [])]);
    const done = await inTransaction(db, async (tx): Promise<Acted> => {
      const sql = runnerOf(tx);
      const conversation = await lockConversation(sql, conversationId);
      if (!conversation) return refuse('not-found');
      const before = await findRequest(sql, requestId);
      if (before) {
        const isSame = before.conversationId === conversationId && before.staffId === by.staffId;
        return isSame ? accept({ messageId: before.messageId }) : refuse('request-id-reused');
      }
      const text = given.text?.trim();
      const refused = staffRefusal({
        act: kind,
        conversation,
        by,
        to,
        ...(text === undefined ? {} : { text }),
        ...(seenVersion === undefined ? {} : { seenVersion }),
      });
      if (refused) return refuse(refused);

      const now = clock.now();
      if (conversation.state === 'left' && kind !== 'note') await bringMeanwhile(sql, conversation);
      const { change, content, send, tell } = deed(conversation, to, ({ staffId }) => names.get(staffId));
      const outboxId = send ? newId() : undefined;
      const messageId = await insertMessage(sql, {
        conversationId,
        at: now,
        author: content.kind === 'text' || content.kind === 'note' ? 'staff' : 'system',
        staffId: by.staffId,
        content,
        requestId,
        ...(outboxId ? { outboxId } : {}),
      });
      await saveChange(sql, conversationId, change);
      if (send && outboxId) await send(sql, outboxId);
      await tell?.(sql);
      await audit(sql, now, {
        actor: { kind: 'staff', id: by.staffId },
        action: `conversations.${DEEDS[kind]}`,
        detail: { conversationId, ...(to ? { to: to.staffId } : {}) },
      });
      return accept({ messageId });
    });
    if (done.ok) deps.onSent();
    return done;
  }

  /** What the person asked the bot since they left their message: whoever takes it reads that too. */
  function bringMeanwhile(sql: SqlRunner, conversation: Conversation): Promise<void> {
    const { conversationId, lineUserId, language, personSpokeAt, askedAt } = conversation;
    const menuLabelOf = (data: string) => deps.menuLabelOf(data, language);
    return bringSince(sql, personSpokeAt ?? askedAt, { conversationId, lineUserId, menuLabelOf });
  }

  /** Who waits in the talk hears who is there now; who left a message gets the reply itself. */
  function arrival(
    conversation: Conversation,
    to: StaffMember | null | undefined,
    publicName: PublicName,
  ): (tx: SqlRunner) => Promise<void> {
    return async (tx) => {
      const { state, origin, staffId, language, canReceive } = conversation;
      if (!to || origin === 'message' || state === 'left' || staffId === to.staffId || !canReceive) return;
      const name = publicName(to);
      const said = staffId === null ? messages.taken(language, name) : messages.takenOver(language, name);
      await say(tx, clock.now(), conversation, [said]);
    };
  }

  /** Who is in front of the talk hears that it goes on. */
  function backInQueue(conversation: Conversation): (tx: SqlRunner) => Promise<void> {
    return async (tx) => {
      const { state, origin, language, canReceive } = conversation;
      if (state !== 'open' || origin === 'message' || !canReceive) return;
      await say(tx, clock.now(), conversation, [messages.backToQueue(language)]);
    };
  }

  return {
    take: (given) =>
      act('take', given, (conversation, _, publicName) => ({
        change: { state: 'open', staffId: given.by.staffId, takenAt: clock.now() },
        content: { kind: 'happened', what: 'taken' },
        tell: arrival(conversation, given.by, publicName),
      })),
    assign: (given) =>
      act('assign', given, (conversation, to, publicName) => ({
        change: { state: 'open', staffId: given.to, takenAt: clock.now() },
        content: { kind: 'happened', what: 'assigned', detail: given.to },
        tell: arrival(conversation, to, publicName),
      })),
    handOver: (given) =>
      act('hand-over', given, (conversation, to, publicName) =>
        given.to === null
          ? {
              change: { state: conversation.origin === 'message' ? 'left' : 'waiting', staffId: null },
              content: { kind: 'happened', what: 'back-to-queue' },
              tell: backInQueue(conversation),
            }
          : {
              change: { state: 'open', staffId: given.to, takenAt: clock.now() },
              content: { kind: 'happened', what: 'handed-over', detail: given.to },
              tell: arrival(conversation, to, publicName),
            },
      ),
    reply: (given) =>
      act('reply', given, ({ conversationId, lineUserId, language, replyToken, replyUntil }, _, publicName) => ({
        change: { staffSpokeAt: clock.now(), isTokenUsed: true },
        content: { kind: 'text', text: given.text.trim() },
        send: (tx, outboxId) =>
          enqueueMessages(tx, clock.now(), [
            {
              outboxId,
              lineUserId,
              messages: [staffReply(given.text.trim(), publicName(given.by), language)],
              dedupeKey: `conversation:${conversationId}:${outboxId}`,
              ...(replyToken !== null && replyUntil !== null
                ? { reply: { token: replyToken, until: replyUntil } }
                : {}),
            },
          ]),
      })),
    note: (given) => act('note', given, () => ({ change: {}, content: { kind: 'note', text: given.text.trim() } })),
    close: (given) =>
      act('close', given, (conversation) => ({
        change: { state: 'closed', closed: { at: clock.now(), because: 'staff' } },
        content: { kind: 'happened', what: 'closed', detail: 'staff' },
        tell: (tx) => tellClosed(tx, clock.now(), conversation, { because: 'staff', messages }),
      })),
  };
}

/** As the audit log says it. */
const DEEDS = {
  take: 'taken',
  assign: 'assigned',
  'hand-over': 'handed-over',
  reply: 'replied',
  note: 'noted',
  close: 'closed',
} as const satisfies Record<StaffAct, string>;
