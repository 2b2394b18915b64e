import { sentences } from '../../../base/language.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import type { WebContext } from '../../../infra/http/web-env.ts';
import { Actions, LinkButton, Notice, Page, renderPage } from '../../../infra/ui/components.tsx';
import type { Attempt, Purpose } from '../attempt-store.ts';
import type { LinkingDeps } from '../deps.ts';
import { codeHelpFor } from '../help.ts';
import { loadUserLinksOf } from '../store.ts';
import { isBindFailure, talkText } from '../text.ts';
import { LinkedCodes, UndoNotice } from './parts.tsx';
import { pageText } from './text.ts';

/** The talk with the official account; with words, they stand in its field ready to be sent. */
function talkUrl(deps: LinkingDeps, words?: string): string {
  const talk = `https://line.me/R/oaMessage/${encodeURIComponent(deps.operator.officialAccount.basicId)}/`;
  return words ? `${talk}?${encodeURIComponent(words)}` : talk;
}

/** How an attempt ended, for somebody who comes back from LINE's dialogue. */
export async function overPage(deps: LinkingDeps, c: WebContext, attempt: Attempt): Promise<Response> {
  if (attempt.state === 'linked') return linkedPage(deps, c, attempt);
  if (!attempt.failure || !isBindFailure(attempt.failure)) return expiredPage(deps, c, attempt.purpose);
  const t = pageText(c.var.language);
  const failure = talkText(c.var.language).failure[attempt.failure];
  return startAgain(deps, c, { purpose: attempt.purpose, title: t.failedTitle, words: failure, status: 200 });
}

async function linkedPage(deps: LinkingDeps, c: WebContext, attempt: Attempt): Promise<Response> {
  const { language } = c.var;
  const t = pageText(language);
  const { purpose } = attempt;
  const links = purpose === 'user' ? await loadUserLinksOf(runnerOf(deps.db), attempt.lineUserId) : [];
  return renderPage(
    c,
    <Page c={c} operator={deps.operator} title={t.doneTitle[purpose]}>
      <Notice kind="success">
        <p>{t.doneLead[purpose]}</p>
      </Notice>
      <LinkedCodes links={links} language={language} />
      <Actions>
        <LinkButton href={talkUrl(deps)}>{t.backToTalk}</LinkButton>
        {purpose === 'contractor' ? (
          <LinkButton kind="secondary" href="/login/line?next=/">
            {t.myPage}
          </LinkButton>
        ) : null}
      </Actions>
      <UndoNotice language={language} />
    </Page>,
  );
}

export function expiredPage(deps: LinkingDeps, c: WebContext, purpose: Purpose): Response | Promise<Response> {
  const { language } = c.var;
  const { cause, remedy } = codeHelpFor(language, 'page-expired');
  const title = pageText(language).expiredTitle;
  return startAgain(deps, c, { purpose, title, words: sentences([cause, remedy], language), status: 410 });
}

export function elsewherePage(deps: LinkingDeps, c: WebContext, purpose: Purpose): Response | Promise<Response> {
  const { language } = c.var;
  const { cause, remedy } = codeHelpFor(language, 'opened-elsewhere');
  const title = pageText(language).elsewhereTitle;
  return startAgain(deps, c, { purpose, title, words: sentences([cause, remedy], language), status: 403 });
}

/** Says why it does not go on here, and offers a fresh page in one tap. */
function startAgain(
  deps: LinkingDeps,
  c: WebContext,
  page: { purpose: Purpose; title: string; words: string; status: 200 | 403 | 410 },
): Response | Promise<Response> {
  const t = pageText(c.var.language);
  return renderPage(
    c,
    <Page c={c} operator={deps.operator} title={page.title}>
      <Notice kind="warning">
        <p>{page.words}</p>
      </Notice>
      <Actions>
        <LinkButton href={talkUrl(deps, page.purpose === 'contractor' ? t.contractorWord : t.userWord)}>
          {t.fresh}
        </LinkButton>
      </Actions>
      <p class="muted">{t.freshHint}</p>
    </Page>,
    page.status,
  );
}
