import type { ConversationDeps } from './deps.ts';
import { createStaffActions, type StaffActions } from './staff-actions.ts';

export interface Conversations {
  /** What staff do; each page of the console goes through these. */
  readonly staff: StaffActions;
}

/** Conversations with staff: the queue, who has which, what was said. */
export function createConversations(deps: ConversationDeps): Conversations {
  return { staff: createStaffActions(deps) };
}
