import type { Temporal } from 'temporal-polyfill';
import type { Language } from '../../base/language.ts';
import { textArray } from '../../infra/db/array-text.ts';
import type { Discloser } from '../../infra/db/disclosure.ts';
import { readContent } from './content.ts';
import { recordOf } from './record.ts';
import type { TranscriptMessage } from './store.ts';

interface ConversationRow {
  readonly conversationId: string;
  readonly language: Language;
  readonly askedAt: Temporal.Instant;
}

/** Talks with staff of the contractor's own LINE accounts, as the person read them: without what staff wrote to one another. */
export const conversationsDiscloser: Discloser = {
  tables: ['conversation', 'conversation_message', 'conversation_picture'],
  keptBack: {},
  async disclose(sql, { ownAccounts }) {
    const accounts = [textArray(ownAccounts)];
    const OWN = `select conversation_id from conversation where line_user_id = any($1::text[])
      and closed_because is distinct from 'nothing-said'`;
    const found = await sql.query<ConversationRow>(
      `select conversation_id as "conversationId", language, origin, state, asked_at as "askedAt", closed_at as "closedAt",
         closed_because as "closedBecause", satisfaction as "satisfactionOf3"
       from conversation where conversation_id in (${OWN}) order by asked_at, conversation_id`,
      accounts,
    );
    const said = await sql.query<TranscriptMessage & { conversationId: string; content: unknown }>(
      `select m.conversation_id as "conversationId", m.message_id as "messageId", m.at, m.author, m.staff_id as "staffId", m.content,
         m.line_message_id as "lineMessageId", m.unsent_at as "unsentAt", o.state as delivery
       from conversation_message m left join outbox o using (outbox_id)
       where m.conversation_id in (${OWN}) order by m.at, m.position`,
      accounts,
    );
    const pictures = await sql.query<{ conversationId: string }>(
      `select conversation_id as "conversationId", line_message_id as "messageIdOfLine", state, width as "widthPixels",
         height as "heightPixels", octet_length(sealed) as "sizeBytes"
       from conversation_picture where conversation_id in (${OWN}) order by line_message_id`,
      accounts,
    );
    const saidIn = Map.groupBy(said, ({ conversationId }) => conversationId);
    const picturesIn = Map.groupBy(pictures, ({ conversationId }) => conversationId);
    const conversations = found.map((conversation) => {
      const { conversationId, ...about } = conversation;
      const transcript = (saidIn.get(conversationId) ?? []).map((message) => ({
        ...message,
        content: readContent(message.content),
      }));
      const lines = recordOf(transcript, {
        language: conversation.language,
        names: new Map(),
        account: '',
        pictures: new Map(),
      });
      return {
        ...about,
        messages: lines.map(({ at, by, text }) => ({ at, by, text })),
        pictures: (picturesIn.get(conversationId) ?? []).map(({ conversationId: _, ...picture }) => picture),
      };
    });
    return { conversationsWithStaff: conversations };
  },
};
