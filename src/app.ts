import type { Hono } from 'hono';
import { createFeatures } from './app/features/index.ts';
import { type AppParts, layGround } from './app/ground.ts';
import { createSite } from './app/site.ts';
import { createWork } from './app/work.ts';
import type { Config } from './config.ts';
import { createDoors } from './infra/http/doors.ts';
import { type Serving, startServer, under } from './infra/http/server.ts';
import type { WebEnv } from './infra/http/web-env.ts';
import { createLive } from './infra/live/live.ts';

/** The whole of Renkei, composed by hand. */
export type App = Awaited<ReturnType<typeof createApp>>;

/**
 * Puts every part together: the ground, the features on it, the work they leave, the site that answers. Nothing listens and
 * nothing runs before `listen()`.
 *
 * @throws when the database cannot be trusted with data, or was written by a newer program.
 */
export async function createApp(config: Config, parts: AppParts) {
  const { log } = parts;
  const ground = await layGround(config, parts);
  const features = createFeatures(ground, { onSent: () => work.outbox.poke() });
  const work = createWork(ground, features);
  const live = createLive({
    url: ground.database.url,
    topics: ['conversation', 'product_order'],
    onError: (err) => log.error({ err }, 'pages hear of no changes until this passes'),
  });
  let server: Serving | undefined;
  let isStopping = false;
  const { web, doors } = createSite(ground, features, { work, live, isStopping: () => isStopping });
  const { help, ageProof } = features;

  return {
    ...features,
    config,
    database: ground.database,
    companies: ground.companies,
    web,
    /** Where programs post beside the web. */
    doors: doors.map(({ path }) => path),
    jobs: work.jobs,
    isIdle: work.isIdle,
    /** Adds routes before listening: the demo's. */
    mount(routes: Hono<WebEnv>) {
      web.route('/', routes);
    },
    /** Starts the work of this process's roles, and answers on its port. */
    async listen(): Promise<{ url: string }> {
      help.faq.start();
      if (config.roles.has('jobs')) await work.start();
      if (config.roles.has('web')) {
        live.start();
        server = await startServer(config, web, [
          createDoors({ doors, log, isSecure: ground.isSecure }),
          under('/oidc', ageProof.openId.answer),
        ]);
      }
      return { url: config.publicUrl };
    },
    /**
     * Finishes what is under way, in order: no new requests, no new work, then the database.
     *
     * @param drainMs how long it goes on answering while it says that it is not ready
     */
    async stop({ drainMs = 0 }: { drainMs?: number } = {}): Promise<void> {
      isStopping = true;
      // Told at once: they come to the end of their portions while pages are still answered.
      const jobsEnded = work.stopJobs();
      await server?.drain(drainMs);
      help.faq.stop();
      // Streams would keep the server open.
      await live.stop();
      await server?.close();
      await jobsEnded;
      await work.stop();
      await ground.close();
    },
  };
}
