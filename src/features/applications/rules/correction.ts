import type { OrderTopic } from '../../../base/order-topic.ts';
import { type Draft, type FormStep, type Typed, withTyped } from './draft.ts';
import type { Fault } from './fault.ts';
import { type FilteringFault, filteringFaults, filteringFields, readFiltering } from './filtering.ts';
import {
  type ContractorFault,
  contractorFaults,
  readContractor,
  readUser,
  type UserFault,
  userFaults,
  userFields,
} from './person.ts';
import { readSim, type SimFault, simFaults } from './sim.ts';
import { isForMinor, type StepFacts } from './steps.ts';

interface TopicFields {
  readonly step: FormStep;
  readonly fields: readonly string[];
}

/** The fields of the form that each topic stands for. Identity and card have none: another company asks for them. */
const fieldsOf: Record<OrderTopic, readonly TopicFields[]> = {
  sim: [{ step: 'sim', fields: ['simKind'] }],
  number: [{ step: 'sim', fields: ['number', 'phoneNumber', 'reservationNumber', 'validUntil'] }],
  name: [{ step: 'contractor', fields: ['familyName', 'givenName', 'familyKana', 'givenKana'] }],
  'birth-date': [{ step: 'contractor', fields: ['birthDate'] }],
  address: [{ step: 'contractor', fields: ['postalCode', 'address', 'building'] }],
  phone: [{ step: 'contractor', fields: ['phone'] }],
  user: [
    { step: 'sim', fields: ['user'] },
    { step: 'user', fields: userFields },
    { step: 'filtering', fields: filteringFields },
  ],
  identity: [],
  card: [],
};

/** Before the names of the user's fields: the contractor's may stand on the same page. */
export const USER_PREFIX = 'user-';

/** What a field is called on the page of a correction. */
const nameOf = (step: FormStep, field: string) =>
  step === 'user' || step === 'filtering' ? `${USER_PREFIX}${field}` : field;

/** Every field of a correction: where it is kept, and what it is called on the page. */
export function correctionFields(about: readonly OrderTopic[]) {
  return about.flatMap((topic) =>
    fieldsOf[topic].flatMap(({ step, fields }) => fields.map((field) => ({ step, field, name: nameOf(step, field) }))),
  );
}

/**
 * The draft with the fields of a correction as they were typed, by their names on the page. A guardian's word that came with
 * them counts from `now`, an ISO instant.
 */
export function withCorrection(draft: Draft, about: readonly OrderTopic[], typed: Typed, now: string): Draft {
  let changed = draft;
  for (const step of new Set(correctionFields(about).map((each) => each.step))) {
    const fields = correctionFields(about).filter((each) => each.step === step);
    const given = Object.fromEntries(fields.map(({ field, name }) => [field, typed[name] ?? '']));
    changed = withTyped(changed, step, { ...changed.typed[step], ...given });
  }
  if (!about.includes('user')) return changed;
  const isAsBefore = JSON.stringify(changed.typed.filtering) === JSON.stringify(draft.typed.filtering);
  const { hasWord } = readFiltering(changed.typed.filtering);
  return { ...changed, guardianAgreedAt: hasWord ? ((isAsBefore ? changed.guardianAgreedAt : null) ?? now) : null };
}

/** What is wrong with a field of a correction, in the words of the step it belongs to. */
export type CorrectionFault =
  | ({ readonly words: 'sim' } & Fault<SimFault>)
  | ({ readonly words: 'person' } & Fault<ContractorFault | UserFault>)
  | ({ readonly words: 'filtering' } & Fault<FilteringFault>);

/** Everything that is to be put right, by the form's own rules, of what was asked about. */
export function correctionFaults(facts: StepFacts, about: readonly OrderTopic[]): CorrectionFault[] {
  const { draft, today, offer } = facts;
  const isAsked = (step: FormStep, field: string) =>
    correctionFields(about).some((each) => each.step === step && each.field === field);
  const of = <Code extends string>(step: FormStep, faults: readonly Fault<Code>[]) =>
    faults.filter(({ field }) => isAsked(step, field)).map(({ field, code }) => ({ field: nameOf(step, field), code }));
  const isOther = draft.typed.sim?.user === 'other';
  const contractor = contractorFaults(readContractor(draft.typed.contractor, today));
  const user = isOther ? userFaults(readUser(draft.typed.user, today)) : [];
  const filtering = isForMinor(facts) ? filteringFaults(readFiltering(draft.typed.filtering)) : [];
  return [
    ...of('sim', simFaults(readSim(draft.typed.sim, today, offer))).map((fault) => ({
      words: 'sim' as const,
      ...fault,
    })),
    ...of('contractor', contractor).map((fault) => ({ words: 'person' as const, ...fault })),
    ...of('user', user).map((fault) => ({ words: 'person' as const, ...fault })),
    ...of('filtering', filtering).map((fault) => ({ words: 'filtering' as const, ...fault })),
  ];
}
