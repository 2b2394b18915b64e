/** Where a conversation stands. */
export const conversationStates = ['waiting', 'open', 'leaving', 'left', 'closed'] as const;

/**
 * `waiting` in the queue → `open`: a member of staff has it → `closed`. Who cannot be served now leaves a message: `leaving`
 * while it is written → `left` until somebody takes it → `open` → `closed`.
 */
export type ConversationState = (typeof conversationStates)[number];

/** Who ended it: staff, the person (also by giving up waiting), silence, or nothing was said in the message left. */
export type ClosedBecause = 'staff' | 'person' | 'silence' | 'nothing-said';
