import type { Language } from '../../base/language.ts';
import { accept, type Decision, refuse } from '../../base/refusal.ts';
import { runnerOf } from '../../infra/db/runner.ts';
import type { IdentityMethod, IdentityProvider, IdentityResult } from '../../infra/identity/identity.ts';
import type { CardGateway } from '../../infra/payments/payments.ts';
import type { Applicant } from './applicant.ts';
import type { ApplicationDeps } from './deps.ts';
import type { Drafts, OpenDraft } from './drafts.ts';
import type { IdentityFailure, PersonToVerify } from './rules/draft.ts';
import {
  canVisitGateway,
  canVisitProvider,
  type IdentitySuccess,
  withCardEntry,
  withCardResult,
  withCardVisit,
  withIdentityResult,
  withIdentitySession,
  withIdentityVisit,
} from './rules/outside.ts';
import { personToVerify } from './rules/person.ts';

export type BeginRefusal = 'too-many-visits' | 'no-answer' | 'not-found';

/** A visit as it is begun: `requestId` is the form's, and the same again is the same visit. */
export interface Begun {
  readonly applicant: Applicant;
  readonly open: OpenDraft;
  readonly requestId: string;
  readonly language: Language;
}

type Deps = Pick<ApplicationDeps, 'db' | 'publicUrl' | 'contractors'> & { readonly drafts: Drafts };

const backTo = ({ publicUrl }: Deps, { draftId }: OpenDraft, step: 'identity' | 'payment') =>
  `${publicUrl}/apply/${draftId}/${step}/back`;

/** The way to the provider of identity verification, and what it says when the person is back. */
export function createIdentityVisits(deps: Deps, provider: IdentityProvider) {
  const { drafts } = deps;
  return {
    provider,
    async begin({
      method,
      ...begun
    }: Begun & { method: IdentityMethod }): Promise<Decision<{ url: string }, BeginRefusal>> {
      const { applicant, open, language } = begun;
      const key = `${open.draftId}-${begun.requestId}`;
      if (open.draft.identityVisit?.key !== key && !canVisitProvider(open.draft)) return refuse('too-many-visits');
      const person = await whom(deps, open);
      const noted = await drafts.change(applicant, open.draftId, (draft) =>
        withIdentityVisit(draft, { key, method, person }),
      );
      const visit = noted?.draft.identityVisit;
      if (visit?.key !== key) return refuse('not-found');
      const returnUrl = backTo(deps, open, 'identity');
      const asked = { sessionKey: key, method: visit.method, person: visit.person, returnUrl, language };
      const session = await provider.open(asked);
      if (!session.ok) return refuse('no-answer');
      await drafts.change(applicant, open.draftId, (draft) => withIdentitySession(draft, key, session.value));
      return accept({ url: session.value.url });
    },

    /** Asks what came of the last visit. `waiting`: the person is not done there. */
    async end(applicant: Applicant, open: OpenDraft): Promise<Decision<OpenDraft, 'no-answer' | 'waiting'>> {
      const sessionId = open.draft.identityVisit?.session?.sessionId;
      if (sessionId === undefined) return accept(open);
      const told = await provider.result(sessionId);
      if (!told.ok) return refuse('no-answer');
      const result = told.value;
      if (result === null) return refuse('waiting');
      const changed = await drafts.change(applicant, open.draftId, (draft) =>
        withIdentityResult(draft, sessionId, kept(result)),
      );
      return accept(changed ?? open);
    },
  };
}
export type IdentityVisits = ReturnType<typeof createIdentityVisits>;

/** Somebody who has a contract is who it names; where they live, only the card knows. */
async function whom({ db, contractors }: Deps, open: OpenDraft): Promise<PersonToVerify> {
  const contractor = open.contractorId ? await contractors.contractor(runnerOf(db), open.contractorId) : null;
  if (!contractor) return personToVerify(open.draft, open.today);
  const [family = '', ...given] = contractor.name.split(/\s+/u);
  const name = { family, given: given.join(' ') };
  return { name, birthDate: contractor.birthDate ?? '', postalCode: '', address: '' };
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

/** The way to the card gateway, and what it says when the person is back. */
export function createCardVisits(deps: Deps, gateway: CardGateway) {
  const { drafts } = deps;
  return {
    gateway,
    async begin({ applicant, open, requestId, language }: Begun): Promise<Decision<{ url: string }, BeginRefusal>> {
      const key = `${open.draftId}-${requestId}`;
      if (open.draft.cardVisit?.key !== key && !canVisitGateway(open.draft)) return refuse('too-many-visits');
      const noted = await drafts.change(applicant, open.draftId, (draft) => withCardVisit(draft, key));
      if (!noted) return refuse('not-found');
      const entry = await gateway.open({ entryKey: key, returnUrl: backTo(deps, open, 'payment'), language });
      if (!entry.ok) return refuse('no-answer');
      await drafts.change(applicant, open.draftId, (draft) => withCardEntry(draft, key, entry.value));
      return accept({ url: entry.value.url });
    },

    /** Asks what came of the last visit. `waiting`: the person is not done there. */
    async end(applicant: Applicant, open: OpenDraft): Promise<Decision<OpenDraft, 'no-answer' | 'waiting'>> {
      const entryId = open.draft.cardVisit?.entry?.entryId;
      if (entryId === undefined) return accept(open);
      const told = await gateway.result(entryId);
      if (!told.ok) return refuse('no-answer');
      const result = told.value;
      if (result === null) return refuse('waiting');
      const changed = await drafts.change(applicant, open.draftId, (draft) => withCardResult(draft, entryId, result));
      return accept(changed ?? open);
    },
  };
}
export type CardVisits = ReturnType<typeof createCardVisits>;
