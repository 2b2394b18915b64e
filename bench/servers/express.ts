import { middleware, type webhook } from '@line/bot-sdk';
import express from 'express';
import type pg from 'pg';
import { openDatabase } from '../../src/infra/db/index.ts';
import { CHANNEL_SECRET, serveAs } from './child.ts';

export type Event = webhook.CallbackRequest['events'][number];

/** LINE's webhook as its SDK's documentation shows it, on Express: answered when `store` has stored its events. */
export function serveExpress(
  poolSize: number,
  storeOn: (pool: pg.Pool) => (events: readonly Event[]) => Promise<void>,
) {
  serveAs(async ({ databaseUrl, port }) => {
    const store = storeOn(openDatabase({ url: databaseUrl, poolSize }).pool);
    const app = express();
    app.post('/webhook/line', middleware({ channelSecret: CHANNEL_SECRET }), async (request, response) => {
      const { events }: webhook.CallbackRequest = request.body;
      await store(events);
      response.sendStatus(200);
    });
    await new Promise<void>((done) => void app.listen(port, '127.0.0.1', () => done()));
  });
}

/** The rows of these events, in one statement. */
export async function insert(pool: pg.Pool, events: readonly Event[]): Promise<void> {
  await pool.query({
    name: 'store',
    text: `insert into naive_event (webhook_event_id, line_user_id, event_type, occurred_at, received_at, payload)
         select id, line_user_id, type, occurred_at, now(), payload::jsonb
         from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::text[])
           as event (id, line_user_id, type, occurred_at, payload)
         on conflict (webhook_event_id) do nothing`,
    values: [
      events.map((event) => event.webhookEventId),
      events.map((event) => event.source?.userId ?? null),
      events.map((event) => event.type),
      events.map((event) => new Date(event.timestamp).toISOString()),
      events.map((event) => JSON.stringify(event)),
    ],
  });
}
