import type { Settings } from './options.ts';
import type { WebhookSender } from './webhooks/sender.ts';
import type { World } from './world/world.ts';

/** Origins the simulator listens on, without a trailing slash. */
export interface Origins {
  ui: string;
  api: string;
  data: string;
  access: string;
  browser: string;
}

/** What every part of the engine is given. */
export interface Platform {
  settings: Settings;
  world: World;
  webhooks: WebhookSender;
  /** Known once the simulator has started. */
  origins: Origins;
  /** Signs the cookie that says who a browser belongs to. */
  cookieKey: Buffer;
}
