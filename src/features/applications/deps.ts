import type { Clock } from '../../base/clock.ts';
import type { Operator } from '../../base/operator.ts';
import type { Db } from '../../infra/db/runner.ts';
import type { TryLimits } from '../../infra/db/try-limits.ts';
import type { Sessions } from '../../infra/http/session.ts';
import type { IdentityProvider } from '../../infra/identity/identity.ts';
import type { CardGateway } from '../../infra/payments/payments.ts';
import type { Secrets } from '../../infra/secrets.ts';
import type { Contractors } from '../contractors/index.ts';
import type { Credentials } from '../credentials/index.ts';
import type { Invitations } from '../invitations/index.ts';
import type { Orders } from '../orders/index.ts';

export interface ApplicationDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly operator: Operator;
  /** Where people reach us: mailed links and the talk's buttons begin with it. */
  readonly publicUrl: string;
  readonly sessions: Sessions;
  readonly limits: TryLimits;
  /** `show` seals drafts, `limits` hides mailed digits. */
  readonly secrets: Pick<Secrets, 'show' | 'limits'>;
  readonly isSecure: boolean;
  /**
   * Whether people apply here: mail leaves (an address is proved by a code), and identity verification, cards and the
   * network are connected. Else they are told whom to call.
   */
  readonly isOffered: boolean;
  /** Who verifies identities, and who takes cards. Null only where nobody applies. */
  readonly identity: IdentityProvider | null;
  readonly payments: CardGateway | null;
  /** A card nobody is going to pay with: the gateway is told to forget it, once the transaction is done. */
  readonly forgetCards: (tx: Db, references: readonly string[]) => Promise<void>;
  readonly invitations: Pick<Invitations, 'checkEntryCode' | 'checkInvitation' | 'checkForOrder'>;
  readonly contractors: Pick<Contractors, 'contractor' | 'homeOf' | 'subscriptionsOf'>;
  readonly orders: Pick<Orders, 'place' | 'roomOf' | 'order' | 'search' | 'ownOrder' | 'correct' | 'letIn'>;
  readonly credentials: Pick<Credentials, 'requireSecondProof'>;
}
