import type { Hono } from 'hono';
import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../infra/db/runner.ts';
import type { WebEnv } from '../../infra/http/web-env.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import { loadQuestionHours, type QuestionHour } from './asked-store.ts';
import { createHelpTalk, type HelpTalk } from './chat.ts';
import type { HelpDeps } from './deps.ts';
import { countQuestions, sweepCards } from './jobs.ts';
import { createLiveFaq, type FaqSource, type LiveFaq } from './live-faq.ts';
import { helpPages } from './pages.tsx';

export type { QuestionHour } from './asked-store.ts';
export { helpConsole, helpEntry } from './console.tsx';

export interface Help {
  readonly talk: HelpTalk;
  readonly jobs: readonly Job[];
  pages(): Hono<WebEnv>;
  /** The FAQ as it is now; follows its files between `start` and `stop`. */
  readonly faq: LiveFaq;
  /** How many questions were asked in the talk, by hour; as of the last minute. */
  questionsInTalk(
    sql: SqlRunner,
    span: { from: Temporal.Instant; until: Temporal.Instant },
  ): Promise<readonly QuestionHour[]>;
}

/** Anytime help: the operator's FAQ in the talk and on the web. */
export function createHelp(deps: Omit<HelpDeps, 'faq'> & { source: FaqSource; onFault(error: unknown): void }): Help {
  const faq = createLiveFaq(deps.source, deps.onFault);
  return {
    talk: createHelpTalk({ ...deps, faq }),
    jobs: [sweepCards(deps.db), countQuestions(deps.db)],
    pages: () => helpPages({ ...deps, faq }),
    faq,
    questionsInTalk: (sql, span) => loadQuestionHours(sql, { channel: 'talk', ...span }),
  };
}
