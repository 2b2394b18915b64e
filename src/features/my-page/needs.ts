import type { Clock } from '../../base/clock.ts';
import type { Operator } from '../../base/operator.ts';
import type { Db } from '../../infra/db/index.ts';
import type { Sessions } from '../../infra/http/session.ts';
import type { LiffTokens } from '../../infra/line/sign-in/liff-token.ts';
import type { LineLogin } from '../../infra/line/sign-in/login.ts';
import type { KeyRing } from '../../infra/secrets.ts';
import type { Billing } from '../billing/index.ts';
import type { Contractors } from '../contractors/index.ts';
import type { Credentials } from '../credentials/index.ts';
import type { Data } from '../data/index.ts';
import type { Linking } from '../linking/index.ts';
import type { lineAccountsOf } from '../official-account/index.ts';
import type { Orders } from '../orders/index.ts';
import type { Points } from '../points/index.ts';

/** The parts My Page shows; it keeps nothing of its own. */
export interface MyPageDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly operator: Operator;
  readonly sessions: Sessions;
  /** Seals the cookie of a LINE sign-in on its way and the mark of a known device. */
  readonly tokens: KeyRing;
  readonly lineLogin: LineLogin;
  /** The LIFF app, when there is one: its id, who checks its ID tokens, and the entry page's script. */
  readonly liff?: { readonly id: string; readonly tokens: LiffTokens; readonly script: string } | null;
  readonly contractors: Pick<
    Contractors,
    | 'signIn'
    | 'contractor'
    | 'subscriptionsOf'
    | 'subscriptions'
    | 'registerUser'
    | 'askForEmail'
    | 'confirmEmail'
    | 'waitingEmail'
    | 'rememberLanguage'
    | 'homeOf'
  >;
  readonly linking: Linking;
  readonly credentials: Pick<Credentials, 'asksForCode' | 'proveByCode' | 'requireSecondProof' | 'firstPassword'>;
  readonly data: Pick<Data, 'balances'>;
  readonly billing: Pick<Billing, 'soFar' | 'leaving'>;
  readonly points: Pick<Points, 'balanceOf'>;
  readonly orders: Pick<Orders, 'roomOf'>;
  /** Names as people registered them on LINE. */
  readonly lineAccountsOf: typeof lineAccountsOf;
  /** Whether mail can leave: a new mail address is proved by a code that is sent there. */
  readonly canMail: boolean;
  /** Whether cookies go over https only. */
  readonly isSecure: boolean;
}
