import { randomBytes } from 'node:crypto';
import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import {
  IDENTITY_METHODS,
  type IdentityRefusal,
  type IdentityResult,
  identityResult,
  PERSON_FIELDS,
  type PersonField,
  REFUSAL_REASONS,
} from '../../infra/identity/identity.ts';
import { openJournal } from '../simulated-company/journal.ts';

/** What somebody is sent here with. */
export const visit = z.strictObject({
  method: z.enum(IDENTITY_METHODS),
  person: z.strictObject({
    name: z.strictObject({ family: z.string().min(1), given: z.string().min(1) }),
    birthDate: z.iso.date(),
    postalCode: z.string(),
    address: z.string(),
  }),
  returnUrl: z.url(),
  language: z.enum(['ja', 'en']),
});
export type Visit = z.infer<typeof visit>;

const entry = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('opened'), key: z.string(), sessionId: z.string(), openedAtMs: z.number(), visit }),
  z.object({ kind: z.literal('finished'), sessionId: z.string(), result: identityResult }),
]);

export interface VisitSession {
  readonly key: string;
  readonly sessionId: string;
  readonly openedAtMs: number;
  readonly visit: Visit;
  result: IdentityResult | null;
}

/** How a visit may end. `unfinished` goes back without an end. */
export const ENDS = ['success', ...PERSON_FIELDS, ...REFUSAL_REASONS, 'time-out', 'unfinished'] as const;
export type End = 'success' | PersonField | IdentityRefusal | 'time-out' | 'unfinished';

const MINUTES = 10;

/** The visits of a simulated provider. */
export function createSessions({ clock, file }: { clock: Clock; file: string | null }) {
  const journal = openJournal(file, entry);
  const sessions = new Map<string, VisitSession>();
  const byKey = new Map<string, VisitSession>();
  const take = (each: z.infer<typeof entry>) => {
    if (each.kind === 'opened') {
      const { kind: _, ...session } = each;
      const opened = { ...session, result: null };
      sessions.set(each.sessionId, opened);
      byKey.set(each.key, opened);
      return;
    }
    const session = sessions.get(each.sessionId);
    if (session) session.result = each.result;
  };
  const write = (each: z.infer<typeof entry>) => {
    journal.write(each);
    take(each);
  };
  for (const each of journal.entries) take(each);
  const now = () => clock.now();

  return {
    /** The session of a key; `conflict` when the key was used for something else. */
    open(key: string, asked: Visit): VisitSession | 'conflict' {
      const known = byKey.get(key);
      if (known) return JSON.stringify(known.visit) === JSON.stringify(asked) ? known : 'conflict';
      const sessionId = randomBytes(18).toString('base64url');
      write({ kind: 'opened', key, sessionId, openedAtMs: now().epochMilliseconds, visit: asked });
      return this.of(sessionId) ?? 'conflict';
    },
    /** As it is now: one that nobody finished in time has ended by itself. */
    of(sessionId: string): VisitSession | undefined {
      const session = sessions.get(sessionId);
      if (session && !session.result && isOver(session, now())) end(session, 'time-out');
      return session;
    },
    end,
    empty() {
      journal.empty();
      sessions.clear();
      byKey.clear();
    },
    close: () => journal.close(),
  };

  function end(session: VisitSession, how: End): void {
    const result = session.result ? null : resultOf(session, how, now());
    if (result) write({ kind: 'finished', sessionId: session.sessionId, result });
  }
}

const isOver = ({ openedAtMs }: VisitSession, now: Temporal.Instant) =>
  now.epochMilliseconds - openedAtMs >= MINUTES * 60_000;

function resultOf({ sessionId, visit }: VisitSession, how: End, now: Temporal.Instant): IdentityResult | null {
  const common = { method: visit.method, checkedAt: now.toString(), reference: `ekyc-${sessionId.slice(0, 12)}` };
  const certificateSerial = serialOf(sessionId);
  switch (how) {
    case 'success':
      return { ...common, outcome: 'success', certificateSerial };
    case 'name':
    case 'birth-date':
    case 'address':
      return { ...common, outcome: 'mismatch', certificateSerial, mismatched: [how] };
    case 'certificate-expired':
    case 'certificate-revoked':
    case 'locked':
    case 'unreadable':
    case 'gave-up':
      return { ...common, outcome: 'refusal', reason: how };
    case 'time-out':
      return { ...common, outcome: 'time-out' };
    case 'unfinished':
      return null;
  }
}

/** As certificates have them: hexadecimal digits. */
const serialOf = (sessionId: string) => Buffer.from(sessionId).subarray(0, 8).toString('hex').toUpperCase();
