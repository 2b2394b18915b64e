import type { Decision } from '../../base/refusal.ts';
import { runnerOf } from '../../infra/db/index.ts';
import type { WebContext } from '../../infra/http/web-env.ts';
import type { Application, CorrectRefusal, Order, Question } from '../orders/index.ts';
import { nationalNumber, numberOf, userOf } from './application-of.ts';
import type { ApplicationDeps } from './deps.ts';
import type { OpenDraft } from './drafts.ts';
import { withinNumberTries } from './number-tries.ts';
import { type Draft, emptyDraft, type Typed } from './rules/draft.ts';
import { readContractor } from './rules/person.ts';
import { deleteCorrections } from './store.ts';

/** A draft with everything that was applied for, so that what was asked about stands in the fields as it is now. */
export function correctionDraft({ orderId, application }: Order, { about }: Question): Draft {
  const { contractor, user, planCode, optionCodes } = application;
  const options = optionCodes.map((code) => [`option-${code}`, 'yes']);
  return {
    ...emptyDraft,
    typed: {
      plan: { plan: planCode, ...Object.fromEntries(options) },
      sim: typedSim(application),
      contractor: contractor.kind === 'new' ? typedContractor(contractor) : null,
      user: user.kind === 'other' ? typedPerson(user) : null,
      filtering: typedFiltering(application),
    },
    guardianAgreedAt: user.kind === 'other' ? (user.guardian?.agreedAt ?? null) : null,
    // What is asked for once more is not there yet.
    identity: about.includes('identity') ? null : application.identity,
    payment: about.includes('card') ? null : application.payment,
    correction: { orderId, about, contractorId: contractor.kind === 'existing' ? contractor.contractorId : null },
  };
}

function typedSim({ simKind, number, user }: Application): Typed {
  return {
    simKind,
    number: number.kind,
    user: user.kind === 'other' ? 'other' : 'self',
    ...(number.kind === 'new' ? {} : { phoneNumber: number.phoneNumber }),
    ...(number.kind === 'reservation'
      ? { reservationNumber: number.reservationNumber, validUntil: number.validUntil.replaceAll('-', '') }
      : {}),
  };
}

type Person = Pick<Extract<Application['user'], { kind: 'other' }>, 'name' | 'kana' | 'birthDate'>;

function typedPerson({ name, kana, birthDate }: Person): Typed {
  return {
    familyName: name.family,
    givenName: name.given,
    familyKana: kana.family,
    givenKana: kana.given,
    birthDate: birthDate.replaceAll('-', ''),
  };
}

/** The form joins address and house number by a blank; one that came otherwise stands in one piece. */
function typedContractor(contractor: Extract<Application['contractor'], { kind: 'new' }>): Typed {
  const [address = '', ...building] = contractor.address.split(' ');
  const { postalCode, phone, mail } = contractor;
  return { ...typedPerson(contractor), postalCode, address, building: building.join(' '), phone, mail };
}

function typedFiltering({ user }: Application): Typed | null {
  if (user.kind !== 'other' || user.guardian === null) return null;
  const declined: Typed = user.filtering ? {} : { guardianDeclines: 'yes' };
  const filtering = user.filtering ? 'on' : 'off';
  return { filtering, guardianName: user.guardian.name, guardianAgrees: 'yes', ...declined };
}

/** The application with what the draft says, as far as a correction can change it. */
function givenBy(open: OpenDraft, before: Application): Application {
  const { draft, today } = open;
  const { simKind } = draft.typed.sim ?? {};
  return {
    ...before,
    simKind: simKind === 'esim' || simKind === 'sim' ? simKind : before.simKind,
    number: open.draft.correction?.about.includes('number') ? numberOf(open) : before.number,
    contractor: before.contractor.kind === 'new' ? contractorAfter(before.contractor) : before.contractor,
    user: open.draft.correction?.about.includes('user') ? userOf(open) : before.user,
    identity: draft.identity ?? before.identity,
    payment: draft.payment ?? before.payment,
  };

  function contractorAfter(old: Extract<Application['contractor'], { kind: 'new' }>): Application['contractor'] {
    const facts = readContractor(draft.typed.contractor, today);
    return {
      ...old,
      name: { family: facts.familyName, given: facts.givenName },
      kana: { family: facts.familyKana, given: facts.givenKana },
      birthDate: facts.birthDate ?? old.birthDate,
      postalCode: facts.postalCode,
      address: `${facts.address} ${facts.building}`,
      phone: facts.phone ? nationalNumber(facts.phone) : old.phone,
    };
  }
}

export type CorrectionRefusal = CorrectRefusal | 'too-many-numbers';

/** Sends a correction without faults: the order goes on, and what was typed for its question is forgotten. */
export function sendCorrection(
  deps: Pick<ApplicationDeps, 'db' | 'limits' | 'orders'>,
  c: WebContext,
  { order, question, open, words }: { order: Order; question: Question; open: OpenDraft; words: string },
): Promise<Decision<Order, CorrectionRefusal>> {
  const { orderId, application } = order;
  const correction = { orderId, version: question.version, given: givenBy(open, application), words };
  const send = () => deps.orders.correct(c, correction, (tx) => deleteCorrections(runnerOf(tx), orderId));
  return correction.given.number.kind === 'new' ? send() : withinNumberTries(deps, orderId, send);
}
