import type { BrowserSecrets } from '../applicant.ts';
import type { ApplicationDeps } from '../deps.ts';
import type { Drafts } from '../drafts.ts';
import type { ApplicationMail } from '../mail.ts';

/** What the pages of an application need. */
export interface ApplicationPageDeps extends ApplicationDeps {
  readonly drafts: Drafts;
  readonly mail: ApplicationMail;
  readonly browsers: BrowserSecrets;
}
