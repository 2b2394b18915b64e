import { Hono } from 'hono';
import { readForm } from '../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../infra/http/web-env.ts';
import type { ConsoleFrame } from './console-page.tsx';
import type { StaffGuard } from './guard.ts';
import { type ReasonPage, reasonPage } from './reason-page.tsx';
import { reasonOf } from './rules/four-eyes.ts';
import type { Role } from './rules/roles.ts';

/** Something that staff do once to one thing, with nothing to say but why. */
export interface ReasonedAct<Thing extends object> {
  /** Of the page, with the thing's parameter. */
  readonly path: string;
  readonly roles: readonly Role[];
  /** What it is about, as long as it can be done; null: 404. A response leads elsewhere first. */
  find(c: WebContext): Promise<Thing | Response | null>;
  /** What the page says, but for what was typed. */
  page(c: WebContext, thing: Thing): ReasonWords;
  /** Does it, on record with the reason. Of two at once one does; the other changes nothing. */
  act(
    thing: Thing,
    by: { readonly c: WebContext; readonly staffId: string; readonly reason: string },
  ): Promise<unknown>;
  /** Whether it is done already, where nothing is found to do it to: a second tap is answered as the first. */
  isDone(c: WebContext): Promise<boolean>;
  /** Where it is seen that it is done. */
  done(c: WebContext): string;
}

type ReasonWords = Omit<ReasonPage, 'staff' | 'reason' | 'more' | 'requestId'> & {
  readonly reason: { readonly label: string; readonly hint: string; readonly missing: string };
};

/** GET and POST of such a page: find, ask why, do it, lead away. */
export function reasonRoutes<Thing extends object>(
  staff: ConsoleFrame & StaffGuard,
  { path, roles, find, page, act, isDone, done }: ReasonedAct<Thing>,
): Hono<WebEnv> {
  const mayAct = staff.requireStaff(...roles);

  function show(c: WebContext, thing: Thing, typed?: string) {
    const { reason, ...words } = page(c, thing);
    const error = typed === undefined ? undefined : reason.missing;
    return reasonPage(c, { ...words, staff, reason: { label: reason.label, hint: reason.hint, typed, error } });
  }

  return new Hono<WebEnv>()
    .get(path, mayAct, async (c) => {
      const found = await find(c);
      if (found === null) return c.notFound();
      return found instanceof Response ? found : show(c, found);
    })
    .post(path, mayAct, async (c) => {
      const found = await find(c);
      if (found === null) return (await isDone(c)) ? c.redirect(done(c), 303) : c.notFound();
      if (found instanceof Response) return found;
      const typed = (await readForm(c))('reason');
      const reason = reasonOf(typed);
      if (reason === undefined) return show(c, found, typed);
      await act(found, { c, staffId: staff.signedIn(c).staffId, reason });
      return c.redirect(done(c), 303);
    });
}
