import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Account, ChangeEvent, Faults } from '../contract.ts';
import type { Platform } from '../platform.ts';
import { resetWorld } from '../world/world.ts';
import { clockRoutes } from './clock.ts';
import { crowdControl } from './crowd.ts';
import { faultIn } from './faults.ts';
import { tellFollowers } from './followers.ts';
import { groupControl } from './groups.ts';
import { isCount, problem, readObject, UnknownPerson } from './input.ts';
import { keepingControl } from './keeping.ts';
import { peopleControl } from './people.ts';
import { waitUntilSettled } from './settle.ts';
import { talkControl } from './talk.ts';

const tellsEveryMs = 30;

/** The control interface (contract.ts), to be mounted at `/control`. */
export function createControl(platform: Platform): Hono {
  const { world, settings, webhooks } = platform;
  const app = new Hono();

  // A web page somewhere else must not be able to play with the simulator of whoever looks at it.
  app.use(async (c, next) => {
    if (c.req.header('sec-fetch-site') === 'cross-site') return problem(c, 403, 'not from another site');
    return next();
  });

  app.get('/account', (c) => {
    const { userId, basicId, displayName } = settings.account;
    const { mode, chatMode } = world;
    const monthlyLimit = world.quota.limitPerMonth;
    const addFriendUrl = `https://line.me/R/ti/p/${basicId}`;
    const account: Account = { userId, basicId, displayName, addFriendUrl, mode, chatMode, monthlyLimit };
    return c.json(account);
  });

  app.patch('/account', async (c) => {
    const { mode, chatMode, monthlyLimit } = await readObject(c);
    if (mode === 'active' || mode === 'standby') world.mode = mode;
    if (chatMode === 'chat' || chatMode === 'bot') world.chatMode = chatMode;
    if (monthlyLimit === null || isCount(monthlyLimit)) world.quota.limitPerMonth = monthlyLimit;
    return c.json({ mode: world.mode, chatMode: world.chatMode, monthlyLimit: world.quota.limitPerMonth });
  });

  app.route('/', peopleControl(platform));
  app.route('/', talkControl(platform));
  app.route('/', groupControl(platform));
  app.route('/', clockRoutes(platform));
  app.route('/', keepingControl(platform));
  app.route('/', crowdControl(platform));

  app.get('/calls', (c) => c.json(world.calls.since(Number(c.req.query('since') ?? 0))));
  app.post('/clear-calls', (c) => {
    world.calls.clear();
    return c.json({});
  });

  app.get('/faults', (c) => c.json(world.faults));
  app.post('/faults', async (c) => {
    const faults = await readObject(c);
    const wrong = faultIn(faults);
    if (wrong) return problem(c, 400, wrong);
    world.faults = { ...world.faults, ...(faults as Faults) };
    return c.json(world.faults);
  });
  app.delete('/faults', (c) => {
    world.faults = {};
    return c.json({});
  });

  app.post('/settle', async (c) => {
    const waitingFor = await waitUntilSettled(platform);
    return waitingFor === null ? c.json({}) : problem(c, 504, `still waiting for ${waitingFor} after 10 s`);
  });

  app.post('/reset', async (c) => {
    const { everything, menus } = await readObject(c);
    webhooks.clear();
    resetWorld(world);
    if (menus === true) world.richMenus.reset();
    if (everything === true) {
      world.clock.reset();
      world.webhookUrl = settings.webhookUrl;
    }
    const deaf = [
      ...(everything === true ? await tellFollowers(settings.clockFollowers, world.clock.state()) : []),
      ...(await tellFollowers(settings.resetFollowers, { everything: everything === true })),
    ];
    if (deaf.length > 0) return problem(c, 502, `reset, but these did not follow: ${deaf.join(', ')}`);
    return c.json({});
  });

  app.get('/events', (c) =>
    streamSSE(c, async (stream) => {
      // Under load the same things change thousands of times a second; once in a while is news enough.
      const waiting = new Map<string, ChangeEvent>();
      let timer: NodeJS.Timeout | null = null;
      const flush = () => {
        timer = null;
        for (const change of waiting.values()) void stream.writeSSE({ data: JSON.stringify(change) });
        waiting.clear();
      };
      const stopWatching = world.changes.watch((change) => {
        waiting.set(`${change.type} ${change.userId ?? ''}`, change);
        timer ??= setTimeout(flush, tellsEveryMs);
      });
      const stop = () => {
        stopWatching();
        if (timer) clearTimeout(timer);
      };
      stream.onAbort(stop);
      await stream.writeSSE({ data: JSON.stringify({ type: 'people' }) });
      while (!stream.aborted) {
        await stream.sleep(15_000);
        if (!stream.aborted) await stream.write(': still here\n\n');
      }
      stop();
    }),
  );

  app.onError((error, c) => {
    if (error instanceof UnknownPerson) return problem(c, 404, error.message);
    if (error instanceof SyntaxError) return problem(c, 400, error.message);
    console.error(error);
    return problem(c, 500, String(error));
  });
  app.notFound((c) => problem(c, 404, 'no such control call'));
  return app;
}
