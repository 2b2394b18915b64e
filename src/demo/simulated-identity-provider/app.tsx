import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import { companyDoor, type Manner } from '../simulated-company/door.ts';
import { answerPage, Choices, CompanyPage } from '../simulated-company/page.tsx';
import { createSessions, ENDS, type VisitSession, visit } from './sessions.ts';
import { providerText } from './text.ts';

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
  const t = providerText(language);
  const rows = [
    { term: t.name, value: `${person.name.family} ${person.name.given}` },
    { term: t.birthDate, value: person.birthDate },
    { term: t.address, value: person.address },
  ];
  return answerPage(
    c,
    <CompanyPage company="identity" name={t.company} title={t.title} language={language}>
      {result ? <p>{t.over}</p> : <p>{t.methods[method]}</p>}
      <section class="box">
        <h2>{t.compared}</h2>
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
          <button type="submit">{t.back}</button>
        ) : (
          <>
            <Choices
              name="end"
              legend={t.legend}
              value="success"
              options={ENDS.map((end) => ({ value: end, label: t.ends[end] }))}
            />
            <button type="submit">{t.finish}</button>
          </>
        )}
      </form>
      {result ? null : (
        <form method="post">
          <button type="submit" class="quiet" name="end" value="gave-up">
            {t.stop}
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
    <CompanyPage company="identity" name={providerText('ja').company} title={providerText('ja').gone} language="ja">
      <p lang="en">{providerText('en').gone}</p>
    </CompanyPage>,
    { status: 404 },
  );
