import { type Context, Hono } from 'hono';
import type { Platform } from '../platform.ts';
import type { Audience } from '../world/audiences.ts';
import { readChecked } from './body.ts';
import type { Env } from './envelope.ts';
import { refuse } from './refusal.ts';

interface Upload {
  audienceGroupId?: number;
  description?: string;
  uploadDescription?: string;
  isIfaAudience?: boolean;
  audiences?: { id?: string }[];
}

const livesForMs = 180 * 24 * 60 * 60_000;

/** Audiences by JSON: make, fill, describe, list, delete. They are ready at once; LINE takes a while. */
export function audienceRoutes(platform: Platform): Hono<Env> {
  const { world } = platform;
  const app = new Hono<Env>();

  app.post('/v2/bot/audienceGroup/upload', async (c) => {
    const body = await readChecked<Upload>(c, 'AudienceUpload');
    const users = idsIn(body);
    const audience = make({
      type: 'UPLOAD',
      description: body.description ?? '',
      isIfaAudience: body.isIfaAudience ?? false,
    });
    addMembers(platform, audience, users, body.uploadDescription ?? '');
    return c.json(created(audience), 202);
  });

  app.put('/v2/bot/audienceGroup/upload', async (c) => {
    const body = await readChecked<Upload>(c, 'AudienceAdd');
    const audience = world.audiences.find(body.audienceGroupId ?? 0);
    if (!audience) throw audienceNotFound();
    if (audience.type !== 'UPLOAD') throw refuse(400, 'audience group type is not UPLOAD');
    addMembers(platform, audience, idsIn(body), body.uploadDescription ?? '');
    return c.json({}, 202);
  });

  app.post('/v2/bot/audienceGroup/click', async (c) => {
    const body = await readChecked<{ description: string; requestId: string; clickUrl?: string }>(
      c,
      'AudienceOfClicks',
    );
    // Clicks are not counted here: the audience is there, and nobody is in it.
    return makeFromSending(c, 'CLICK', body);
  });

  app.post('/v2/bot/audienceGroup/imp', async (c) => {
    const body = await readChecked<{ description: string; requestId: string }>(c, 'AudienceOfImpressions');
    return makeFromSending(c, 'IMP', body);
  });

  app.put('/v2/bot/audienceGroup/:id/updateDescription', async (c) => {
    const { description } = await readChecked<{ description: string }>(c, 'AudienceDescription');
    audienceAt(c).description = description;
    return c.json({});
  });

  app.get('/v2/bot/audienceGroup/list', (c) => {
    const { page: pageText, size: sizeText = '20', description = '', status, createRoute } = c.req.query();
    const page = Number(pageText);
    const size = Number(sizeText);
    if (!Number.isInteger(page) || page < 1) throw refuse(400, "The value for the 'page' parameter is invalid");
    if (!Number.isInteger(size) || size < 1 || size > 40) {
      throw refuse(400, "The value for the 'size' parameter is invalid");
    }
    const isOfOthers = (status ?? 'READY') !== 'READY' || (createRoute ?? 'MESSAGING_API') !== 'MESSAGING_API';
    const found = isOfOthers ? [] : world.audiences.all().filter((one) => one.description.includes(description));
    const shown = found.slice((page - 1) * size, page * size);
    return c.json({
      audienceGroups: shown.map(viewOf),
      hasNextPage: page * size < found.length,
      totalCount: found.length,
      readWriteAudienceGroupTotalCount: found.length,
      page,
      size,
    });
  });

  // Nothing is shared with a simulated account by others of its business.
  app.get('/v2/bot/audienceGroup/shared/list', (c) =>
    c.json({
      audienceGroups: [],
      hasNextPage: false,
      totalCount: 0,
      readWriteAudienceGroupTotalCount: 0,
      page: Number(c.req.query('page') ?? 1),
      size: Number(c.req.query('size') ?? 20),
    }),
  );
  app.get('/v2/bot/audienceGroup/shared/:id', () => {
    throw audienceNotFound();
  });

  app.get('/v2/bot/audienceGroup/:id', (c) => {
    const audience = audienceAt(c);
    const jobs = audience.jobs.map(({ id, description, count, createdAtMs }) => ({
      audienceGroupJobId: id,
      audienceGroupId: audience.id,
      description,
      type: 'DIFF_ADD',
      jobStatus: 'FINISHED',
      audienceCount: count,
      created: Math.floor(createdAtMs / 1_000),
    }));
    return c.json({ audienceGroup: viewOf(audience), jobs });
  });

  app.delete('/v2/bot/audienceGroup/:id', (c) => {
    world.audiences.remove(audienceAt(c).id);
    return c.json({}, 202);
  });

  function makeFromSending(
    c: Context<Env>,
    type: 'CLICK' | 'IMP',
    body: { description: string; requestId: string; clickUrl?: string },
  ): Response {
    const { description, requestId, clickUrl = null } = body;
    const sending = world.sendings.find(requestId);
    if (!sending) throw refuse(400, 'requestId not found', [{ message: 'Not found', property: 'requestId' }]);
    const audience = make({ type, description, requestId, clickUrl });
    if (type === 'IMP') for (const userId of sending.reached) audience.members.add(userId);
    return c.json({ ...created(audience), requestId, ...(clickUrl === null ? {} : { clickUrl }) }, 202);
  }

  function make(given: Pick<Audience, 'type' | 'description'> & Partial<Audience>): Audience {
    const blank = { isIfaAudience: false, requestId: null, clickUrl: null, members: new Set<string>() };
    return world.audiences.add({ ...blank, ...given, createdAtMs: world.clock.now() });
  }

  function audienceAt(c: Context<Env>): Audience {
    const audience = world.audiences.find(Number(c.req.param('id')));
    if (!audience) throw audienceNotFound();
    return audience;
  }

  return app;
}

