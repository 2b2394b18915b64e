import type { Hono } from 'hono';
import { runnerOf } from '../../infra/db/index.ts';
import type { WebEnv } from '../../infra/http/web-env.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import type { StaffEars } from '../../infra/line/hearing/ears.ts';
import type { SentMessages } from '../../infra/line/outbox/sender.ts';
import type { TalkHandler } from '../../infra/line/talk.ts';
import { createConversationTalk } from './chat.ts';
import type { ConversationDeps } from './deps.ts';
import { createConversationEars } from './hear.ts';
import { conversationJobs } from './jobs.ts';
import { createConversationMessages } from './messages.ts';
import { conversationPages } from './pages.tsx';
import { createPersonActions } from './person-actions.ts';
import { noteSent } from './saying.ts';
import { createStaffActions, type StaffActions } from './staff-actions.ts';
import { tellSettled } from './talk-store.ts';

export type { PersonBeside } from './console/deps.ts';
export { inboxConsole, inboxEntry } from './console/index.tsx';
export { measuresConsole, measuresEntry } from './console/measures-page.tsx';
export { conversationsDiscloser } from './disclose-store.ts';
export { fetchPictures } from './pictures/fetching.ts';

export interface Conversations {
  readonly talk: TalkHandler;
  /** What the official account tells of people who are in a conversation. */
  readonly ears: StaffEars;
  /** What staff do; each page of the console goes through these. */
  readonly staff: StaffActions;
  readonly jobs: readonly Job[];
  /** The person's own transcripts. */
  pages(): Hono<WebEnv>;
  /** What leaves for a person who is in a conversation becomes part of it, whoever says it. */
  noteSent(sent: SentMessages): Promise<void>;
  /** Whether it arrived is known: whoever looks at the conversation is told. */
  noteSettled(outboxId: string): Promise<void>;
}

/** Conversations with staff: the queue, who has which, what was said. */
export function createConversations(deps: ConversationDeps): Conversations {
  const messages = createConversationMessages(deps);
  const actions = createPersonActions(deps, messages);
  return {
    talk: createConversationTalk(actions, messages),
    ears: createConversationEars(deps, actions, messages),
    staff: createStaffActions(deps, messages),
    jobs: conversationJobs(deps, messages),
    pages: () => conversationPages(deps),
    noteSent: (sent) => noteSent(deps.db, sent),
    noteSettled: (outboxId) => tellSettled(runnerOf(deps.db), outboxId),
  };
}
