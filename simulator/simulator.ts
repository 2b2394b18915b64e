import { createHash, randomBytes } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { createAccess } from './access/app.tsx';
import { makePersonCookie, personCookieName } from './access/person-cookie.ts';
import { createApi } from './api/app.ts';
import { createCookieJars } from './browser/cookie-jar.ts';
import { createBrowserProxy } from './browser/proxy.ts';
import { createControl } from './control/app.ts';
import { createData } from './data-api/app.ts';
import { type Listener, listen } from './listen.ts';
import { completeOptions, type SimulatorOptions } from './options.ts';
import { phoneRoutes } from './phone/routes.ts';
import type { Origins, Platform } from './platform.ts';
import { keepState } from './state-file.ts';
import { WebhookSender } from './webhooks/sender.ts';
import { createWorld, type World } from './world/world.ts';

export interface Simulator {
  /** Listens on five ports; resolves with their origins. */
  start(): Promise<Origins>;
  stop(): Promise<void>;
  world: World;
}

/** A pretend LINE: phone and control, api, data, access, and the in-app browser. */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const settings = completeOptions(options);
  const world = createWorld(settings);
  const webhooks = new WebhookSender(world, settings);
  const origins: Origins = { ui: '', api: '', data: '', access: '', browser: '' };
  const cookieKey = settings.seed ? createHash('sha256').update(settings.seed).digest() : randomBytes(32);
  const platform: Platform = { settings, world, webhooks, origins, cookieKey };
  let listeners: Listener[] = [];
  let state: { close(): void } | null = null;

  async function start(): Promise<Origins> {
    const none: RequestListener = (_incoming, outgoing) => outgoing.writeHead(503).end();
    const apps: Record<keyof Origins, RequestListener> = {
      ui: none,
      api: none,
      data: none,
      access: none,
      browser: none,
    };
    const order: (keyof Origins)[] = ['ui', 'api', 'data', 'access', 'browser'];
    try {
      for (const [place, name] of order.entries()) {
        const port = settings.port === 0 ? 0 : settings.port + place;
        const listener = await listen(() => apps[name], { port, host: settings.host });
        listeners.push(listener);
        origins[name] = listener.origin;
      }
    } catch (error) {
      await stop();
      throw error;
    }
    if (settings.stateFile) state = keepState(world, settings.stateFile);
    // The apps are made now that they can know where each other is.
    apps.api = createApi(platform);
    apps.data = createData(platform);
    apps.access = createAccess(platform);
    const { ui, browser } = createScreens(platform);
    apps.ui = listenerOf(ui);
    apps.browser = listenerOf(browser);
    return { ...origins };
  }

  async function stop(): Promise<void> {
    webhooks.close();
    state?.close();
    state = null;
    await Promise.all(listeners.map((listener) => listener.stop()));
    listeners = [];
  }

  return { start, stop, world };
}

function listenerOf(app: Hono): RequestListener {
  return getRequestListener(app.fetch, { overrideGlobalObjects: false });
}

/** What people look at: the phone with its control interface, and the browser inside the phone. */
function createScreens(platform: Platform): { ui: Hono; browser: Hono } {
  const { world, origins } = platform;
  const uiPort = new URL(origins.ui).port;
  const places = {
    uiOrigins: [origins.ui, `http://localhost:${uiPort}`],
    accessOrigin: origins.access,
    browserPort: Number(new URL(origins.browser).port),
  };
  const ui = new Hono();
  ui.route('/control', createControl(platform));
  ui.route('/', phoneRoutes({ places }));
  const jars = createCookieJars();
  world.changes.watch((change) => {
    if (change.type === 'reset') jars.clear();
  });
  const browser = createBrowserProxy({
    places,
    jars,
    now: () => world.clock.now(),
    languageOf: (userId) => world.people.find(userId)?.language ?? 'ja',
    accessCookieFor: (userId) =>
      world.people.findPresent(userId) ? `${personCookieName}=${makePersonCookie(userId, platform.cookieKey)}` : null,
  });
  return { ui, browser };
}
