import type { Hono } from 'hono';
import type { WebEnv } from '../../infra/http/web-env.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import type { TalkHandler } from '../../infra/line/talk.ts';
import { createBrowserSecrets } from './applicant.ts';
import { createApplicationsTalk } from './chat.ts';
import type { ApplicationDeps } from './deps.ts';
import { createDrafts, type Drafts } from './drafts.ts';
import { removeDraftsJob } from './jobs.ts';
import { createApplicationMail } from './mail.ts';
import { applicationPages } from './pages/index.ts';

export { applicationsDiscloser } from './disclose-store.ts';
export interface Applications {
  readonly talk: TalkHandler;
  readonly jobs: readonly Job[];
  pages(): Hono<WebEnv>;
  /** Begins an application under an id of the caller's. */
  begin: Drafts['begin'];
}

/** New applications: the form, from the first page until it is sent. */
export function createApplications(deps: ApplicationDeps): Applications {
  const drafts = createDrafts(deps);
  return {
    begin: drafts.begin,
    talk: createApplicationsTalk(deps, drafts),
    jobs: [removeDraftsJob(drafts)],
    pages: () =>
      applicationPages({
        ...deps,
        drafts,
        mail: createApplicationMail(deps, drafts),
        browsers: createBrowserSecrets(deps),
      }),
  };
}
