import { areAllAgreed } from './documents.ts';
import type { Draft } from './draft.ts';
import { filteringFaults, readFiltering } from './filtering.ts';
import {
  contractorFaults,
  isAbout,
  isAboutName,
  isMinor,
  personToVerify,
  readContractor,
  readUser,
  userFaults,
} from './person.ts';
import { type Offer, planFaults, readPlan } from './plan.ts';
import { readSim, simFaults } from './sim.ts';

/** Everything that decides which steps there are and which are done. */
export interface StepFacts {
  readonly draft: Draft;
  /** Whether somebody who has a contract adds a subscription to it. */
  readonly isExistingContractor: boolean;
  readonly offer: Offer;
  /** The operator's calendar. */
  readonly today: string;
}

interface Step<Name extends string> {
  readonly name: Name;
  /** Steps of one part count as one in "3 of 7". */
  readonly part: string;
  readonly applies: (facts: StepFacts) => boolean;
  readonly isDone: (facts: StepFacts) => boolean;
}

const always = () => true;
const isNew = ({ isExistingContractor }: StepFacts) => !isExistingContractor;
const isForOther = ({ draft }: StepFacts) => draft.typed.sim?.user === 'other';
/** Whether somebody else under 18 carries the phone: their guardian is asked, too. */
export const isForMinor = (facts: StepFacts) =>
  isForOther(facts) && isMinor(readUser(facts.draft.typed.user, facts.today));
/** Plans with calls are for people whose identity was verified; the law asks for it. Before a plan is chosen most will be. */
const needsIdentity = ({ draft, offer }: StepFacts) => readPlan(draft.typed.plan, offer).plan?.hasVoice !== false;
const isNone = (faults: readonly unknown[]) => faults.length === 0;

/** The way through an application. A step is reached when every step before it that applies is done. */
export const steps = [
  {
    name: 'plan',
    part: 'plan',
    applies: always,
    isDone: ({ draft, offer }) => isNone(planFaults(readPlan(draft.typed.plan, offer))),
  },
  {
    name: 'sim',
    part: 'sim',
    applies: always,
    isDone: ({ draft, today, offer }) => isNone(simFaults(readSim(draft.typed.sim, today, offer))),
  },
  {
    name: 'contractor',
    part: 'contractor',
    applies: isNew,
    isDone: ({ draft, today }) => isNone(contractorFaults(readContractor(draft.typed.contractor, today))),
  },
  {
    name: 'mail',
    part: 'contractor',
    applies: isNew,
    isDone: ({ draft, today }) =>
      draft.verifiedMail !== null && draft.verifiedMail === readContractor(draft.typed.contractor, today).mail,
  },
  {
    name: 'user',
    part: 'user',
    applies: isForOther,
    isDone: ({ draft, today }) => isNone(userFaults(readUser(draft.typed.user, today))),
  },
  {
    name: 'filtering',
    part: 'user',
    applies: isForMinor,
    isDone: ({ draft }) =>
      draft.guardianAgreedAt !== null && isNone(filteringFaults(readFiltering(draft.typed.filtering))),
  },
  {
    name: 'identity',
    part: 'identity',
    applies: needsIdentity,
    // Whoever has a contract is verified as the person it names, whom the draft does not know.
    isDone: ({ draft, today, isExistingContractor }) =>
      draft.identity?.outcome === 'success' &&
      (isExistingContractor ||
        (draft.correction ? isAboutName : isAbout)(draft.identity.person, personToVerify(draft, today))),
  },
  {
    name: 'payment',
    part: 'payment',
    applies: isNew,
    isDone: ({ draft }) => draft.payment !== null,
  },
  {
    name: 'documents',
    part: 'documents',
    applies: always,
    isDone: ({ draft, offer }) => areAllAgreed(draft, offer.applications.documents),
  },
] as const satisfies readonly Step<string>[];

/** Where everything stands on one page and is sent. It is never done by itself. */
export const REVIEW = 'review';

export type StepName = (typeof steps)[number]['name'] | typeof REVIEW;

/**
 * The steps of this application, in order, the review last. A correction has only those that lead to another company; its
 * fields and its end stand on a page of its own.
 */
export function stepsOf(facts: StepFacts): StepName[] {
  const { correction } = facts.draft;
  if (correction) {
    const { about } = correction;
    const isAsWho = about.includes('name') || about.includes('birth-date');
    const asksWho = about.includes('identity') || (isAsWho && needsIdentity(facts));
    return [...(asksWho ? (['identity'] as const) : []), ...(about.includes('card') ? (['payment'] as const) : [])];
  }
  return [...steps.filter(({ applies }) => applies(facts)).map(({ name }) => name), REVIEW];
}

/** Where to go on: the first step that is not done. */
export function firstOpen(facts: StepFacts): StepName {
  if (facts.draft.correction) return REVIEW;
  return steps.find(({ applies, isDone }) => applies(facts) && !isDone(facts))?.name ?? REVIEW;
}

/** Whether a step that the person has been past is open again, since time has made it wrong: what is wrong with it is told. */
export function isOpenAgain(facts: StepFacts, name: StepName): boolean {
  const all = stepsOf(facts);
  const isPast = (step: StepName) => all.indexOf(step) > all.indexOf(name);
  return firstOpen(facts) === name && steps.some((step) => isPast(step.name) && step.isDone(facts));
}

/** Whether a step may be opened: all before it are done. */
export function isReached(facts: StepFacts, name: StepName): boolean {
  const all = stepsOf(facts);
  if (facts.draft.correction) return all.includes(name);
  return all.includes(name) && all.indexOf(name) <= all.indexOf(firstOpen(facts));
}

/** The step before, or null at the first. */
export function stepBefore(facts: StepFacts, name: StepName): StepName | null {
  if (facts.draft.correction) return REVIEW;
  const all = stepsOf(facts);
  return all[all.indexOf(name) - 1] ?? null;
}

/** The steps of a correction that lead to another company and are not done. */
export function undoneOutside(facts: StepFacts): StepName[] {
  return stepsOf(facts).filter((name) => steps.some((step) => step.name === name && !step.isDone(facts)));
}

/** "3 of 7": the part of the way a step is in, counted from 1. */
export function progressOf(facts: StepFacts, name: StepName): { readonly at: number; readonly of: number } {
  const partOf = (step: StepName) => steps.find((each) => each.name === step)?.part ?? REVIEW;
  const parts = [...new Set(stepsOf(facts).map(partOf))];
  return { at: parts.indexOf(partOf(name)) + 1, of: parts.length };
}
