import { type Context, Hono } from 'hono';
import { addMembers, audienceNotFound, checkUserIds, created } from '../api/audiences.ts';
import type { Env } from '../api/envelope.ts';
import { refuse } from '../api/refusal.ts';
import type { Platform } from '../platform.ts';

/** Audiences by file: one user id a line. */
export function audienceFileRoutes(platform: Platform): Hono<Env> {
  const { world } = platform;
  const app = new Hono<Env>();

  app.post('/v2/bot/audienceGroup/upload/byFile', async (c) => {
    const { form, userIds } = await readUpload(c);
    const description = textIn(form, 'description');
    if (description.length < 1 || description.length > 120) {
      throw refuse(400, 'The request body has 1 error(s)', [
        { message: 'Length must be between 1 and 120', property: 'description' },
      ]);
    }
    const audience = world.audiences.add({
      type: 'UPLOAD',
      description,
      createdAtMs: world.clock.now(),
      isIfaAudience: textIn(form, 'isIfaAudience') === 'true',
      requestId: null,
      clickUrl: null,
      members: new Set(),
    });
    addMembers(platform, audience, userIds, textIn(form, 'uploadDescription'));
    return c.json(created(audience), 202);
  });

  app.put('/v2/bot/audienceGroup/upload/byFile', async (c) => {
    const { form, userIds } = await readUpload(c);
    const audience = world.audiences.find(Number(textIn(form, 'audienceGroupId')));
    if (!audience) throw audienceNotFound();
    addMembers(platform, audience, userIds, textIn(form, 'uploadDescription'));
    return c.json({}, 202);
  });

  return app;
}

async function readUpload(c: Context<Env>): Promise<{ form: FormData; userIds: string[] }> {
  const form = await c.req.formData().catch(() => null);
  const file = form?.get('file');
  if (!form || !(file instanceof File)) {
    throw refuse(400, 'The request body has 1 error(s)', [{ message: 'May not be null', property: 'file' }]);
  }
  const lines = (await file.text()).split(/\r?\n/).filter((line) => line.trim() !== '');
  return { form, userIds: checkUserIds(lines, (index) => `file (line ${index + 1})`) };
}

/** A field that is missing, or that the SDK writes as "undefined", is empty. */
function textIn(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' && value !== 'undefined' ? value : '';
}
