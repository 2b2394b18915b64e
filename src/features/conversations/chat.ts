import { isId } from '../../base/ids.ts';
import type { Message, TalkContext, TalkHandler } from '../../infra/line/talk.ts';
import type { ConversationMessages } from './messages.ts';
import type { PersonActions } from './person-actions.ts';
import { asksForStaff } from './rules/asking.ts';
import { ASK, RECORDS } from './rules/words.ts';

/** Asking for somebody, leaving a message, giving up, ending, saying how it was, and the way to one's own transcripts. */
export function createConversationTalk(actions: PersonActions, say: ConversationMessages): TalkHandler {
  async function ask(context: TalkContext): Promise<Message[]> {
    const { language } = context;
    const asked = await actions.ask(context);
    if (!asked.ok) return [say.refused(language, asked.code, actions.opening(context.now))];
    switch (asked.value.state) {
      case 'waiting':
        return [say.inQueue(language, asked.value.place)];
      case 'open':
        return [say.connected(language)];
      case 'leaving':
        return [say.leaveNow(language)];
      case 'ended':
        return [say.stopped(language)];
      case 'left':
        return [say.messageWaits(language)];
    }
  }

  async function leave(context: TalkContext): Promise<Message[]> {
    const begun = await actions.beginMessage(context);
    const { language } = context;
    switch (begun) {
      case 'begun':
        return [say.leaveNow(language)];
      case 'connected':
        return [say.connected(language)];
      case 'full':
        return [say.messageFull(language)];
    }
  }

  async function finish(context: TalkContext): Promise<Message[]> {
    const { language } = context;
    switch (await actions.finishMessage(context)) {
      case 'kept':
        return [say.messageKept(language)];
      case 'connected':
        return [say.connected(language)];
      case 'nothing-said':
        return [say.leaveNow(language)];
    }
  }

  async function rate(context: TalkContext, params: URLSearchParams): Promise<Message[]> {
    const face = ([1, 2, 3] as const).find((each) => String(each) === params.get('face'));
    const conversationId = params.get('conversation') ?? '';
    if (face !== undefined && isId(conversationId)) await actions.rate(context, { conversationId, face });
    return [say.thanks(context.language)];
  }

  return {
    name: 'conversations',
    words: RECORDS,
    meaning: (text) => (asksForStaff(text) ? ASK : null),
    async hear(context, heard) {
      const { language } = context;
      if (heard.kind === 'word') return RECORDS.includes(heard.word) ? [say.records(language)] : ask(context);
      switch (heard.action) {
        case 'leave':
          return leave(context);
        case 'finish-message':
          return finish(context);
        case 'cancel':
          await actions.giveUp(context, 'waiting');
          return [say.stopped(language)];
        case 'drop-message':
          await actions.giveUp(context, 'leaving');
          return [say.messageDropped(language)];
        case 'end':
          return (await actions.end(context)) ? [] : [say.stopped(language)];
        case 'rate':
          return rate(context, heard.params);
        case 'records':
          return [say.records(language)];
        default:
          return ask(context);
      }
    },
  };
}
