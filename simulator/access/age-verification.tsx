import { type Context, Hono } from 'hono';
import { askForAge, CALLBACK_PATH, operatorClient } from '../age/age-proof.ts';
import type { Question } from '../age/operator-client.ts';
import type { Env } from '../api/envelope.ts';
import type { Platform } from '../platform.ts';
import type { PersonRecord } from '../world/people.ts';
import { showLogin } from './login.tsx';
import { showBadRequest, showNotice } from './notice.tsx';
import { Page } from './page.tsx';
import { languageOf, visitorOf } from './visitor.ts';
import { type Words, words } from './words.ts';

/** A question that waits this long for its answer is forgotten. */
const WAITS_MS = 15 * 60_000;

/** 年齢確認: choose the mobile operator, be asked there, come back with a yes or no. */
export function ageVerificationRoutes(platform: Platform): Hono<Env> {
  const app = new Hono<Env>();
  const waiting = new Map<string, { userId: string; question: Question; since: number }>();

  app.get('/age-verification', (c) => {
    const person = visitorOf(c, platform);
    const operator = platform.settings.ageOperator;
    if (!operator) return showBadRequest(c, person, 'the simulator was told of no operator that answers for ages');
    if (!person) return showLogin(c, platform, '/age-verification');
    const language = languageOf(c, person);
    const text = words[language];
    return c.html(
      <Page language={language} title={text.ageTitle}>
        <p>{text.ageText}</p>
        <p class="soft">{text.ageChoose}</p>
        <a class="button main" href="/age-verification/start">
          {operator.name}
        </a>
        <a class="button" href="/__line/close">
          {text.ageLater}
        </a>
      </Page>,
    );
  });

  app.get('/age-verification/start', async (c) => {
    const person = visitorOf(c, platform);
    const client = operatorClient(platform);
    if (!client || !person) return c.redirect('/age-verification');
    const question = await client.begin().catch(() => null);
    if (!question) return fail(c, person, (text) => text.ageUnreachable);
    const now = Date.now();
    for (const [state, { since }] of waiting) if (now - since > WAITS_MS) waiting.delete(state);
    waiting.set(question.state, { userId: person.userId, question, since: now });
    return c.redirect(question.url);
  });

  app.get(CALLBACK_PATH, async (c) => {
    const person = visitorOf(c, platform);
    const { state = '', code, error } = c.req.query();
    const asked = waiting.get(state);
    waiting.delete(state);
    const client = operatorClient(platform);
    // Only in the browser it began in: somebody else's answer must not become this person's age.
    if (!client || !person || !asked || asked.userId !== person.userId) return fail(c, person, (text) => text.ageStale);
    if (error !== undefined || code === undefined) return fail(c, person, (text) => text.ageDeclined);
    const tokens = await client.finish(asked.question, code).catch(() => null);
    if (!tokens) return fail(c, person, (text) => text.ageUnreachable);
    await askForAge(platform, person, tokens);
    return showNotice(c, {
      person,
      title: (text) => (person.age.state === 'adult' ? text.ageAdultTitle : text.ageNoTitle),
      text: (text) => text.age[person.age.state],
      closes: (text) => text.ageDone,
    });
  });

  return app;
}

function fail(c: Context, person: PersonRecord | null, text: (text: Words) => string) {
  return showNotice(c, { person, title: (t) => t.ageFailedTitle, text, closes: (t) => t.ageDone });
}
