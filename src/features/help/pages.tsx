import { Hono } from 'hono';
import { type FaqEntry, faqTopics } from '../../base/faq.ts';
import type { Language } from '../../base/language.ts';
import type { WebContext, WebEnv } from '../../infra/http/web-env.ts';
import { Actions, Button, Card, Field, LinkButton, LinkList, Page, renderPage } from '../../infra/ui/components.tsx';
import { answerWords, hoursWords, telOf } from './answer-words.ts';
import type { HelpDeps } from './deps.ts';
import { isPage, pageLabel } from './messages.ts';
import { pageWords, topicLabels, words } from './text.ts';

/** GET /help (`?q=` searches) and /help/:entry, for anybody, signed in or not. */
export function helpPages({ faq, operator }: Pick<HelpDeps, 'faq' | 'operator'>): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const linkTo = (entry: FaqEntry) => ({ href: `/help/${entry.id}`, label: entry.title });

  app.get('/help', (c) => {
    const { language } = c.var;
    const question = (c.req.query('q') ?? '').trim().slice(0, 200);
    return renderPage(
      c,
      <Page c={c} operator={operator} title={words.title[language]()} nav="help">
        <SearchForm question={question} language={language} />
        {question === '' ? null : <Results found={faq.search(language)(question, 5)} {...{ question, language }} />}
        {faqTopics.map((topic) => {
          const links = faq.entries(language).filter((entry) => entry.topic === topic);
          return links.length === 0 ? null : (
            <Card title={topicLabels[topic][language]} id={`topic-${topic}`}>
              <LinkList links={links.map(linkTo)} />
            </Card>
          );
        })}
        <CallUs language={language} />
        {c.var.session?.lineUserId ? (
          <Card>
            <LinkList links={[{ href: '/conversations', label: pageWords.records[language]() }]} />
          </Card>
        ) : null}
      </Page>,
    );
  });

  app.get('/help/:entry', (c) => {
    const { language } = c.var;
    const entry = faq.entry(language, c.req.param('entry'));
    return entry ? showEntry(c, entry) : c.notFound();
  });

  function showEntry(c: WebContext, entry: FaqEntry): Response | Promise<Response> {
    const { language } = c.var;
    const similar = faq
      .search(language)(entry.title, 5)
      .filter((other) => other.id !== entry.id);
    const pages = entry.buttons.filter(isPage);
    const back = { href: '/help', label: words.title[language]() };
    return renderPage(
      c,
      <Page c={c} operator={operator} title={entry.title} nav="help" back={back}>
        <Card>
          {answerWords(entry, operator.support).map((part) => (
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
                  {words.call[language]()}
                </LinkButton>
              ) : null}
            </Actions>
          )}
        </Card>
        {similar.length === 0 ? null : (
          <Card title={pageWords.similar[language]()}>
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
    return (
      <Card title={pageWords.results[language](question)}>
        {found.length === 0 ? <p>{pageWords.none[language]()}</p> : <LinkList links={found.map(linkTo)} />}
      </Card>
    );
  }

  function CallUs({ language }: { language: Language }) {
    const { support } = operator;
    return (
      <Card title={pageWords.noneFits[language]()}>
        <p>{pageWords.callUs[language](support.phone, hoursWords(support))}</p>
        <LinkButton kind="secondary" href={telOf(support)}>
          {words.call[language]()}
        </LinkButton>
      </Card>
    );
  }

  return app;
}

/** A search is a plain address: it can be shared, and works without JavaScript. */
function SearchForm({ question, language }: { question: string; language: Language }) {
  return (
    <search>
      <form method="get" action="/help">
        <Field
          name="q"
          label={pageWords.question[language]()}
          hint={pageWords.example[language]()}
          value={question}
          maxlength={200}
        />
        <Button>{pageWords.search[language]()}</Button>
      </form>
    </search>
  );
}
