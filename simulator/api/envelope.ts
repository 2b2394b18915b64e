import { Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { Refusal } from './refusal.ts';

/** What an app is told of the exchange it is part of, and may say about it. */
export interface Told {
  requestId: string;
  /** For the log: why this was refused, when the answer does not say it. */
  refusal?: string;
}

export type Env = { Bindings: Told; Variables: { requestId: string } };

/** What the log says of a call to an address that nobody serves, so that it is not taken for LINE's own 404. */
export const notSimulated = 'this address is not simulated, or belongs to another host';

/** An app for a simulated origin: the request id at hand, and LINE-shaped errors. exchange.ts does what is around it. */
export function createEnvelope(): Hono<Env> {
  const app = new Hono<Env>();

  app.use(async (c, next) => {
    c.set('requestId', c.env.requestId);
    await next();
  });

  app.onError((error, c) => {
    if (error instanceof Refusal) {
      for (const [name, value] of Object.entries(error.headers)) c.header(name, value);
      return c.json(error.body as Record<string, unknown>, error.status as ContentfulStatusCode);
    }
    console.error(error);
    return c.json({ message: 'Internal Server Error' }, 500);
  });
  app.notFound((c) => {
    c.env.refusal = notSimulated;
    return c.json({ message: 'Not found' }, 404);
  });
  return app;
}