/** Records one upload; people already in the audience are not added twice. */
export function addMembers({ world }: Platform, audience: Audience, userIds: string[], description: string): void {
  for (const userId of userIds) audience.members.add(userId);
  audience.jobs.push({
    id: world.audiences.nextId(),
    description,
    count: userIds.length,
    createdAtMs: world.clock.now(),
  });
}

/** What the answer to making an audience says; only there LINE tells when it ends. */
export function created(audience: Audience) {
  return {
    ...described(audience),
    expireTimestamp: Math.floor((audience.createdAtMs + livesForMs) / 1_000),
  };
}

function described({ id, type, description, isIfaAudience, createdAtMs }: Audience) {
  return {
    audienceGroupId: id,
    createRoute: 'MESSAGING_API',
    type,
    description,
    created: Math.floor(createdAtMs / 1_000),
    permission: 'READ_WRITE',
    isIfaAudience,
  };
}

/** User ids as uploaded; one of the wrong shape and nothing is taken. */
export function checkUserIds(ids: string[], property: (index: number) => string): string[] {
  ids.forEach((id, index) => {
    if (!/^U[0-9a-f]{32}$/.test(id)) {
      throw refuse(400, `The property, '${property(index)}', in the request body is invalid (line: -, column: -)`);
    }
  });
  return ids;
}

export function audienceNotFound() {
  return refuse(400, 'audience group not found');
}

function idsIn({ audiences = [] }: Upload): string[] {
  return checkUserIds(
    audiences.map(({ id }) => id ?? ''),
    (index) => `audiences[${index}].id`,
  );
}

function viewOf(audience: Audience) {
  const { requestId, clickUrl } = audience;
  return {
    ...described(audience),
    status: 'READY',
    audienceCount: audience.members.size,
    ...(requestId === null ? {} : { requestId }),
    ...(clickUrl === null ? {} : { clickUrl }),
  };
}
