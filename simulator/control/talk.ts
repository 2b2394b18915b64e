import { Hono } from 'hono';
import { press } from '../acts/press.ts';
import { sayImage, sayLocation, sayMedia, saySticker, sayText, type TextExtras, unsend } from '../acts/say.ts';
import { tap } from '../acts/tap.ts';
import type { Action } from '../contract.ts';
import type { Platform } from '../platform.ts';
import { personOf, problem, readObject } from './input.ts';

/** What a person does in the talk: write, send, press. */
export function talkControl(platform: Platform): Hono {
  const { world } = platform;
  const app = new Hono();

  app.post('/people/:userId/say', async (c) => {
    const { text, quotes, emojis } = await readObject(c);
    if (typeof text !== 'string' || text === '') return problem(c, 400, 'text is needed');
    const person = personOf(c, platform);
    if (quotes !== undefined && !world.talks.has(person.userId, String(quotes)))
      return problem(c, 404, `there is no message ${quotes} in the talk`);
    const extras: TextExtras = {
      ...(typeof quotes === 'string' ? { quotes } : {}),
      ...(Array.isArray(emojis) ? { emojis } : {}),
    };
    return c.json({ id: sayText(platform, person, text, extras) });
  });

  app.post('/people/:userId/sticker', async (c) => {
    const { packageId, stickerId } = await readObject(c);
    const sticker = { packageId: String(packageId ?? '446'), stickerId: String(stickerId ?? '1988') };
    return c.json({ id: saySticker(platform, personOf(c, platform), sticker) });
  });

  app.post('/people/:userId/image', async (c) => {
    const person = personOf(c, platform);
    const type = c.req.header('content-type') ?? '';
    const isPicture = type.startsWith('image/');
    const given = isPicture ? new Uint8Array(await c.req.arrayBuffer()) : new Uint8Array();
    const image = given.length > 0 ? { bytes: given, contentType: type } : samplePicture;
    return c.json({ id: sayImage(platform, person, image) });
  });

  app.post('/people/:userId/:kind{video|audio|file}', async (c) => {
    const kind = c.req.param('kind') as 'video' | 'audio' | 'file';
    const person = personOf(c, platform);
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    const contentType = c.req.header('content-type') ?? usualTypes[kind];
    return c.json({
      id: sayMedia(platform, person, { kind, bytes, contentType, fileName: c.req.query('name') ?? 'file' }),
    });
  });

  app.post('/people/:userId/location', async (c) => {
    const { latitude, longitude, title, address } = await readObject(c);
    if (typeof latitude !== 'number' || typeof longitude !== 'number') {
      return problem(c, 400, 'latitude and longitude are needed');
    }
    const named = {
      ...(typeof title === 'string' ? { title } : {}),
      ...(typeof address === 'string' ? { address } : {}),
    };
    return c.json({ id: sayLocation(platform, personOf(c, platform), { latitude, longitude, ...named }) });
  });

  app.post('/people/:userId/unsend', async (c) => {
    const { messageId } = await readObject(c);
    const isDone = unsend(platform, personOf(c, platform), String(messageId));
    return isDone ? c.json({}) : problem(c, 404, 'there is no such message of this person');
  });

  app.post('/people/:userId/tap', async (c) => {
    const { label } = await readObject(c);
    if (typeof label !== 'string') return problem(c, 400, 'label is needed');
    const tapped = tap(platform, personOf(c, platform), label);
    if (tapped.isFound) return c.json(tapped.result);
    return problem(c, 404, `nothing visible is labelled ${label}`, { labels: tapped.labels });
  });

  app.post('/people/:userId/act', async (c) => {
    const { action, params } = await readObject(c);
    if (!isAction(action)) return problem(c, 400, 'action (a LINE action object) is needed');
    const picked = typeof params === 'object' && params !== null ? (params as Record<string, string>) : undefined;
    return c.json(press(platform, personOf(c, platform), action, picked));
  });

  app.get('/contents/:id', (c) => {
    const content = world.contents.find(c.req.param('id'));
    if (!content || content.isGone) return problem(c, 404, 'there is no such content');
    return c.body(Uint8Array.from(content.bytes), 200, { 'content-type': content.contentType });
  });

  app.get('/rich-menus/:id/image', (c) => {
    const image = world.richMenus.find(c.req.param('id'))?.image;
    if (!image) return problem(c, 404, 'there is no such rich menu, or it has no image');
    return c.body(Uint8Array.from(image.bytes), 200, {
      'content-type': image.contentType,
      'cache-control': 'public, max-age=3600, immutable',
    });
  });

  return app;
}

const usualTypes = { video: 'video/mp4', audio: 'audio/m4a', file: 'application/octet-stream' };

function isAction(value: unknown): value is Action {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** A red dot, for those who only need some picture. */
const samplePicture = {
  contentType: 'image/png',
  bytes: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
    'base64',
  ),
};
