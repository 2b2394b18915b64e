import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { json, type PartnerDoor, type PartnerEnv, questionErrors, questionsApi, subjectError } from './camara.ts';
import { deviceShape, usedDevice } from './device.ts';
import { VOLUME_SCOPE } from './rules/scopes.ts';
import { checkVolume, retrieveVolume, type VolumeDeps } from './volume.ts';

const BASE = '/device-data-volume/v0.1';

const retrieveShape = z.object({ device: deviceShape.optional() }).openapi('RetrieveDataVolume');

const checkShape = z
  .object({
    device: deviceShape.optional(),
    volumeToCheck: z.object({ value: z.int().min(0).max(1_024), unit: z.enum(['MiB', 'GiB']) }),
  })
  .openapi('CheckDataVolume');

const usedShape = z.object({ phoneNumber: z.string() });

const retrieveRoute = createRoute({
  method: 'post',
  path: `${BASE}/retrieve`,
  security: [{ partnerToken: [VOLUME_SCOPE] }],
  tags: ['Partners'],
  summary: 'The range of the data left: CAMARA Device Data Volume v0.1',
  request: { body: { required: true, content: json(retrieveShape) } },
  responses: {
    200: {
      description: 'The range',
      content: json(
        z
          .object({
            device: usedShape.optional(),
            dataVolumeCategory: z.enum(['<200MiB', '<1GiB', '<5GiB', '>=5GiB']),
          })
          .openapi('DataVolume'),
      ),
    },
    ...questionErrors,
  },
});

const checkRoute = createRoute({
  method: 'post',
  path: `${BASE}/check`,
  security: [{ partnerToken: [VOLUME_SCOPE] }],
  tags: ['Partners'],
  summary: 'Whether more data is left than this',
  request: { body: { required: true, content: json(checkShape) } },
  responses: {
    200: {
      description: 'Yes or no',
      content: json(
        z.object({ device: usedShape.optional(), thresholdExceeded: z.boolean() }).openapi('DataVolumeChecked'),
      ),
    },
    ...questionErrors,
  },
});

/** POST /device-data-volume/v0.1/retrieve and /check. */
export function volumeApi(deps: VolumeDeps & PartnerDoor): OpenAPIHono<PartnerEnv> {
  const app = questionsApi(deps, `${BASE}/*`, VOLUME_SCOPE);

  app.openapi(retrieveRoute, async (c) => {
    const { device } = c.req.valid('json');
    const decision = await retrieveVolume(deps, c.var.access, device);
    if (!decision.ok) return subjectError(c, decision.code);
    return c.json({ ...usedDevice(device), dataVolumeCategory: decision.value }, 200);
  });

  app.openapi(checkRoute, async (c) => {
    const question = c.req.valid('json');
    const decision = await checkVolume(deps, c.var.access, question);
    if (!decision.ok) return subjectError(c, decision.code);
    return c.json({ ...usedDevice(question.device), thresholdExceeded: decision.value }, 200);
  });

  return app;
}
