import { Hono } from 'hono';
import { type FaqEntry, faqTopics } from '../../base/faq.ts';
import { newId } from '../../base/ids.ts';
import { type Language, span } from '../../base/language.ts';
import { runnerOf } from '../../infra/db/runner.ts';
import { readForm } from '../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../infra/http/web-env.ts';
import {
  Actions,
  Button,
  Card,
  Field,
  Fold,
  Form,
  LinkButton,
  LinkList,
  Notice,
  Page,
  renderPage,
} from '../../infra/ui/components.tsx';
import { uiText } from '../../infra/ui/text.ts';
import { answerWords, telOf } from './answer-words.ts';
import { insertAsked } from './asked-store.ts';
import type { HelpDeps } from './deps.ts';
import { isPage, pageLabel } from './messages.ts';
import { webVoteLimit } from './rules/vote-limit.ts';
import { saveVote } from './store.ts';
import { helpText } from './text.ts';

const VOTES = ['yes', 'no'] as const;
type Vote = (typeof VOTES)[number];

type PagesDeps = Pick<HelpDeps, 'db' | 'clock' | 'limits' | 'faq' | 'operator'>;

/**
 * GET /help (`?q=` searches) and /help/:entry, for anybody, signed in or not; POST /help/:entry counts whether it helped.
 */
export function helpPages(deps: PagesDeps): Hono<WebEnv> {
  const { db, clock, limits, faq, operator } = deps;
  const app = new Hono<WebEnv>();
  const sql = runnerOf(db);
  const moment = () => ({ now: clock.now(), zone: operator.timeZone });
  const linkTo = (entry: FaqEntry) => ({ href: `/help/${entry.id}`, label: entry.title });

  app.get('/help', async (c) => {
    const { language } = c.var;
    const t = helpText(language);
    const question = (c.req.query('q') ?? '').trim().slice(0, 200);
    const found = question === '' ? [] : faq.search(language)(question, 5);
    if (question !== '') {
      await insertAsked(sql, moment(), { channel: 'web', language, kind: 'question', found: found.length, shown: [] });
    }
    return renderPage(
      c,
      <Page c={c} operator={operator} title={t.title} nav="help" {...backOf(c)}>
        <SearchForm question={question} language={language} />
        {question === '' ? null : <Results {...{ found, question, language }} />}
        {faqTopics.map((topic) => {
          const links = faq.entries(language).filter((entry) => entry.topic === topic);
          return links.length === 0 ? null : (
            <Fold title={t.topics[topic]}>
              <LinkList links={links.map(linkTo)} />
            </Fold>
          );
        })}
        <CallUs language={language} />
        {c.var.session?.lineUserId ? (
          <Card>
            <LinkList links={[{ href: '/conversations', label: t.page.records }]} />
          </Card>
        ) : null}
      </Page>,
    );
  });

  app.get('/help/:entry', async (c) => {
    const { language } = c.var;
    const entry = faq.entry(language, c.req.param('entry'));
    if (!entry) return c.notFound();
    const voted = VOTES.find((each) => each === c.req.query('voted'));
    // Coming back from the vote shows it no second time.
    if (!voted) {
      await insertAsked(sql, moment(), { channel: 'web', language, kind: 'opened', found: 1, shown: [entry.id] });
    }
    return showEntry(c, entry, voted);
  });

  app.post('/help/:entry', async (c) => {
    const { language, address } = c.var;
    const entry = faq.entry(language, c.req.param('entry'));
    const form = await readForm(c);
    const voted = VOTES.find((each) => each === form('helped'));
    if (!entry || !voted) return c.notFound();
    // Beyond that somebody plays with it: thanked, not counted.
    const taken = await limits.take(db, [{ limit: webVoteLimit, subject: address }]);
    if (taken.ok) {
      const card = `web:${form('shown').slice(0, 64)}`;
      await saveVote(sql, moment(), { card, entryId: entry.id, language, hasHelped: voted === 'yes' });
    }
    return c.redirect(`/help/${entry.id}?voted=${voted}`, 303);
  });

  /** Whoever is signed in has the navigation. */
  function backOf(c: WebContext) {
    return c.var.session ? {} : { back: { href: '/', label: uiText(c.var.language).nav.home } };
  }

  function showEntry(c: WebContext, entry: FaqEntry, voted: Vote | undefined): Response | Promise<Response> {
    const { language } = c.var;
    const t = helpText(language);
    const { support } = operator;
    const similar = faq
      .search(language)(entry.title, 5)
      .filter((other) => other.id !== entry.id);
    const pages = entry.buttons.filter(isPage);
    const back = { href: '/help', label: t.title };
    return renderPage(
      c,
      <Page c={c} operator={operator} title={entry.title} nav="help" back={back}>
        {voted === 'yes' ? <Notice kind="success">{t.page.thanks}</Notice> : null}
        {voted === 'no' ? (
          <Notice kind="info">{t.page.sorry(support.phone, span(support.hours, language))}</Notice>
        ) : null}
        <Card>
          {answerWords(entry, operator.support, language).map((part) => (
            <p>{part}</p>
          ))}
          {pages.length === 0 && !entry.buttons.includes('call') ? null : (
            <Actions>
              {pages.map((path) => (
                <LinkButton kind="secondary" href={path}>
                  {pageLabel(path, language)}
                </LinkButton>
              ))}
              {entry.buttons.includes('call') ? (
                <LinkButton kind="secondary" href={telOf(operator.support)}>
                  {t.call}
                </LinkButton>
              ) : null}
            </Actions>
          )}
        </Card>
        {voted ? null : <DidThisHelp entry={entry} language={language} />}
        {similar.length === 0 ? null : (
          <Card title={t.page.similar}>
            <LinkList links={similar.map(linkTo)} />
          </Card>
        )}
        <SearchForm question="" language={language} />
        <CallUs language={language} />
      </Page>,
    );
  }

  function Results({
    found,
    question,
    language,
  }: {
    found: readonly FaqEntry[];
    question: string;
    language: Language;
  }) {
    const t = helpText(language);
    return (
      <Card title={t.page.results(question)}>
        {found.length === 0 ? <p>{t.page.none}</p> : <LinkList links={found.map(linkTo)} />}
      </Card>
    );
  }

  function CallUs({ language }: { language: Language }) {
    const t = helpText(language);
    const { support } = operator;
    return (
      <Card title={t.page.noneFits}>
        <p>{t.page.callUs(support.phone, span(support.hours, language))}</p>
        <LinkButton kind="secondary" href={telOf(support)}>
          {t.call}
        </LinkButton>
      </Card>
    );
  }

  return app;
}

/** Whether it helped; each view of the page counts once. */
function DidThisHelp({ entry, language }: { entry: FaqEntry; language: Language }) {
  const t = helpText(language);
  return (
    <Card title={t.didThisHelp}>
      <Form action={`/help/${entry.id}`}>
        <input type="hidden" name="shown" value={newId()} />
        <Actions>
          <Button kind="secondary" name="helped" value="yes">
            {t.yes}
          </Button>
          <Button kind="secondary" name="helped" value="no">
            {t.no}
          </Button>
        </Actions>
      </Form>
    </Card>
  );
}

/** A search is a plain address: it can be shared, and works without JavaScript. */
function SearchForm({ question, language }: { question: string; language: Language }) {
  const t = helpText(language);
  return (
    <search>
      <form method="get" action="/help">
        <Field name="q" label={t.page.question} hint={t.page.example} value={question} maxlength={200} />
        <Button>{t.page.search}</Button>
      </form>
    </search>
  );
}
