import { Hono } from 'hono';
import type { WebEnv } from '../../../infra/http/web-env.ts';
import { renderPage } from '../../../infra/ui/components.tsx';
import { type ConsoleFrame, ConsolePage } from '../console-page.tsx';
import type { StaffDeps } from '../deps.ts';
import { staffText } from '../text.ts';

/** GET /console: where to go, by role, and what waits there. */
export function homePage(deps: StaffDeps, staff: ConsoleFrame): Hono<WebEnv> {
  return new Hono<WebEnv>().get('/console', async (c) => {
    const { language } = c.var;
    const t = staffText(language);
    const member = staff.signedIn(c);
    const places = staff.entries.filter((entry) => entry.href !== '/console' && entry.roles.includes(member.role));
    const cards = await Promise.all(
      places.map(async (entry) => {
        const waiting = (await entry.waiting?.(deps.db)) ?? 0;
        return (
          <section class="card place">
            <div class="card-head">
              <h2>
                <a href={entry.href}>{entry.label(language)}</a>
              </h2>
              {waiting > 0 ? <span class="badge bad">{t.home.waiting(waiting)}</span> : null}
            </div>
            <p class="muted">{entry.hint(language)}</p>
          </section>
        );
      }),
    );
    return renderPage(
      c,
      <ConsolePage c={c} staff={staff} title={t.home.title} at="home">
        <p class="lead">{t.home.lead(member.name)}</p>
        <div class="cards">{cards}</div>
      </ConsolePage>,
    );
  });
}
