import type { Temporal } from 'temporal-polyfill';
import { inTransaction, runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import { inPortions } from '../../infra/jobs/portions.ts';
import type { ConversationDeps } from './deps.ts';
import type { ConversationMessages } from './messages.ts';
import { type Due, dueOf } from './rules/due.ts';
import { lastClosing, openingAt } from './rules/hours.ts';
import { isWorthTelling } from './rules/queue.ts';
import { closeBy, say, tellClosed } from './saying.ts';
import { type Conversation, insertMessage, loadLiving, lockConversation, saveChange } from './store.ts';
import { deleteClosedBefore, loadQueue, saveTold } from './talk-store.ts';

const PORTION = 500;

/** What time makes of conversations, and what those who wait are told. */
export function conversationJobs(deps: ConversationDeps, messages: ConversationMessages): readonly Job[] {
  const { db, operator } = deps;
  const settings = operator.conversations;

  /** Looked at without a lock first: of many that live few are due. */
  async function settle(now: Temporal.Instant, stopping: AbortSignal | undefined): Promise<number> {
    const isOpen = openingAt(settings, operator.timeZone, now).isOpen;
    const closedSince = isOpen ? null : lastClosing(settings, operator.timeZone, now);
    const dueNow = (conversation: Conversation) =>
      dueOf({ ...conversation, closedSince, silence: settings.silence }, now);
    let done = 0;
    for (const { conversationId } of (await loadLiving(runnerOf(db))).filter((each) => dueNow(each) !== 'nothing')) {
      stopping?.throwIfAborted();
      await inTransaction(db, async (tx) => {
        const sql = runnerOf(tx);
        const conversation = await lockConversation(sql, conversationId);
        const due = conversation ? dueNow(conversation) : 'nothing';
        if (!conversation || due === 'nothing') return;
        await doDue(sql, now, conversation, due);
        done += 1;
      });
    }
    return done;
  }

  async function doDue(
    sql: SqlRunner,
    now: Temporal.Instant,
    conversation: Conversation,
    due: Exclude<Due, 'nothing'>,
  ): Promise<void> {
    const { conversationId, language } = conversation;
    switch (due) {
      case 'warn':
        await say(sql, now, conversation, [messages.stillThere(language)]);
        return saveTold(sql, now, { conversationId, isWarned: true });
      case 'end':
        await closeBy(sql, now, conversation, 'silence');
        return tellClosed(sql, now, conversation, { because: 'silence', messages });
      case 'end-quietly':
        return closeBy(sql, now, conversation, 'silence');
      case 'nothing-said':
        return closeBy(sql, now, conversation, 'nothing-said');
      case 'becomes-message':
      case 'message-finished': {
        const content = { kind: 'happened', what: 'message-left' } as const;
        await insertMessage(sql, { conversationId, at: now, author: 'system', content });
        const isOurs = due === 'becomes-message';
        await say(sql, now, conversation, [isOurs ? messages.becameMessage(language) : messages.messageKept(language)]);
        await saveChange(sql, conversationId, { state: 'left', staffId: null });
        return;
      }
    }
  }

  /** Who has come nearer hears it, where it is worth a message. */
  async function tellPlaces(now: Temporal.Instant, stopping: AbortSignal | undefined): Promise<number> {
    let told = 0;
    for (const [index, waiting] of (await loadQueue(runnerOf(db))).entries()) {
      const position = index + 1;
      const { conversationId } = waiting;
      if (!isWorthTelling({ ...waiting, position, now })) continue;
      stopping?.throwIfAborted();
      await inTransaction(db, async (tx) => {
        const sql = runnerOf(tx);
        const conversation = await lockConversation(sql, conversationId);
        if (conversation?.state !== 'waiting') return;
        await say(sql, now, conversation, [messages.nearer(conversation.language, position)]);
        await saveTold(sql, now, { conversationId, position });
        told += 1;
      });
    }
    return told;
  }

  return [
    {
      name: 'conversations.due',
      everySeconds: 15,
      async run(now, stopping) {
        const done = (await settle(now, stopping)) + (await tellPlaces(now, stopping));
        if (done > 0) deps.onSent();
        return done;
      },
    },
    {
      name: 'conversations.retention',
      everySeconds: 3_600,
      run(now, stopping) {
        const before = now.subtract({ hours: settings.keptDays * 24 });
        return inPortions(PORTION, stopping, () => deleteClosedBefore(runnerOf(db), before, PORTION));
      },
    },
  ];
}
