import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import type { CheckedMessage } from '../acts/deliver.ts';
import { handOver } from '../acts/hand-over.ts';
import type { Env } from '../api/envelope.ts';
import { loginOf } from '../api/liff.ts';
import { refuse } from '../api/refusal.ts';
import { checkBody } from '../messages/check.ts';
import type { Platform } from '../platform.ts';
import type { SharePick } from '../world/share-picks.ts';
import { showBadRequest } from './notice.tsx';
import { Page } from './page.tsx';
import { pickerScript } from './picker-script.ts';
import { languageOf, visitorOf } from './visitor.ts';
import { words } from './words.ts';

const base = '/oauth2/v2.1/liff/shareTargetPicker';

/**
 * The friend picker that `liff.shareTargetPicker()` opens in another window. The messages come by `postMessage` from
 * the app; the app asks here for the result and never learns who was chosen.
 */
export function liffShareRoutes(platform: Platform): Hono<Env> {
  const { world, settings } = platform;
  const app = new Hono<Env>();

  app.get(base, (c) => {
    const person = visitorOf(c, platform);
    const pick = pickOf(c);
    if (!pick || !settings.liffEndpointUrl || person?.userId !== pick.userId) {
      return showBadRequest(c, person, 'the one-time token is unknown, expired or somebody else’s');
    }
    const language = languageOf(c, person);
    const text = words[language];
    const friends = world.people.all().filter(({ userId }) => userId !== person.userId);
    const appOrigin = new URL(settings.liffEndpointUrl).origin;
    return c.html(
      <Page language={language} title={text.shareTitle}>
        <form method="post" action={`${base}/send${new URL(c.req.url).search}`} data-app-origin={appOrigin}>
          <input type="hidden" name="messages" />
          {friends.map(({ userId, displayName }) => (
            <label>
              <input type="checkbox" name="to" value={userId} />
              {displayName}
            </label>
          ))}
          <button class="button main" type="submit" disabled>
            {text.shareSend}
          </button>
        </form>
        <script src={`${base}/picker.js`} />
      </Page>,
    );
  });

  app.get(`${base}/picker.js`, (c) => c.body(pickerScript, 200, { 'content-type': 'text/javascript; charset=utf-8' }));

  app.post(`${base}/send`, async (c) => {
    const person = visitorOf(c, platform);
    const pick = pickOf(c);
    if (!pick || !person || person.userId !== pick.userId || pick.result !== null) {
      return showBadRequest(c, person, 'this sharing is over');
    }
    const form = new URLSearchParams(await c.req.text());
    const body: { messages?: CheckedMessage[] } = { messages: parse(form.get('messages')) };
    const refusal = checkBody('Validate', body);
    if (refusal) return showBadRequest(c, person, JSON.stringify(refusal));
    const friends = form.getAll('to').flatMap((userId) => world.people.findPresent(userId) ?? []);
    for (const friend of friends)
      for (const message of body.messages ?? []) handOver(platform, person, friend, message);
    pick.result = 'SUCCESS';
    return c.html(html`<!doctype html><title>OK</title><script src="${base}/close.js"></script>`);
  });

  app.get(`${base}/close.js`, (c) =>
    c.body('window.close();', 200, { 'content-type': 'text/javascript; charset=utf-8' }),
  );

  app.get(`${base}/result`, (c) => {
    const { result } = ownPick(c);
    return c.json(result === null ? {} : { result, resultDescription: result });
  });

  app.post(`${base}/result`, async (c) => {
    const pick = ownPick(c);
    const form = new URLSearchParams(await c.req.text());
    if (form.get('result') !== 'CANCEL') throw refuse(400, 'result is invalid');
    pick.result ??= 'CANCEL';
    return c.json({ status: 'ok' });
  });

  /** The token's, when it is for our app. */
  function pickOf(c: Context<Env>): SharePick | null {
    const { liffId, ott = '' } = c.req.query();
    return liffId === settings.liffId ? world.sharePicks.find(ott, world.clock.now()) : null;
  }

  function ownPick(c: Context<Env>): SharePick {
    const pick = pickOf(c);
    if (!pick) throw refuse(400, 'ott is invalid');
    // The SDK sends no token here: the one-time token is what it knows the picker by.
    if (c.req.header('authorization') && loginOf(c, platform).userId !== pick.userId) throw refuse(403, 'not yours');
    return pick;
  }

  return app;
}

/** What the app handed over; nothing when it is not JSON, which the check then refuses. */
function parse(text: string | null) {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
