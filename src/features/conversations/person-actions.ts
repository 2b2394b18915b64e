import { newId } from '../../base/ids.ts';
import { accept, type Decision, refuse } from '../../base/refusal.ts';
import { audit, inTransaction, runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import type { TalkContext } from '../../infra/line/talk.ts';
import type { ConversationDeps } from './deps.ts';
import type { ConversationMessages } from './messages.ts';
import { type AskRefusal, askRefusal } from './rules/ask.ts';
import { type Opening, openingAt } from './rules/hours.ts';
import { isFull } from './rules/left-message.ts';
import { expectedMinutes } from './rules/queue.ts';
import { closeBy, tellClosed } from './saying.ts';
import { type Conversation, insertMessage, lockConversation, saveChange } from './store.ts';
import {
  countWaiting,
  findLive,
  hasMessageLeft,
  insertConversation,
  loadServed,
  loadWritten,
  lockQueue,
  positionOf,
  saveRating,
} from './talk-store.ts';
import { bringAlong } from './transcript.ts';

/** Those served in this time tell how long it takes now. */
const SERVED_HOURS = 2;

export interface Place {
  readonly position: number;
  /** Null where too few were served lately to tell. */
  readonly minutes: number | null;
}

/** What came of asking for staff. */
export type Asked = Decision<
  /** `ended`: the event was heard before, and what it began is over. */
  { readonly state: 'waiting'; readonly place: Place } | { readonly state: 'open' | 'leaving' | 'left' | 'ended' },
  AskRefusal
>;

type Person = Pick<TalkContext, 'db' | 'now' | 'eventId' | 'lineUserId' | 'language'>;

/** What a person does around a conversation. Each can be repeated for the same event. */
export function createPersonActions(deps: ConversationDeps, messages: ConversationMessages) {
  const { operator } = deps;
  const settings = operator.conversations;

  const opening = (now: TalkContext['now']): Opening => openingAt(settings, operator.timeZone, now);

  async function placeOf(sql: SqlRunner, now: TalkContext['now'], conversationId: string): Promise<Place> {
    const position = await positionOf(sql, conversationId);
    const served = await loadServed(sql, now.subtract({ hours: SERVED_HOURS }));
    return { position, minutes: expectedMinutes(served, position) };
  }

  /** Into the queue, with what was said before; who has a conversation keeps it. */
  function ask(person: Person): Promise<Asked> {
    return inTransaction(person.db, async (tx): Promise<Asked> => {
      const sql = runnerOf(tx);
      const { now, lineUserId } = person;
      await lockQueue(sql);
      const live = await findLive(sql, lineUserId);
      if (live?.state === 'waiting') {
        return accept({ state: 'waiting', place: await placeOf(sql, now, live.conversationId) });
      }
      if (live && live.state !== 'closed') return accept({ state: live.state });
      const waitingCount = await countWaiting(sql);
      const linkState = await deps.linkStateOf(sql, lineUserId);
      const { queueLimit } = settings;
      const refused = askRefusal({ linkState, isOpen: opening(now).isOpen, waitingCount, queueLimit });
      if (refused) return refuse(refused);
      const conversationId = await begin(sql, person, 'waiting', waitingCount + 1);
      if (conversationId === null) return accept({ state: 'ended' });
      return accept({ state: 'waiting', place: await placeOf(sql, now, conversationId) });
    });
  }

  async function begin(
    sql: SqlRunner,
    person: Person,
    state: 'waiting' | 'leaving',
    firstPosition: number | null,
  ): Promise<string | null> {
    const { now, eventId, lineUserId, language } = person;
    const conversationId = newId();
    const begun = { conversationId, lineUserId, state, language, eventId, at: now, firstPosition };
    if (!(await insertConversation(sql, begun))) return null;
    const menuLabelOf = (data: string) => deps.menuLabelOf(data, language);
    await bringAlong(sql, now, { conversationId, lineUserId, menuLabelOf });
    await happened(sql, person, conversationId, state === 'waiting' ? 'asked' : 'message-begun');
    return conversationId;
  }

  async function happened(
    sql: SqlRunner,
    { now, lineUserId }: Pick<Person, 'now' | 'lineUserId'>,
    conversationId: string,
    what: 'asked' | 'message-begun' | 'message-left' | 'rated',
    detail?: string,
  ): Promise<void> {
    const content = { kind: 'happened', what, ...(detail === undefined ? {} : { detail }) } as const;
    await insertMessage(sql, { conversationId, at: now, author: 'system', content });
    const actor = { kind: 'line-account', id: lineUserId } as const;
    await audit(sql, now, { actor, action: `conversations.${what}`, detail: { conversationId } });
  }

  /** The person's conversation, kept until the transaction ends, if it stands in one of these states. */
  async function lockLive(
    sql: SqlRunner,
    lineUserId: string,
    ...states: readonly Conversation['state'][]
  ): Promise<Conversation | null> {
    const live = await findLive(sql, lineUserId);
    const locked = live && (await lockConversation(sql, live.conversationId));
    return locked && states.includes(locked.state) ? locked : null;
  }

  /** Begins a message, or goes on with the one that was left, if that has room; not where staff are in the talk. */
  function beginMessage(person: Person): Promise<'begun' | 'connected' | 'full'> {
    return inTransaction(person.db, async (tx) => {
      const sql = runnerOf(tx);
      const live = await lockLive(sql, person.lineUserId, 'waiting', 'open', 'leaving', 'left');
      if (!live) await begin(sql, person, 'leaving', null);
      else if (live.state === 'open') return 'connected';
      else if (isFull(await loadWritten(sql, live.conversationId))) return 'full';
      else if (live.state !== 'leaving') {
        // Who waits and would rather leave a message keeps what they wrote.
        await saveChange(sql, live.conversationId, { state: 'leaving', writingSince: person.now });
        await happened(sql, person, live.conversationId, 'message-begun');
      }
      return 'begun';
    });
  }

  /** It is as long as it may get: then it is complete. Answers whether it is. */
  async function finishIfFull(person: Person, conversationId: string): Promise<boolean> {
    const isDone = isFull(await loadWritten(runnerOf(person.db), conversationId));
    return isDone && (await finishMessage(person)) === 'kept';
  }

  /** The message is complete. Answers whether there is one: nothing written is none, and staff may be there by now. */
  function finishMessage(person: Person): Promise<'kept' | 'nothing-said' | 'connected'> {
    return inTransaction(person.db, async (tx) => {
      const sql = runnerOf(tx);
      const live = await lockLive(sql, person.lineUserId, 'leaving', 'left', 'open');
      if (live?.state === 'left') return 'kept';
      if (live?.state === 'open') return 'connected';
      if (live?.state !== 'leaving' || live.personSpokeAt === null) return 'nothing-said';
      await saveChange(sql, live.conversationId, { state: 'left' });
      await happened(sql, person, live.conversationId, 'message-left');
      return 'kept';
    });
  }

  /** Gives up waiting, or the message being written. */
  function giveUp(person: Person, state: 'waiting' | 'leaving'): Promise<void> {
    return inTransaction(person.db, async (tx) => {
      const sql = runnerOf(tx);
      const live = await lockLive(sql, person.lineUserId, state);
      if (!live) return;
      // What was left before waits on.
      const isAddition = state === 'leaving' && (await hasMessageLeft(sql, live.conversationId));
      if (isAddition) await saveChange(sql, live.conversationId, { state: 'left' });
      else await closeBy(sql, person.now, live, 'person');
    });
  }

  /** Ends what staff have taken. Answers whether there was something to end. */
  function end(person: Person): Promise<boolean> {
    return inTransaction(person.db, async (tx) => {
      const sql = runnerOf(tx);
      const live = await lockLive(sql, person.lineUserId, 'open');
      if (!live) return false;
      await closeBy(sql, person.now, live, 'person');
      await tellClosed(sql, person.now, live, { because: 'person', messages });
      return true;
    });
  }

  /** How it was: once, and only of one's own. */
  function rate(person: Person, rating: { conversationId: string; face: 1 | 2 | 3 }): Promise<void> {
    return inTransaction(person.db, async (tx) => {
      const sql = runnerOf(tx);
      const { lineUserId, now } = person;
      const isNew = await saveRating(sql, now, { ...rating, lineUserId });
      if (isNew) await happened(sql, person, rating.conversationId, 'rated', String(rating.face));
    });
  }

  return { ask, opening, beginMessage, finishIfFull, finishMessage, giveUp, end, rate };
}

export type PersonActions = ReturnType<typeof createPersonActions>;
