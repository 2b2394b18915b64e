import { Hono } from 'hono';
import type { Platform } from '../platform.ts';
import { restoreSnapshot, type Snapshot, takeSnapshot } from '../world/snapshot.ts';
import { problem, readObject } from './input.ts';

/** Keeping what happened: snapshots to come back to, the transcript, and webhooks sent once more. */
export function keepingControl({ world, webhooks }: Platform): Hono {
  const app = new Hono();

  app.get('/snapshot', (c) => {
    c.header('content-disposition', 'attachment; filename="simulator-snapshot.json"');
    return c.json(takeSnapshot(world));
  });

  app.post('/snapshot', async (c) => {
    const wanted = (await readObject(c)) as Snapshot;
    // Written out, because a snapshot shares its objects with the world it was taken of.
    const before = JSON.parse(JSON.stringify(takeSnapshot(world)));
    try {
      if (!restoreSnapshot(world, wanted)) return problem(c, 400, 'this is no snapshot of this version');
    } catch (error) {
      restoreSnapshot(world, before);
      return problem(c, 400, `the snapshot is damaged: ${error}`);
    }
    webhooks.clear();
    world.changes.tell({ type: 'reset' });
    return c.json({});
  });

  app.get('/transcript', (c) =>
    c.body(
      world.calls
        .since(0)
        .map((call) => `${JSON.stringify(call)}\n`)
        .join(''),
      200,
      {
        'content-type': 'application/x-ndjson; charset=utf-8',
        'content-disposition': 'attachment; filename="simulator-transcript.jsonl"',
      },
    ),
  );

  app.post('/replay', async (c) => {
    const { seq } = await readObject(c);
    const bytes = world.calls.sentBytes(Number(seq));
    if (bytes === undefined) return problem(c, 404, `no webhook has the number ${seq}`);
    if (!world.webhookUrl) return problem(c, 409, 'there is no webhook address');
    const { status, failure, detail } = await webhooks.replay(world.webhookUrl, bytes);
    return c.json({ status, ...(failure ? { failure, detail } : {}) });
  });

  return app;
}
