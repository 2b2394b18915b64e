import type { Hono } from 'hono';
import { Secret, TOTP } from 'otpauth';
import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../src/base/clock.ts';
import type { Operator } from '../../src/base/operator.ts';
import { demoStaff } from '../../src/demo/people.ts';
import { deedText } from '../../src/features/customers/index.ts';
import {
  type ConsoleEntry,
  createStaff,
  type FourEyesKind,
  type Staff,
  type StaffMember,
} from '../../src/features/staff/index.ts';
import { createPasskeys } from '../../src/infra/auth/passkeys.ts';
import type { Db } from '../../src/infra/db/index.ts';
import type { WebEnv } from '../../src/infra/http/web-env.ts';
import { type Browser, type LinkingWorld, linkingWorld } from './linking.ts';
import { testOperator } from './operator.ts';

export type StaffWorld = Awaited<ReturnType<typeof staffWorld>>;
export type StaffName = (typeof demoStaff)[number]['loginId'];

/** What an authenticator app with this seed shows at a moment. */
export function codeAt(seed: string, at: Temporal.Instant): string {
  return new TOTP({ secret: Secret.fromBase32(seed) }).generate({ timestamp: at.epochMilliseconds });
}

export function seedOf(loginId: StaffName): string {
  return demoStaff.find((member) => member.loginId === loginId)?.seed ?? '';
}

interface ConsoleCommon {
  readonly db: Db;
  readonly clock: Clock;
  readonly operator: Operator;
}

interface ConsoleParts {
  kinds?: readonly FourEyesKind[];
  entries?: readonly ConsoleEntry[];
  pages?: (staff: Staff, common: ConsoleCommon) => Hono<WebEnv>;
  /** A feature's whole part of the console. */
  feature?: (staff: Staff, world: LinkingWorld) => { pages: Hono<WebEnv>; kinds: readonly FourEyesKind[] };
}

/** The console with the demo's staff on a real database, beside contractors and linking. */
export async function staffWorld({ kinds = [], entries = [], pages, feature }: ConsoleParts = {}) {
  const world = await linkingWorld();
  const { clock, database, limits, secrets } = world;
  const common = { db: database.db, clock, operator: testOperator };
  const passkeys = createPasskeys({ ...common, publicUrl: 'https://my.example.jp', name: 'Renkei' });
  const staff = createStaff({ ...common, limits, secrets, passkeys, isSecure: true, entries, alarms: [], deedText });
  const own = feature?.(staff, world);
  world.web.route(
    '/',
    staff.console({
      kinds: [...kinds, ...(own?.kinds ?? [])],
      pages: [...(pages ? [pages(staff, common)] : []), ...(own ? [own.pages] : [])],
    }),
  );
  const members = new Map<StaffName, StaffMember>();
  for (const { loginId, name, role, seed } of demoStaff) {
    const added = await staff.addStaff(
      { loginId, name, role, seed, password: `renkei-demo-${loginId}` },
      { kind: 'system' },
    );
    if (!added.ok) throw new Error(added.code);
    members.set(loginId, added.value.member);
  }

  return {
    ...world,
    staff,
    member(loginId: StaffName): StaffMember {
      const member = members.get(loginId);
      if (!member) throw new Error(`no ${loginId}`);
      return member;
    },
    /** Both steps of the door. The clock goes on by a code's time, since each code counts once. */
    async signIn(loginId: StaffName, browser = world.browser()): Promise<Browser> {
      clock.advance('PT30S');
      await browser.post('/console/sign-in', { loginId, password: `renkei-demo-${loginId}`, next: '' });
      const answer = await browser.post('/console/sign-in/code', { code: codeAt(seedOf(loginId), clock.now()) });
      if (answer.status !== 303) throw new Error(`not signed in: ${answer.text}`);
      return browser;
    },
  };
}
