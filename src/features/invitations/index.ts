import { Hono } from 'hono';
import { accept, type Decision, refuse } from '../../base/refusal.ts';
import type { Db, SqlRunner } from '../../infra/db/index.ts';
import { requireContractor } from '../../infra/http/guards.ts';
import type { WebEnv } from '../../infra/http/web-env.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import type { TalkHandler } from '../../infra/line/talk.ts';
import type { Application, Order, OrderChange } from '../orders/index.ts';
import type { Staff } from '../staff/index.ts';
import { invitationTalk } from './chat.ts';
import { entryCodesConsole } from './console/index.tsx';
import type { InvitationsDeps } from './deps.ts';
import { hasCode } from './entry-code-store.ts';
import { checkEntryCode, lockEntryCode } from './entry-codes.ts';
import { checkInvitation } from './invitations.ts';
import { rewardInvitations } from './jobs.ts';
import { followOrder, lockInvitation } from './order-hook.ts';
import { invitePages } from './pages/invite.tsx';
import { minePages } from './pages/mine.tsx';
import type { EntryCodeRefusal } from './rules/entry-code.ts';
import type { InvitationRefusal, InvitedApplicant } from './rules/invitation.ts';
import type { CodeForOrderRefusal } from './text.ts';

export { entryCodesEntry } from './console/index.tsx';
export { invitationsDiscloser } from './disclose-store.ts';
export { type CodeForOrderRefusal, codeForOrderText, codeRefusalText } from './text.ts';

export interface Invitations {
  /** Whether a typed code can be used now; answers it as it is kept. */
  checkEntryCode(sql: SqlRunner, typed: string): Promise<Decision<string, EntryCodeRefusal>>;
  /** Whether somebody can follow a link now. */
  checkInvitation(
    sql: SqlRunner,
    asked: { token: string; applicant: InvitedApplicant },
  ): Promise<Decision<null, InvitationRefusal>>;
  /**
   * Before an order is placed, in its transaction: whether the code and the invitation the application names can be used.
   * Both are locked until its end, so that they are for this order.
   */
  checkForOrder(tx: Db, application: Application): Promise<Decision<null, CodeForOrderRefusal>>;

  /** Whether an order's registration fee is waived: it holds a code, or has used one. */
  isFeeWaived(sql: SqlRunner, orderId: string): Promise<boolean>;
  /** Hold, use and free them with what becomes of the order. */
  onOrderChanged(tx: Db, order: Order, change: OrderChange): Promise<void>;
  readonly talk: TalkHandler;
  readonly jobs: readonly Job[];
  pages(): Hono<WebEnv>;
  console(staff: Staff): Hono<WebEnv>;
}

/** Entry codes that waive the registration fee, and invitations that bring both sides points. */
export function createInvitations(deps: InvitationsDeps): Invitations {
  return {
    checkEntryCode: (sql, typed) => checkEntryCode(deps, sql, typed),
    async checkInvitation(sql, asked) {
      const found = await checkInvitation(deps, sql, asked);
      return found.ok ? accept(null) : found;
    },
    async checkForOrder(tx, application) {
      if (application.entryCode !== null) {
        const code = await lockEntryCode(deps, tx, application.entryCode);
        if (!code.ok) return refuse(`code-${code.code}`);
      }
      if (application.invitation !== null) {
        const invitation = await lockInvitation(deps, tx, application);
        if (!invitation.ok) return refuse(`invitation-${invitation.code}`);
      }
      return accept(null);
    },
    isFeeWaived: hasCode,
    onOrderChanged: (tx, order, change) => followOrder(deps, tx, order, change),
    talk: invitationTalk(deps),
    jobs: [rewardInvitations(deps)],
    pages() {
      const app = new Hono<WebEnv>();
      app.use('/invitations', requireContractor(deps.sessions));
      app.route('/', minePages(deps));
      app.route('/', invitePages(deps));
      return app;
    },
    console: (staff) => entryCodesConsole(deps, staff),
  };
}
