import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import { companyDoor, type Manner } from '../simulated-company/door.ts';
import { answerPage, Choices, CompanyPage } from '../simulated-company/page.tsx';
import { createSessions, ENDS, type VisitSession, visit } from './sessions.ts';
import { aboutMethod, ends, text } from './text.ts';

export interface SimulatedIdentityProvider {
  readonly app: Hono;
  readonly manner: Manner;
  empty(): void;
  close(): void;
}

/** A licensed provider of identity verification that reads no card: whoever comes to its page chooses the result. */
export function createSimulatedIdentityProvider(options: {
  clock: Clock;
  secret: string;
  /** Where it is reached, with the path it is mounted at. */
  url: string;
  file: string | null;
}): SimulatedIdentityProvider {
  const manner: Manner = { mood: 'answers' };
  const sessions = createSessions(options);
  const app = new Hono();

  app.use('/sessions/*', companyDoor(options.secret, manner));
  app.put('/sessions/:key', async (c) => {
    const asked = visit.safeParse(await c.req.json());
    if (!asked.success) return c.json({ code: 'malformed' }, 422);
    const session = sessions.open(c.req.param('key'), asked.data);
    if (session === 'conflict') return c.json({ code: 'key-of-another-session' }, 409);
    const { sessionId } = session;
    return c.json({ sessionId, url: `${options.url}/visit/${sessionId}` }, 201);
  });
  app.get('/sessions/:sessionId', (c) => {
    const session = sessions.of(c.req.param('sessionId'));
    if (!session) return c.json({ code: 'no-such-session' }, 404);
    return c.json({ sessionId: session.sessionId, result: session.result });
  });

  app.get('/visit/:sessionId', (c) => {
    const session = sessions.of(c.req.param('sessionId'));
    return session ? show(c, session) : gone(c);
  });
  app.post('/visit/:sessionId', async (c) => {
    const session = sessions.of(c.req.param('sessionId'));
    if (!session) return gone(c);
    const end = z.enum(ENDS).safeParse((await c.req.parseBody()).end);
    if (end.success) sessions.end(session, end.data);
    return c.redirect(session.visit.returnUrl, 303);
  });

  return { app, manner, empty: () => sessions.empty(), close: () => sessions.close() };
}

function show(c: Context, { visit: { language, method, person, returnUrl }, result }: VisitSession) {
  const rows = [
    { term: text.name[language](), value: `${person.name.family} ${person.name.given}` },
    { term: text.birthDate[language](), value: person.birthDate },
    { term: text.address[language](), value: person.address },
  ];
  return answerPage(
    c,
    <CompanyPage company="identity" name={text.company[language]()} title={text.title[language]()} language={language}>
      {result ? <p>{text.over[language]()}</p> : <p>{aboutMethod[method][language]}</p>}
      <section class="box">
        <h2>{text.compared[language]()}</h2>
        <dl>
          {rows.map(({ term, value }) => (
            <div>
              <dt>{term}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </section>
      <form method="post">
        {result ? (
          <button type="submit">{text.back[language]()}</button>
        ) : (
          <>
            <Choices
              name="end"
              legend={text.legend[language]()}
              value="success"
              options={ENDS.map((end) => ({ value: end, label: ends[end][language] }))}
            />
            <button type="submit">{text.finish[language]()}</button>
          </>
        )}
      </form>
      {result ? null : (
        <form method="post">
          <button type="submit" class="quiet" name="end" value="gave-up">
            {text.stop[language]()}
          </button>
        </form>
      )}
    </CompanyPage>,
    { returnUrl },
  );
}

const gone = (c: Context) =>
  answerPage(
    c,
    <CompanyPage company="identity" name={text.company.ja()} title={text.gone.ja()} language="ja">
      <p lang="en">{text.gone.en()}</p>
    </CompanyPage>,
    { status: 404 },
  );
