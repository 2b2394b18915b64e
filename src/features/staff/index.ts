import { Hono } from 'hono';
import type { Decision } from '../../base/refusal.ts';
import { createPasswordHasher } from '../../infra/auth/password-hasher.ts';
import { type AuditEntry, type Db, runnerOf } from '../../infra/db/index.ts';
import type { WebContext, WebEnv } from '../../infra/http/web-env.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import { addStaff, type NewStaff, type NewStaffFault } from './accounts.ts';
import { type ConsoleFrame, errorsInConsole } from './console-page.tsx';
import type { ConsoleAlarm, StaffDeps } from './deps.ts';
import { ownEntries } from './entries.ts';
import { type AskRequest, ask, type FourEyesKind, withdraw } from './four-eyes.ts';
import { leaveUntouched, type StaffGuard, staffGuard } from './guard.ts';
import { forgetSessionsAndLooks } from './jobs.ts';
import { lookFirst, type Showing } from './look-guard.ts';
import { isLookOpen, type LookRequest, recordLook } from './looks.ts';
import type { LookAt } from './looks-store.ts';
import { ACCOUNT, accountPage } from './pages/account.tsx';
import { auditPage } from './pages/audit.tsx';
import { confirmPages } from './pages/confirm.tsx';
import { firstSignInPages } from './pages/first-sign-in.tsx';
import { homePage } from './pages/home.tsx';
import { ownPasskeyPages } from './pages/own-passkeys.tsx';
import { ownSignInPages } from './pages/own-sign-in.tsx';
import { requestPages } from './pages/requests.tsx';
import { signInPages } from './pages/sign-in.tsx';
import { STAFF, staffListPages } from './pages/staff-list.tsx';
import { staffMemberPages } from './pages/staff-member.tsx';
import { requireProof } from './proof.ts';
import { reasonOf } from './rules/four-eyes.ts';
import { staffSessions } from './sessions.ts';
import { loadColleagues, loadPublicNames, loadStaffNames, type StaffMember } from './store.ts';

export { addStaff } from './accounts.ts';
export { ConsolePage } from './console-page.tsx';
export type { ConsoleAlarm, ConsoleEntry } from './deps.ts';
export type { AskRequest, FourEyesKind } from './four-eyes.ts';
export { type FourEyesRequest, OWN_SYSTEM } from './four-eyes-store.ts';
export { consolePath } from './guard.ts';
export { reasonPage } from './reason-page.tsx';
export { reasonRoutes } from './reason-routes.ts';
export { roles } from './rules/roles.ts';
export type { StaffMember } from './store.ts';

/** What the console's features are given. */
export interface Staff extends ConsoleFrame, StaffGuard {
  /** Before a customer is shown to staff: a typed reason, or the open conversation. */
  recordLook(request: LookRequest): Promise<Decision<null, 'reason-missing'>>;
  /** Whether this member gave a reason for this customer within the last half hour. */
  isLookOpen(staff: StaffMember, at: LookAt): Promise<boolean>;
  /**
   * First thing on a page about a customer: answers with the way to the page that asks why, or with null when a reason
   * is there; that the page was shown is then on record.
   */
  lookFirst(c: WebContext, showing: Showing): Promise<Response | null>;
  /** A reason somebody else can judge by, trimmed; undefined when it is too short or too long. */
  reasonOf(typed: string): string | undefined;
  /** Puts something before a second person; it is done when they approve, once. */
  ask(request: AskRequest, tx?: Db): Promise<Decision<{ requestId: string }, 'reason-missing'>>;
  /** Takes back what the operator's own system asked for; false when it is decided already. */
  withdraw(tx: Db, request: { requestId: string; note: string | null }): Promise<boolean>;
  /** Names by id, also of accounts that are closed; those that are none are missing. */
  namesOf(staffIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** What customers are told each of them is called, by id; who has chosen nothing is missing. */
  publicNamesOf(staffIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Everybody whose account is open. */
  readonly jobs: readonly Job[];
  colleagues(): Promise<readonly StaffMember[]>;
  addStaff(
    input: NewStaff,
    actor: AuditEntry['actor'],
  ): Promise<Decision<{ member: StaffMember; seed: string }, NewStaffFault>>;
  /**
   * The whole console, behind its door: staff's own pages and those given. Nothing under `/console` but the door itself
   * answers anybody who is not signed in, whatever its page forgets.
   */
  console(parts: { pages?: readonly Hono<WebEnv>[]; kinds?: readonly FourEyesKind[] }): Hono<WebEnv>;
}

/** Staff and the console they work in. Knows no other feature. */
export function createStaff(deps: StaffDeps): Staff {
  // A hasher of its own: a crowd of customers at their door does not keep staff waiting.
  const parts = { ...deps, hasher: createPasswordHasher({ atOnce: 1, waiting: 20 }) };
  const sessions = staffSessions(deps);
  const alarmsOn = async (): Promise<readonly ConsoleAlarm[]> => {
    const areOn = await Promise.all(deps.alarms.map((alarm) => alarm.isOn(deps.db)));
    return deps.alarms.filter((_, index) => areOn[index]);
  };
  const entries = ownEntries(deps.entries);
  const frame = { ...staffGuard(sessions), operator: deps.operator, entries, alarmsOn };
  return {
    ...frame,
    recordLook: (request) => recordLook(deps, request),
    isLookOpen: (staff, at) => isLookOpen(deps, staff, at),
    lookFirst: (c, showing) => lookFirst(deps, frame, c, showing),
    reasonOf,
    ask: (request, tx) => ask(deps, request, tx),
    withdraw: (tx, request) => withdraw(deps, tx, request),
    namesOf: (staffIds) => loadStaffNames(runnerOf(deps.db), staffIds),
    publicNamesOf: (staffIds) => loadPublicNames(runnerOf(deps.db), staffIds),
    colleagues: () => loadColleagues(runnerOf(deps.db)),
    jobs: [forgetSessionsAndLooks(deps)],
    addStaff: (input, actor) => addStaff(parts, input, actor),
    console({ pages = [], kinds = [] }) {
      const app = new Hono<WebEnv>();
      const first = firstSignInPages(parts, sessions);
      app.route('/', signInPages(parts, sessions, first.begin));
      app.route('/', first.pages);
      // Also `/console` itself.
      app.use('/console/*', frame.requireStaff(), errorsInConsole(frame), leaveUntouched);
      const proofFor = (page: string) => requireProof(deps, sessions, page);
      for (const page of ['password', 'codes', 'passkeys']) {
        app.use(`${ACCOUNT}/${page}/*`, proofFor(`${ACCOUNT}/${page}`));
      }
      app.use(`${STAFF}/*`, frame.requireStaff('admin'), proofFor(STAFF));
      for (const own of [
        homePage(deps, frame),
        requestPages(deps, frame, kinds),
        auditPage(deps, frame),
        staffListPages(parts, frame),
        staffMemberPages(parts, frame),
        accountPage(parts, frame, sessions),
        ownSignInPages(parts, frame, sessions),
        ownPasskeyPages(parts, frame),
        confirmPages(parts, frame, sessions),
        ...pages,
      ]) {
        app.route('/', own);
      }
      return app;
    },
  };
}
