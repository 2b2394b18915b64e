import { type Context, Hono } from 'hono';
import { setCookie } from 'hono/cookie';
import type { Env } from '../api/envelope.ts';
import type { Platform } from '../platform.ts';
import { Page } from './page.tsx';
import { makePersonCookie, personCookieName } from './person-cookie.ts';
import { languageOf } from './visitor.ts';
import { words } from './words.ts';

/** The page that asks who is in front of the browser; afterwards it goes on to `returnTo`, an own path. */
export function showLogin(c: Context, { world }: Platform, returnTo: string) {
  const language = languageOf(c, null);
  const text = words[language];
  return c.html(
    <Page language={language} title={text.loginTitle}>
      <p>{text.loginText}</p>
      <form method="post" action="/login">
        <input type="hidden" name="return_to" value={returnTo} />
        <ul>
          {world.people.all().map((person) => (
            <li>
              <button class="person" type="submit" name="user_id" value={person.userId}>
                <span class="avatar" style={`background:${person.avatar.color}`} aria-hidden="true">
                  {person.avatar.letter}
                </span>
                {person.displayName}
              </button>
            </li>
          ))}
        </ul>
      </form>
    </Page>,
  );
}

/** Remembers the choice in a cookie. */
export function loginRoutes({ world, cookieKey }: Platform): Hono<Env> {
  const app = new Hono<Env>();
  app.post('/login', async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const person = world.people.find(form.get('user_id') ?? '');
    if (!person) return c.text('there is no such person', 400);
    setCookie(c, personCookieName, makePersonCookie(person.userId, cookieKey), {
      httpOnly: true,
      sameSite: 'Lax',
      path: '/',
    });
    const returnTo = form.get('return_to') ?? '/';
    return c.redirect(/^\/(?!\/)/.test(returnTo) ? returnTo : '/');
  });
  return app;
}
