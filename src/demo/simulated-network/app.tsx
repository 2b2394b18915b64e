import { Hono } from 'hono';
import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import type { Activation, Deactivation } from '../../infra/provisioning/provisioning.ts';
import { companyDoor, type Manner } from '../simulated-company/door.ts';
import { createActivations, type Held, type NetworkSettings, order } from './activations.ts';

export interface SimulatedNetwork {
  readonly app: Hono;
  readonly manner: Manner;
  /** What becomes of the next try, and how long one takes. */
  readonly settings: NetworkSettings;
  activations(): readonly { held: Held; now: Activation; end: Deactivation | null }[];
  empty(): void;
  close(): void;
}

const USUAL_MINUTES = 3;

/** A network that makes SIMs work in some minutes of the demo's clock, and is told what fails. */
export function createSimulatedNetwork(options: {
  clock: Clock;
  secret: string;
  file: string | null;
}): SimulatedNetwork {
  const manner: Manner = { mood: 'answers' };
  const settings: NetworkSettings = { fate: 'works', minutes: USUAL_MINUTES };
  const activations = createActivations({ ...options, settings });
  const app = new Hono();

  app.use('/activations/*', companyDoor(options.secret, manner));
  app.put('/activations/:key', async (c) => {
    const asked = order.safeParse(await c.req.json());
    if (!asked.success) return c.json({ code: 'malformed' }, 422);
    const held = activations.submit(c.req.param('key'), asked.data);
    if (held === 'conflict') return c.json({ code: 'key-of-another-order' }, 409);
    return c.json(activations.stateOf(held), 202);
  });
  app.get('/activations/:key', (c) => {
    const held = activations.of(c.req.param('key'));
    return held ? c.json(activations.stateOf(held)) : c.json({ code: 'no-such-activation' }, 404);
  });
  app.put('/activations/:key/attempts/:attempt', (c) => {
    const held = activations.of(c.req.param('key'));
    const attempt = z.coerce.number().int().min(2).safeParse(c.req.param('attempt'));
    if (!held || !attempt.success) return c.json({ code: 'no-such-activation' }, 404);
    activations.repeat(held, attempt.data);
    return c.json(activations.stateOf(held), 202);
  });
  app.put('/activations/:key/deactivation/:attempt', (c) => {
    const held = activations.of(c.req.param('key'));
    const attempt = z.coerce.number().int().min(1).safeParse(c.req.param('attempt'));
    if (!held || !attempt.success) return c.json({ code: 'no-such-activation' }, 404);
    if (!activations.end(held, attempt.data)) return c.json({ code: 'not-completed' }, 409);
    const end = activations.endOf(held);
    return end ? c.json(end, 202) : c.json({ code: 'another-attempt-comes-first' }, 409);
  });
  app.delete('/activations/:key', (c) => {
    const held = activations.of(c.req.param('key'));
    if (!held) return c.json({ code: 'no-such-activation' }, 404);
    return activations.cancel(held) ? c.json(activations.stateOf(held)) : c.json({ code: 'already-completed' }, 409);
  });

  return {
    app,
    manner,
    settings,
    activations: () =>
      activations.all().map((held) => ({ held, now: activations.stateOf(held), end: activations.endOf(held) })),
    empty: () => activations.empty(),
    close: () => activations.close(),
  };
}
