import { fold } from '../../base/language.ts';
import { gathered, inTransaction, runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import type { SaidInTalk, StaffEars } from '../../infra/line/hearing/ears.ts';
import { forgetUnsent, isUnsent } from '../../infra/line/hearing/said.ts';
import type { Message } from '../../infra/line/talk.ts';
import type { Content } from './content.ts';
import type { ConversationDeps } from './deps.ts';
import { type Heard, readHeard } from './heard.ts';
import type { ConversationMessages } from './messages.ts';
import type { PersonActions } from './person-actions.ts';
import { asksForStaff } from './rules/asking.ts';
import { DONE, DROPPED } from './rules/words.ts';
import { closeBy } from './saying.ts';
import { type Conversation, insertMessage, lockConversation } from './store.ts';
import { findLive, findLives, savePersonSpoke, saveUnsent } from './talk-store.ts';
import { labelOf } from './transcript.ts';

/** Writes a person's words into the transcript of their conversation, each event once, in the order they were said. */
export function createConversationEars(
  deps: ConversationDeps,
  actions: PersonActions,
  say: ConversationMessages,
): StaffEars {
  const { clock } = deps;
  const liveOf = gathered((lineUserIds) => findLives(runnerOf(deps.talkDb), lineUserIds));

  async function hear(said: SaidInTalk): Promise<readonly Message[] | null> {
    const { db, lineUserId } = said;
    const live = await liveOf(lineUserId);
    // Handled a second time, the event that began it is still the bot's to answer.
    if (!live || !isListening(live.state) || live.begunByEvent === said.eventId) return null;
    const heard = readHeard(said.payload);
    if (!heard) return null;
    const state = await inTransaction(db, async (tx) => {
      const sql = runnerOf(tx);
      const conversation = await lockConversation(sql, live.conversationId);
      // It ended while this was on its way: the bot hears it.
      if (!conversation || !isListening(conversation.state)) return null;
      await note(sql, conversation, said, heard);
      return conversation.state;
    });
    if (state === null || heard.content.kind === 'button') return null;
    if (said.isStandby) return [];
    return answer(said, heard.content, { ...live, state });
  }

  async function note(
    sql: SqlRunner,
    { conversationId, state }: Conversation,
    said: SaidInTalk,
    heard: Heard,
  ): Promise<void> {
    const { lineUserId, occurredAt: at } = said;
    const { lineMessageId, readToken } = heard;
    let content = heard.content;
    if (content.kind === 'button') {
      content = {
        ...content,
        label: deps.menuLabelOf(content.data, said.language) ?? (await labelOf(sql, conversationId, content.data)),
      };
    } else if (lineMessageId !== null && (await isUnsent(sql, { lineUserId, lineMessageId }))) {
      content = { kind: 'unsent', was: content.kind };
    }
    await insertMessage(sql, {
      conversationId,
      at,
      author: 'person',
      content,
      webhookEventId: said.eventId,
      ...(lineMessageId === null ? {} : { lineMessageId }),
    });
    if (content.kind === 'button') return;
    // What is said back at once uses the token; else it is kept for staff.
    const isAnswered = state === 'leaving' || (state === 'waiting' && isAboutWaiting(content));
    await savePersonSpoke(sql, { conversationId, at, reply: isAnswered ? null : said.reply, readToken });
  }

  async function answer(
    said: SaidInTalk,
    content: Content,
    { conversationId, state }: Pick<Conversation, 'conversationId' | 'state'>,
  ): Promise<readonly Message[]> {
    const { language } = said;
    const word = wordIn(content);
    const person = { ...said, now: clock.now() };
    if (state === 'waiting' && DROPPED.includes(word)) {
      await actions.giveUp(person, 'waiting');
      return [say.stopped(language)];
    }
    if (state === 'waiting' && isAsking(content)) {
      const asked = await actions.ask(person);
      return asked.ok && asked.value.state === 'waiting' ? [say.inQueue(language, asked.value.place)] : [];
    }
    if (state !== 'leaving') return [];
    if (DROPPED.includes(word)) {
      await actions.giveUp(person, 'leaving');
      return [say.messageDropped(language)];
    }
    if (!DONE.includes(word)) {
      return [(await actions.finishIfFull(person, conversationId)) ? say.messageFull(language) : say.goOn(language)];
    }
    return (await actions.finishMessage(person)) === 'kept' ? [say.messageKept(language)] : [say.leaveNow(language)];
  }

  return {
    hear,
    async unsent(sql, unsent) {
      await forgetUnsent(sql, unsent);
      await saveUnsent(sql, { ...unsent, at: clock.now() });
    },
    async blocked(sql, lineUserId) {
      const live = await findLive(sql, lineUserId);
      const conversation = live && (await lockConversation(sql, live.conversationId));
      if (!conversation) return;
      const { conversationId, state } = conversation;
      if (state === 'waiting' || state === 'leaving') return closeBy(sql, clock.now(), conversation, 'person');
      const content = { kind: 'happened', what: 'blocked' } as const;
      await insertMessage(sql, { conversationId, at: clock.now(), author: 'system', content });
    },
  };
}

/** While a message that was left waits, the bot answers: staff may be hours away. */
const isListening = (state: Conversation['state']) => state === 'waiting' || state === 'open' || state === 'leaving';

/** A text that may be one of the words listened for, folded. */
const wordIn = (content: Content) => (content.kind === 'text' ? fold(content.text).replace(/[。.!！]+$/u, '') : '');

/** While waiting these are meant for the bot: asking again tells the place. */
const isAboutWaiting = (content: Content) => DROPPED.includes(wordIn(content)) || isAsking(content);

const isAsking = (content: Content) => content.kind === 'text' && asksForStaff(content.text);
