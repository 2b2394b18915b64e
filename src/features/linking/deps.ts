import type { Context } from 'hono';
import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../base/clock.ts';
import type { Language } from '../../base/language.ts';
import type { Operator } from '../../base/operator.ts';
import type { Db, SqlRunner } from '../../infra/db/index.ts';
import type { TryLimits } from '../../infra/db/try-limits.ts';
import type { SecondProof, Sessions } from '../../infra/http/session.ts';
import type { Secrets } from '../../infra/secrets.ts';
import type { Contractors } from '../contractors/index.ts';

/** What proves a contractor on a link page, beyond the password. */
export type LinkProofWay = 'tap' | 'passkey' | 'code';
export type LinkProofGiven =
  | { readonly way: 'tap' }
  | { readonly way: 'code'; readonly typed: string }
  | { readonly way: 'passkey'; readonly response: string };
export type LinkProofFault = 'not-yet' | 'wrong-code' | 'too-many-tries';

/** Who asks: the page, by the id of its attempt. */
interface LinkProver {
  readonly contractorId: string;
  readonly askerId: string;
}

type TooManyTries = { readonly ok: false; readonly code: 'too-many-tries'; readonly until: Temporal.Instant };

/** The second proof as link pages ask for it. */
export interface LinkProof {
  /** What this contractor has; nothing: whoever links for the first time, with the password alone. */
  waysToLink(contractorId: string): Promise<readonly LinkProofWay[]>;
  /** Asks in the talks that are linked already; `name` is the new account's on LINE. */
  ask(prover: LinkProver, name: string | null): Promise<{ readonly ok: true } | TooManyTries>;
  /** Whether the question waits in the talk. */
  isAsked(prover: LinkProver): Promise<boolean>;
  prove(
    prover: LinkProver,
    given: LinkProofGiven,
  ): Promise<
    | { readonly ok: true; readonly value: SecondProof }
    | { readonly ok: false; readonly code: 'not-yet' | 'wrong-code' }
    | TooManyTries
  >;
  passkeyOptions(contractorId: string): Promise<object>;
}

export interface UserUnlinked {
  readonly subscriptionId: string;
  readonly lineUserId: string;
  /** Another account took its place. */
  readonly isReplaced: boolean;
  /** Nobody is linked to the subscription any more. */
  readonly isLast: boolean;
}

/** What linking needs of the rest. */
export interface LinkingDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly operator: Operator;
  /** Asks LINE for a token of one account-link dialogue: 10 minutes, one use. */
  readonly line: { issueLinkToken(lineUserId: string): Promise<string> };
  readonly contractors: Contractors;
  readonly sessions: Sessions;
  readonly limits: TryLimits;
  readonly secrets: Secrets;
  /** How people reach us, without a trailing slash. */
  readonly publicUrl: string;
  /** Origin of LINE's dialogues. */
  readonly accessBaseUrl: string;
  /** What else is lost when a contractor link is undone now, in sentences: points that are not granted yet. */
  readonly lostWithContractorLink: (
    sql: SqlRunner,
    link: { contractorId: string; lineUserId: string },
    language: Language,
  ) => Promise<readonly string[]>;
  /** What a contractor has beyond the password, of whoever keeps it; asked for when it is needed, for that feature stands on this one. */
  readonly secondFactor: () => LinkProof;
  /** Leads to the page that changes a first password, and from there back to the link page. */
  changeFirstPassword(c: Context, first: { contractorId: string; password: string }): Response;
  /** A contractor link was made or undone: whoever keeps the mail address tells it there, too. */
  readonly onContractorLink: (
    sql: SqlRunner,
    change: { contractorId: string; kind: 'line-linked' | 'line-unlinked'; name: string | null; cause: string },
  ) => Promise<void>;
  /** A user link has ended: what its person allowed others by it ends in the same transaction. */
  readonly onUserUnlinked: (sql: SqlRunner, ended: UserUnlinked) => Promise<void>;
  /** Bearer key of the provisioning interface. */
  readonly apiKey: string;
}
