import { firstBroken, type Rule } from '../../../base/refusal.ts';
import type { ConversationState } from './state.ts';

/** What a member of staff does with a conversation. */
export type StaffAct = 'take' | 'assign' | 'hand-over' | 'reply' | 'note' | 'close';

export interface StaffActFacts {
  readonly act: StaffAct;
  readonly conversation: {
    readonly state: ConversationState;
    readonly staffId: string | null;
    readonly version: number;
    /** Whether the person would get a message: they have not blocked the official account. */
    readonly canReceive: boolean;
  };
  readonly by: { readonly staffId: string; readonly role: 'agent' | 'supervisor' | 'auditor' | 'admin' };
  /** The member it is given to; null is back to the queue, undefined where nobody was named or there is no such member. */
  readonly to?: { readonly staffId: string; readonly role: string } | null | undefined;
  /** What is said or noted, trimmed. */
  readonly text?: string;
  /** The version that was on the screen when somebody decided. */
  readonly seenVersion?: number;
}

export type StaffRefusal =
  | 'not-allowed'
  | 'closed'
  | 'still-writing'
  | 'has-somebody'
  | 'not-yours'
  | 'nobody-to-give-it-to'
  | 'text-missing'
  | 'text-too-long'
  | 'cannot-receive'
  | 'changed-meanwhile';

/** LINE's limit for one text message, in UTF-16 units. */
const LONGEST_TEXT = 5_000;

const decides = (role: string) => role === 'supervisor' || role === 'admin';
const isOneOf = (act: StaffAct, ...acts: StaffAct[]) => acts.includes(act);

/** Why something cannot be done, in the order looked at. */
export const staffActRules: readonly Rule<StaffActFacts, StaffRefusal>[] = [
  {
    code: 'not-allowed',
    says: 'Auditors read and do nothing; only supervisors and admins assign conversations to others.',
    broken: ({ act, by }) => by.role === 'auditor' || (act === 'assign' && !decides(by.role)),
  },
  {
    code: 'closed',
    says: 'With a conversation that is closed nothing is done but noting something.',
    broken: ({ act, conversation }) => conversation.state === 'closed' && act !== 'note',
  },
  {
    code: 'still-writing',
    says: 'A message that is still being written waits until it is finished.',
    broken: ({ act, conversation }) => conversation.state === 'leaving' && act !== 'note',
  },
  {
    code: 'has-somebody',
    says: 'Who takes first has it; nobody takes what another has.',
    broken: ({ act, conversation, by }) =>
      act === 'take' && conversation.staffId !== null && conversation.staffId !== by.staffId,
  },
  {
    code: 'not-yours',
    says: 'Who has it replies; who has it, or a supervisor or admin, hands it over and closes it.',
    broken: ({ act, conversation, by }) => {
      if (act === 'reply') return conversation.staffId !== by.staffId;
      const isLoose = conversation.staffId === null && act === 'close';
      return isOneOf(act, 'hand-over', 'close') && conversation.staffId !== by.staffId && !decides(by.role) && !isLoose;
    },
  },
  {
    code: 'nobody-to-give-it-to',
    says: 'It is given to a member of staff who answers people, or back to the queue.',
    broken: ({ act, to }) =>
      (act === 'assign' && !to) ||
      (isOneOf(act, 'assign', 'hand-over') && (to === undefined || to?.role === 'auditor')),
  },
  {
    code: 'text-missing',
    says: 'A reply and a note say something.',
    broken: ({ act, text }) => isOneOf(act, 'reply', 'note') && !text,
  },
  {
    code: 'text-too-long',
    says: 'What is said has at most 5,000 characters.',
    broken: ({ text }) => (text ?? '').length > LONGEST_TEXT,
  },
  {
    code: 'cannot-receive',
    says: 'Who has blocked the official account cannot be replied to.',
    broken: ({ act, conversation }) => act === 'reply' && !conversation.canReceive,
  },
  {
    code: 'changed-meanwhile',
    says: 'Nothing is closed over words that whoever closes it has not seen.',
    broken: ({ act, conversation, seenVersion }) =>
      act === 'close' && seenVersion !== undefined && seenVersion !== conversation.version,
  },
];

/** Why it cannot be done: the first rule broken, or undefined. */
export function staffRefusal(facts: StaffActFacts): StaffRefusal | undefined {
  return firstBroken(staffActRules, facts);
}
