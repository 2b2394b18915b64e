import { accept, type Decision, refuse } from '../../../base/refusal.ts';

/** The words of TM Forum product ordering (TMF622). */
export const orderStates = [
  'acknowledged',
  'pending',
  'held',
  'inProgress',
  'completed',
  'rejected',
  'cancelled',
] as const;
export type OrderState = (typeof orderStates)[number];

export const orderActors = ['applicant', 'agent', 'supervisor', 'system'] as const;
export type OrderActor = (typeof orderActors)[number];

interface Transition {
  readonly event: string;
  /** Empty: the order begins here. */
  readonly from: readonly OrderState[];
  readonly to: OrderState;
  readonly by: readonly OrderActor[];
  readonly says: string;
}

const staff = ['agent', 'supervisor'] as const;

/** Every way an order can go. Nothing else happens to one. */
export const transitions = [
  {
    event: 'place',
    from: [],
    to: 'acknowledged',
    by: ['applicant'],
    says: 'An application is sent and becomes an order.',
  },
  {
    event: 'take',
    from: ['acknowledged', 'pending'],
    to: 'pending',
    by: staff,
    says: 'Somebody of the staff begins to look at it, or takes it over from a colleague.',
  },
  {
    event: 'ask',
    from: ['pending'],
    to: 'held',
    by: staff,
    says: 'Something is unclear: the applicant is asked, and the order waits for the answer.',
  },
  { event: 'answer', from: ['held'], to: 'pending', by: ['applicant'], says: 'The applicant has answered.' },
  {
    event: 'correct',
    from: ['held'],
    to: 'pending',
    by: ['applicant'],
    says: 'The applicant has corrected what was asked about; the application has a new version.',
  },
  {
    event: 'expire',
    from: ['held'],
    to: 'cancelled',
    by: ['system'],
    says: 'No answer came in time.',
  },
  {
    event: 'approve',
    from: ['pending'],
    to: 'inProgress',
    by: staff,
    says: 'The order is accepted; the network begins.',
  },
  { event: 'reject', from: ['pending'], to: 'rejected', by: staff, says: 'The order is not accepted, with a reason.' },
  {
    event: 'return',
    from: ['inProgress'],
    to: 'pending',
    by: ['system'],
    says: 'The network cannot do it, for a reason that trying again does not change; the staff look at it again.',
  },
  { event: 'complete', from: ['inProgress'], to: 'completed', by: ['system'], says: 'The subscription works.' },
  {
    event: 'cancel',
    from: ['acknowledged', 'pending', 'held', 'inProgress'],
    to: 'cancelled',
    by: ['applicant', 'agent', 'supervisor'],
    says: 'The order is taken back before it is completed; what the network has begun is undone.',
  },
  {
    event: 'withdraw',
    from: ['completed'],
    to: 'cancelled',
    by: ['applicant', 'agent', 'supervisor'],
    says: 'The contract is cancelled within the first days after its document was delivered (初期契約解除).',
  },
] as const satisfies readonly Transition[];

export type OrderEvent = (typeof transitions)[number]['event'];

/** States in which an order is on its way: it counts for limits, and holds the number it asked for. */
export const underWay: readonly OrderState[] = ['acknowledged', 'pending', 'held', 'inProgress'];

/** Where an event leads, or why it cannot happen: first whether it can happen to anybody, then whether to this one. */
export function nextState(facts: {
  readonly state: OrderState;
  readonly event: OrderEvent;
  readonly actor: OrderActor;
}): Decision<OrderState, 'not-in-this-state' | 'not-by-this-actor'> {
  const all: readonly Transition[] = transitions;
  const found = all.find(({ event, from }) => event === facts.event && from.includes(facts.state));
  if (!found) return refuse('not-in-this-state');
  return found.by.includes(facts.actor) ? accept(found.to) : refuse('not-by-this-actor');
}
