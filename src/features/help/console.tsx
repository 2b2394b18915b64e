import { Hono } from 'hono';
import type { Clock } from '../../base/clock.ts';
import type { Operator } from '../../base/operator.ts';
import { type Db, runnerOf } from '../../infra/db/index.ts';
import type { WebContext, WebEnv } from '../../infra/http/web-env.ts';
import { DataTable, renderPage } from '../../infra/ui/components.tsx';
import { formatDay } from '../../infra/ui/format.ts';
import { type ConsoleEntry, ConsolePage, type Staff } from '../staff/index.ts';
import { helpConsoleText } from './console-text.ts';
import { loadFigureDays, loadFigures, loadQuestionTotals } from './figures-store.ts';
import type { LiveFaq } from './live-faq.ts';

const PATH = '/console/help-figures';
const DAYS = 30;

/** In the console's navigation. */
export const helpEntry: ConsoleEntry = {
  key: 'help',
  href: PATH,
  label: (language) => helpConsoleText(language).title,
  hint: (language) => helpConsoleText(language).hint,
  roles: ['agent', 'supervisor', 'auditor', 'admin'],
};

/** GET /console/help-figures: which answers were shown and helped, by entry, and one entry's by day. */
export function helpConsole(deps: { db: Db; clock: Clock; operator: Operator; staff: Staff; faq: LiveFaq }) {
  const { db, clock, operator, staff, faq } = deps;

  return new Hono<WebEnv>().get(PATH, staff.requireStaff(), async (c) => {
    const { language } = c.var;
    const t = helpConsoleText(language);
    const today = clock.now().toZonedDateTimeISO(operator.timeZone).toPlainDate();
    const since = today.subtract({ days: DAYS - 1 });
    const sinceDay = since.toString();
    const [figures, questions] = await Promise.all([
      loadFigures(runnerOf(db), sinceDay),
      loadQuestionTotals(runnerOf(db), since.toZonedDateTime(operator.timeZone).toInstant()),
    ]);
    // Only what is in the list: anything else has no days either.
    const chosen = figures.find(({ entryId }) => entryId === c.req.query('entry'))?.entryId;
    return renderPage(
      c,
      <ConsolePage c={c} staff={staff} title={t.title} at="help">
        <p class="muted">{t.lead(DAYS)}</p>
        {questions.asked === 0 ? null : <p>{t.questions(questions)}</p>}
        {figures.length === 0 ? (
          <p>{t.none}</p>
        ) : (
          <DataTable
            caption={t.title}
            isUnderHeading
            head={[t.entry, t.language, t.shown, t.helped, t.notHelped, t.share]}
            numeric={[2, 3, 4, 5]}
            isStacked
            rows={figures.map(({ entryId, language: asked, shown, helped, notHelped }) => [
              <a class="tap" href={`${PATH}?entry=${encodeURIComponent(entryId)}`}>
                {titleOf(c, entryId)}
              </a>,
              t.languages[asked],
              String(shown),
              String(helped),
              String(notHelped),
              helped + notHelped === 0 ? '–' : `${Math.round((notHelped / (helped + notHelped)) * 100)}%`,
            ])}
          />
        )}
        {chosen ? await days(c, { entryId: chosen, sinceDay }) : null}
      </ConsolePage>,
    );
  });

  async function days(c: WebContext, of: { entryId: string; sinceDay: string }) {
    const t = helpConsoleText(c.var.language);
    const rows = await loadFigureDays(runnerOf(db), of);
    return (
      <DataTable
        caption={t.byDay(titleOf(c, of.entryId))}
        head={[t.day, t.shown, t.helped, t.notHelped]}
        numeric={[1, 2, 3]}
        rows={rows.map(({ day, shown, helped, notHelped }) => [
          formatDay(day, c.var.language),
          String(shown),
          String(helped),
          String(notHelped),
        ])}
      />
    );
  }

  /** By its id once its file is gone. */
  function titleOf(c: WebContext, entryId: string): string {
    return faq.entry(c.var.language, entryId)?.title ?? entryId;
  }
}
