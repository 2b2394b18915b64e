import type { Context } from 'hono';
import type { Language } from '../contract.ts';
import type { Platform } from '../platform.ts';
import type { PersonRecord } from '../world/people.ts';
import type { AuthorizeRequest } from './authorize-request.ts';
import { Page } from './page.tsx';
import { words } from './words.ts';

/** Asks once for what the app wants to know; a plain form with two buttons. */
export function showConsent(
  c: Context,
  asked: {
    platform: Platform;
    person: PersonRecord;
    query: Record<string, string>;
    request: AuthorizeRequest;
    isFriendOffered: boolean;
    language: Language;
  },
) {
  const { person, request, language } = asked;
  const text = words[language];
  const { displayName } = asked.platform.settings.account;
  const names: Record<string, string> = text.scopes;
  return c.html(
    <Page language={language} title={text.consentTitle(displayName)}>
      <p>{text.consentAs(person.displayName)}</p>
      <ul>
        {request.scope.map((scope) => (
          <li>{names[scope] ?? scope}</li>
        ))}
      </ul>
      <form method="post" action="/oauth2/v2.1/consent">
        <input type="hidden" name="request" value={new URLSearchParams(asked.query).toString()} />
        {asked.isFriendOffered ? (
          <label>
            <input type="checkbox" name="add_friend" value="yes" checked />
            {text.addFriend(displayName)}
          </label>
        ) : null}
        <button class="button main" type="submit" name="decision" value="allow">
          {text.allow}
        </button>
        <button class="button" type="submit" name="decision" value="deny">
          {text.deny}
        </button>
      </form>
    </Page>,
  );
}
