import type { Language } from '../../base/language.ts';
import { accept, type Decision, refuse } from '../../base/refusal.ts';
import { runnerOf } from '../../infra/db/runner.ts';
import type { IdentityMethod, IdentityProvider, IdentityResult } from '../../infra/identity/identity.ts';
import type { CompanyTrouble } from '../../infra/outside/company.ts';
import type { CardGateway } from '../../infra/payments/payments.ts';
import type { Applicant } from './applicant.ts';
import type { ApplicationDeps } from './deps.ts';
import type { Drafts, OpenDraft } from './drafts.ts';
import type { CompanyPage, Draft, IdentityFailure, PersonToVerify, Visit } from './rules/draft.ts';
import {
  canVisitGateway,
  canVisitProvider,
  type IdentitySuccess,
  withCardResult,
  withCardVisit,
  withIdentityResult,
  withIdentityVisit,
  withPage,
} from './rules/outside.ts';
import { personToVerify } from './rules/person.ts';

export type BeginRefusal = 'no-birth-date' | 'too-many-visits' | 'no-answer' | 'not-found';

/** A visit as it is begun: `requestId` is the form's, and the same again is the same visit. */
export interface Begun {
  readonly applicant: Applicant;
  readonly open: OpenDraft;
  readonly requestId: string;
  readonly language: Language;
}

/** The way to a company's page and back. */
export interface Visits<Asked> {
  /** Where the page stands on which the person goes on. */
  begin(begun: Begun, asked: Asked): Promise<Decision<{ url: string }, BeginRefusal>>;
  /** Asks what came of the last visit. `waiting`: the person is not done there. */
  end(applicant: Applicant, open: OpenDraft): Promise<Decision<OpenDraft, 'no-answer' | 'waiting'>>;
}

/** What one company has of its own. */
interface Company<Asked, Result> {
  readonly step: 'identity' | 'payment';
  readonly kind: 'identityVisit' | 'cardVisit';
  readonly canVisit: (draft: Draft) => boolean;
  readonly begun: (draft: Draft, key: string, asked: Asked) => Draft;
  /** Asks for the page of the visit that stands in the draft. */
  readonly open: (
    draft: Draft,
    common: { key: string; returnUrl: string; language: Language },
  ) => Promise<Decision<CompanyPage, CompanyTrouble>>;
  readonly result: (id: string) => Promise<Decision<Result | null, CompanyTrouble>>;
  readonly ended: (draft: Draft, id: string, result: Result) => Draft;
}

type Deps = Pick<ApplicationDeps, 'db' | 'publicUrl' | 'contractors'> & { readonly drafts: Drafts };

/**
 * One course for both companies: the visit is noted before the company is asked, under a key that gets the same page again;
 * what counts is what the company tells us about it.
 */
function createVisits<Asked, Result>({ drafts, publicUrl }: Deps, company: Company<Asked, Result>): Visits<Asked> {
  const { step, kind } = company;
  const visitOf = (draft: Draft | undefined): Visit<unknown> | null => draft?.[kind] ?? null;
  return {
    async begin({ applicant, open, requestId, language }, asked) {
      const { draftId } = open;
      const key = `${draftId}-${requestId}`;
      if (visitOf(open.draft)?.key !== key && !company.canVisit(open.draft)) return refuse('too-many-visits');
      const noted = await drafts.change(applicant, draftId, (draft) => company.begun(draft, key, asked));
      if (!noted || visitOf(noted.draft)?.key !== key) return refuse('not-found');
      const returnUrl = `${publicUrl}/apply/${draftId}/${step}/back`;
      const page = await company.open(noted.draft, { key, returnUrl, language });
      if (!page.ok) return refuse('no-answer');
      await drafts.change(applicant, draftId, (draft) => withPage(draft, kind, key, page.value));
      return accept({ url: page.value.url });
    },

    async end(applicant, open) {
      const id = visitOf(open.draft)?.page?.id;
      if (id === undefined) return accept(open);
      const told = await company.result(id);
      if (!told.ok) return refuse('no-answer');
      const result = told.value;
      if (result === null) return refuse('waiting');
      const changed = await drafts.change(applicant, open.draftId, (draft) => company.ended(draft, id, result));
      return accept(changed ?? open);
    },
  };
}

/** To the provider of identity verification; a visit is about a person and by a method. */
export function createIdentityVisits(deps: Deps, provider: IdentityProvider): Visits<IdentityMethod> {
  const visits = createVisits<{ method: IdentityMethod; person: PersonToVerify }, IdentityResult>(deps, {
    step: 'identity',
    kind: 'identityVisit',
    canVisit: canVisitProvider,
    begun: (draft, key, asked) => withIdentityVisit(draft, { key, ...asked }),
    async open({ identityVisit }, { key, ...common }) {
      if (!identityVisit) throw new Error('nobody was noted to be verified');
      const { method, person } = identityVisit;
      const session = await provider.open({ sessionKey: key, method, person, ...common });
      return session.ok ? accept({ id: session.value.sessionId, url: session.value.url }) : session;
    },
    result: (id) => provider.result(id),
    ended: (draft, id, result) => withIdentityResult(draft, id, kept(result)),
  });
  return {
    async begin(begun, method) {
      const person = await whom(deps, begun.open);
      // Older contracts have none, and there is nothing else to hold a card against.
      return person.birthDate === '' ? refuse('no-birth-date') : visits.begin(begun, { method, person });
    },
    end: visits.end,
  };
}

/** To the card gateway. */
export function createCardVisits(deps: Deps, gateway: CardGateway): Visits<null> {
  return createVisits(deps, {
    step: 'payment',
    kind: 'cardVisit',
    canVisit: canVisitGateway,
    begun: withCardVisit,
    async open(_, { key, ...common }) {
      const entry = await gateway.open({ entryKey: key, ...common });
      return entry.ok ? accept({ id: entry.value.entryId, url: entry.value.url }) : entry;
    },
    result: (id) => gateway.result(id),
    ended: withCardResult,
  });
}

/** Somebody who has a contract is who it names, and lives where it says; in older ones only the card knows that. */
async function whom({ db, contractors }: Deps, open: OpenDraft): Promise<PersonToVerify> {
  const contractor = open.contractorId ? await contractors.contractor(runnerOf(db), open.contractorId) : null;
  if (!contractor) return personToVerify(open.draft, open.today);
  const [family = '', ...given] = contractor.name.split(/\s+/u);
  const name = { family, given: given.join(' ') };
  const home = await contractors.homeOf(runnerOf(db), contractor.contractorId);
  const { postalCode, address } = home ?? { postalCode: '', address: '' };
  return { name, birthDate: contractor.birthDate ?? '', postalCode, address };
}

function kept(result: IdentityResult): IdentitySuccess | IdentityFailure {
  switch (result.outcome) {
    case 'success':
      return { ...result, mismatched: [] };
    case 'mismatch':
      return { outcome: 'mismatch', mismatched: result.mismatched };
    case 'refusal':
      return { outcome: 'refusal', reason: result.reason };
    case 'time-out':
      return { outcome: 'time-out' };
  }
}
