import { audit, runnerOf } from '../../infra/db/index.ts';
import type { WebContext } from '../../infra/http/web-env.ts';
import type { StaffDeps } from './deps.ts';
import type { StaffGuard } from './guard.ts';
import { isLookOpen } from './looks.ts';

/** A page about a customer, named in the audit log by `page`. */
export interface Showing {
  readonly contractorId: string;
  readonly subscriptionId?: string;
  readonly page: string;
}

/**
 * Before a page about a customer: null when a reason was given within the last half hour, and that the page was shown
 * is then on record; else the way to the page that asks for a reason and leads back.
 */
export async function lookFirst(
  deps: StaffDeps,
  { signedIn }: StaffGuard,
  c: WebContext,
  { page, ...at }: Showing,
): Promise<Response | null> {
  const staff = signedIn(c);
  if (await isLookOpen(deps, staff, at)) {
    const actor = { kind: 'staff', id: staff.staffId } as const;
    await audit(runnerOf(deps.db), deps.clock.now(), { actor, action: 'staff.page-shown', ...at, detail: { page } });
    return null;
  }
  const next = encodeURIComponent(c.req.path + new URL(c.req.url).search);
  return c.redirect(`/console/customers/${at.contractorId}/look?next=${next}`, 303);
}
