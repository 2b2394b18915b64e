import { middleware, type webhook } from '@line/bot-sdk';
import express from 'express';
import { openDatabase } from '../../src/infra/db/index.ts';
import { CHANNEL_SECRET, type Start, serveAs } from './child.ts';

type Event = webhook.CallbackRequest['events'][number];

/** LINE's webhook as its SDK's documentation shows it, on Express, with a batched insert: what waits goes together. */
serveAs(async ({ databaseUrl, port }: Start) => {
  const { pool } = openDatabase({ url: databaseUrl, poolSize: 2 });
  let waiting: { events: readonly Event[]; stored: () => void }[] = [];
  let isRunning = false;

  async function store(): Promise<void> {
    isRunning = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      const events = batch.flatMap((request) => request.events);
      await pool.query({
        name: 'store',
        text: `insert into line_event (webhook_event_id, line_user_id, event_type, occurred_at, received_at, payload, next_attempt_at)
         select id, line_user_id, type, occurred_at, now(), payload::jsonb, now()
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
      for (const request of batch) request.stored();
    }
    isRunning = false;
  }

  const app = express();
  app.post('/webhook/line', middleware({ channelSecret: CHANNEL_SECRET }), async (request, response) => {
    const { events }: webhook.CallbackRequest = request.body;
    await new Promise<void>((stored) => {
      waiting.push({ events, stored });
      if (!isRunning) setImmediate(() => void store());
    });
    response.sendStatus(200);
  });
  await new Promise<void>((done) => void app.listen(port, '127.0.0.1', () => done()));
});
