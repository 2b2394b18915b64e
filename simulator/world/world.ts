import type { Faults } from '../contract.ts';
import type { Settings } from '../options.ts';
import { Audiences } from './audiences.ts';
import { Calls } from './calls.ts';
import { Chance } from './chance.ts';
import { Changes } from './changes.ts';
import { ChannelTokens } from './channel-tokens.ts';
import { Clock } from './clock.ts';
import { Contents } from './contents.ts';
import { Coupons } from './coupons.ts';
import { Groups } from './groups.ts';
import { Ids } from './ids.ts';
import { Inboxes } from './inboxes.ts';
import { LinkTokens } from './link-tokens.ts';
import { Logins } from './logins.ts';
import { People } from './people.ts';
import { Quota } from './quota.ts';
import { Quotes } from './quotes.ts';
import { RateLimits } from './rate-limits.ts';
import { ReplyTokens } from './reply-tokens.ts';
import { RetryKeys } from './retry-keys.ts';
import { RichMenus } from './rich-menus.ts';
import { Sendings } from './sendings.ts';
import { ServiceMessages } from './service-messages.ts';
import { SharePicks } from './share-picks.ts';
import { Talks } from './talk.ts';

/** Everything the simulated LINE knows. In memory; gone with the process. */
export interface World {
  clock: Clock;
  chance: Chance;
  ids: Ids;
  changes: Changes;
  people: People;
  groups: Groups;
  talks: Talks;
  quotes: Quotes;
  inboxes: Inboxes;
  contents: Contents;
  replyTokens: ReplyTokens;
  linkTokens: LinkTokens;
  retryKeys: RetryKeys;
  channelTokens: ChannelTokens;
  logins: Logins;
  richMenus: RichMenus;
  audiences: Audiences;
  coupons: Coupons;
  sendings: Sendings;
  serviceMessages: ServiceMessages;
  sharePicks: SharePicks;
  quota: Quota;
  rateLimits: RateLimits;
  calls: Calls;
  faults: Faults;
  /** `standby`: somebody else speaks for the account. */
  mode: 'active' | 'standby';
  chatMode: 'chat' | 'bot';
  /** Where webhooks go; the bot may change it. */
  webhookUrl: string | null;
}

export function createWorld(settings: Settings): World {
  const clock = new Clock();
  // Without a seed, ids must differ from run to run: a bot that keeps its database would take them for repeats.
  const chance = new Chance(settings.seed ?? `${Date.now()} ${process.pid}`);
  const changes = new Changes();
  return {
    clock,
    chance,
    ids: new Ids(clock, chance),
    changes,
    people: new People(settings.people, settings.seed ?? 'simulator'),
    groups: new Groups(),
    talks: new Talks(),
    quotes: new Quotes(),
    inboxes: new Inboxes(),
    contents: new Contents(),
    replyTokens: new ReplyTokens(),
    linkTokens: new LinkTokens(),
    retryKeys: new RetryKeys(),
    channelTokens: new ChannelTokens(),
    logins: new Logins(),
    richMenus: new RichMenus(),
    audiences: new Audiences(),
    coupons: new Coupons(),
    sendings: new Sendings(),
    serviceMessages: new ServiceMessages(),
    sharePicks: new SharePicks(),
    quota: new Quota(settings.monthlyLimit),
    rateLimits: new RateLimits(),
    calls: new Calls(changes),
    faults: {},
    mode: 'active',
    chatMode: settings.chatMode,
    webhookUrl: settings.webhookUrl,
  };
}

/**
 * People and talks as at the start. What belongs to the bot (its rich menus, its channel tokens, its webhook address)
 * and the clock stay, because the bot made or follows them and would not make them again.
 */
export function resetWorld(world: World): void {
  world.people.reset();
  world.groups.reset();
  world.talks.reset();
  world.quotes.reset();
  world.inboxes.reset();
  world.contents.reset();
  world.replyTokens.reset();
  world.linkTokens.reset();
  world.retryKeys.reset();
  world.logins.reset();
  world.richMenus.resetPeople();
  world.audiences.reset();
  world.coupons.reset();
  world.sendings.reset();
  world.serviceMessages.reset();
  world.sharePicks.reset();
  world.quota.reset();
  world.rateLimits.reset();
  world.faults = {};
  world.mode = 'active';
  world.calls.clear();
  world.changes.tell({ type: 'reset' });
}
