import type { Clock } from '../../base/clock.ts';
import type { Operator } from '../../base/operator.ts';
import type { Db } from '../../infra/db/index.ts';
import type { Sessions } from '../../infra/http/session.ts';
import type { Secrets } from '../../infra/secrets.ts';
import type { Contractors } from '../contractors/index.ts';
import type { Linking } from '../linking/index.ts';
import type { lineAccountsOf } from '../official-account/index.ts';
import type { Points } from '../points/index.ts';

/** What invitations and entry codes need of the rest. */
export interface InvitationsDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly operator: Operator;
  /** How people reach us, without a trailing slash. */
  readonly publicUrl: string;
  readonly sessions: Sessions;
  /** `lookup` finds codes, `show` shows codes and links again. */
  readonly secrets: Pick<Secrets, 'lookup' | 'show'>;
  readonly contractors: Pick<Contractors, 'contractor' | 'subscriptionsOfAll'>;
  readonly linking: Pick<Linking, 'lineAccountsOfContractor' | 'contractorLinksOf'>;
  readonly lineAccountsOf: typeof lineAccountsOf;
  readonly points: Pick<Points, 'rewardInvitation'>;
}
