import { preparedRunnerOf } from '../infra/db/index.ts';
import { partnerInterfaces } from '../infra/http/partner-interfaces.ts';
import { createWeb } from '../infra/http/web.ts';
import { createWebhookDoor } from '../infra/line/arrivals/webhook.ts';
import type { Live } from '../infra/live/live.ts';
import { telemetryRoutes } from '../infra/telemetry/routes.ts';
import { createDesk } from './desk.ts';
import type { Features } from './features/index.ts';
import type { Ground } from './ground.ts';
import type { Work } from './work.ts';

/** Everything that answers a request: pages, the console, interfaces for programs, and the doors beside the web. */
export function createSite(
  ground: Ground,
  features: Features,
  { work, live, isStopping }: { work: Work; live: Live; isStopping: () => boolean },
) {
  const { config, clock, log, operator, publicUrl, db, sessions, lanes } = ground;
  const { contractors, data, gifts } = features;
  const { apiKey } = config;
  const web = createWeb({
    sessions,
    operator,
    log,
    publicUrl,
    lineAccessBaseUrl: config.line.accessBaseUrl,
    trustedProxies: config.trustedProxies,
  });
  web.route('/', telemetryRoutes({ db, isStopping, metrics: data.metrics }));
  web.route(
    '/',
    partnerInterfaces([
      contractors.api(),
      features.linking.api(),
      data.api(),
      features.billing.api(),
      gifts.api(),
      features.orders.api(apiKey),
      features.prepay.api(),
      features.ageProof.api(),
    ]),
  );
  for (const feature of [
    features.linking,
    data,
    features.billing,
    gifts,
    features.credentials,
    features.points,
    features.invitations,
    features.ageProof,
    features.myPage,
    features.disclosure,
    features.help,
    features.orders,
    features.applications,
    features.conversations,
  ]) {
    web.route('/', feature.pages());
  }
  web.route('/', createDesk(ground, features, live));

  const { channelSecrets } = config.line;
  const doors = [
    createWebhookDoor({ sql: preparedRunnerOf(lanes.door.pool), clock, channelSecrets, onStored: work.talk.poke }),
    gifts.door(),
  ];
  return { web, doors };
}
