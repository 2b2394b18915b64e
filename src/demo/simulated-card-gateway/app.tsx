import { type Context, Hono } from 'hono';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import { companyDoor, type Manner } from '../simulated-company/door.ts';
import { answerPage } from '../simulated-company/page.tsx';
import { checkCard } from './cards.ts';
import { type CardVisit, createEntries, visit } from './entries.ts';
import { CardForm, GonePage, OverPage, SecurePage } from './pages.tsx';

export interface SimulatedCardGateway {
  readonly app: Hono;
  readonly manner: Manner;
  empty(): void;
  close(): void;
}

const typedForm = z.object({ number: z.string(), expiry: z.string(), code: z.string() });

/** A card gateway with pages of its own: the form for the card, and the issuer's 3-D Secure. Nothing is ever charged. */
export function createSimulatedCardGateway(options: {
  clock: Clock;
  secret: string;
  /** Where it is reached, with the path it is mounted at. */
  url: string;
  file: string | null;
}): SimulatedCardGateway {
  const manner: Manner = { mood: 'answers' };
  const entries = createEntries(options);
  const app = new Hono();
  const thisMonth = () => Temporal.PlainDate.from(options.clock.now().toString().slice(0, 10)).toPlainYearMonth();

  for (const path of ['/card-entries/*', '/cards/*']) app.use(path, companyDoor(options.secret, manner));
  app.put('/card-entries/:key', async (c) => {
    const asked = visit.safeParse(await c.req.json());
    if (!asked.success) return c.json({ code: 'malformed' }, 422);
    const opened = entries.open(c.req.param('key'), asked.data);
    if (opened === 'conflict') return c.json({ code: 'key-of-another-entry' }, 409);
    return c.json({ entryId: opened.entryId, url: `${options.url}/enter/${opened.entryId}` }, 201);
  });
  app.get('/card-entries/:entryId', (c) => {
    const visited = entries.of(c.req.param('entryId'));
    if (!visited) return c.json({ code: 'no-such-entry' }, 404);
    return c.json({ entryId: visited.entryId, result: visited.result });
  });
  app.delete('/cards/:reference', (c) =>
    entries.forget(c.req.param('reference')) ? c.json({}) : c.json({ code: 'no-such-card' }, 404),
  );

  const page = (c: Context, body: unknown, visited?: CardVisit) =>
    answerPage(c, body, visited ? { returnUrl: visited.visit.returnUrl } : { status: 404 });
  const visitOf = (c: Context) => entries.of(c.req.param('entryId') ?? '');

  app.get('/enter/:entryId', (c) => {
    const visited = visitOf(c);
    if (!visited) return page(c, <GonePage />);
    return page(c, visited.result ? <OverPage visited={visited} /> : <CardForm visited={visited} />, visited);
  });
  app.post('/enter/:entryId', async (c) => {
    const visited = visitOf(c);
    if (!visited) return page(c, <GonePage />);
    const form = await c.req.parseBody();
    if (visited.result || form.act === 'back') return c.redirect(visited.visit.returnUrl, 303);
    if (form.act === 'gave-up') {
      entries.fail(visited, 'gave-up');
      return c.redirect(visited.visit.returnUrl, 303);
    }
    const typed = typedForm.parse(form);
    const checked = checkCard(typed, thisMonth().toString());
    if (typeof checked === 'string') {
      const { returnUrl } = visited.visit;
      return answerPage(c, <CardForm visited={visited} fault={checked} />, { returnUrl, status: 422 });
    }
    const { isDeclined, ...shown } = checked;
    if (isDeclined) {
      entries.fail(visited, 'declined');
      return c.redirect(visited.visit.returnUrl, 303);
    }
    entries.type(visited, shown);
    return c.redirect(`${options.url}/secure/${visited.entryId}`, 303);
  });

  app.get('/secure/:entryId', (c) => {
    const visited = visitOf(c);
    if (!visited?.typed) return page(c, <GonePage />);
    return page(c, visited.result ? <OverPage visited={visited} /> : <SecurePage visited={visited} />, visited);
  });
  app.post('/secure/:entryId', async (c) => {
    const visited = visitOf(c);
    if (!visited?.typed) return page(c, <GonePage />);
    const { answer } = await c.req.parseBody();
    if (answer === 'yes') entries.register(visited);
    if (answer === 'no') entries.fail(visited, 'authentication-failed');
    if (answer === 'wait') entries.fail(visited, 'time-out');
    return c.redirect(visited.visit.returnUrl, 303);
  });

  return { app, manner, empty: () => entries.empty(), close: () => entries.close() };
}
