import type { Settings } from '../options.ts';
import type { World } from '../world/world.ts';
import type { WebhookEvent } from './events.ts';
import { type PostResult, post } from './post.ts';
import { sign, toWebhookJson } from './signature.ts';

const eventsPerRequest = 100;
const redeliveriesAtMost = 5;
const gathersForMs = 1_000;
const signatureHeaderSpellings = ['x-line-signature', 'X-Line-Signature', 'X-LINE-Signature'];

/**
 * Sends events to the bot: one request at a time, several events in it when they have queued up, signed over the
 * bytes that leave. Faults are applied here.
 */
export class WebhookSender {
  readonly #world: World;
  readonly #settings: Settings;
  #queue: WebhookEvent[] = [];
  #isSending = false;
  readonly #redeliveries = new Set<NodeJS.Timeout>();
  #sent = 0;

  constructor(world: World, settings: Settings) {
    this.#world = world;
    this.#settings = settings;
  }

  /** Events accepted for sending so far; settling watches it. */
  get sent(): number {
    return this.#sent;
  }

  /** Nothing queued, in flight or waiting to be sent again. */
  get isIdle(): boolean {
    return this.#queue.length === 0 && !this.#isSending && this.#redeliveries.size === 0;
  }

  send(event: WebhookEvent): void {
    this.#sent += 1;
    this.#queue.push(event);
    // After the current turn, so that what happens together travels together.
    setImmediate(() => void this.#drain());
  }

  /** Posts `events: []` or any events now and reports how the bot answered: the webhook test. */
  async test(url: string): Promise<PostResult> {
    return this.#post(url, [], this.#settings.channelSecret);
  }

  /** Posts events that went out before once more, as they were. */
  async replay(url: string, events: WebhookEvent[]): Promise<PostResult> {
    return this.#post(url, events, this.#settings.channelSecret);
  }

  /** Forgets what has not left yet. */
  clear(): void {
    this.#queue = [];
    for (const timer of this.#redeliveries) clearTimeout(timer);
    this.#redeliveries.clear();
  }

  async #drain(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    try {
      while (this.#queue.length > 0) await this.#sendBatch();
    } finally {
      this.#isSending = false;
    }
  }

  async #sendBatch(): Promise<void> {
    const { chance, faults } = this.#world;
    const fault = faults.webhook ?? {};
    if (fault.delayMs) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
    if (chance.happens(fault.reorder)) {
      await this.#gather();
      this.#queue.reverse();
    }
    const events = this.#queue.splice(0, eventsPerRequest);
    const url = this.#world.webhookUrl;
    if (!url || events.length === 0) return;
    if (chance.happens(fault.drop)) {
      this.#log(url, events, {}, { status: null, failure: 'could_not_connect', detail: 'dropped by a fault' });
      this.#redeliverLater(events, 1);
      return;
    }
    await this.#deliver(url, events, 1);
    if (chance.happens(fault.duplicate)) await this.#deliver(url, events, redeliveriesAtMost + 1);
  }

  /** Waits for company: one event alone cannot arrive in another order. */
  async #gather(): Promise<void> {
    const until = performance.now() + gathersForMs;
    while (this.#queue.length < 2 && performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  async #deliver(url: string, events: WebhookEvent[], attempt: number): Promise<void> {
    const { chance, faults, clock, replyTokens } = this.#world;
    const isForged = chance.happens(faults.webhook?.wrongSecret);
    for (const { replyToken } of events) if (replyToken) replyTokens.delivered(replyToken, clock.now());
    const result = await this.#post(url, events, isForged ? 'not-the-channel-secret' : this.#settings.channelSecret);
    if (result.failure) this.#redeliverLater(events, attempt);
  }

  #redeliverLater(events: WebhookEvent[], attempt: number): void {
    const isOn = this.#settings.isRedeliveryOn || this.#world.faults.webhook?.redeliver === true;
    if (!isOn || attempt > redeliveriesAtMost) return;
    const timer = setTimeout(
      async () => {
        const url = this.#world.webhookUrl;
        const again = events.map((event) => ({ ...event, deliveryContext: { isRedelivery: true } }));
        if (url) await this.#deliver(url, again, attempt + 1);
        this.#redeliveries.delete(timer);
      },
      this.#settings.redeliverAfterMs * 2 ** (attempt - 1),
    );
    this.#redeliveries.add(timer);
  }

  async #post(url: string, events: WebhookEvent[], secret: string): Promise<PostResult> {
    const unknown = this.#world.faults.webhook?.unknownFields ? { addedByLineLater: { level: 1 } } : {};
    const shown = events.map((event) => ({ ...event, ...unknown }));
    const body = Buffer.from(toWebhookJson({ destination: this.#settings.account.userId, events: shown }));
    const spelling = Math.floor(this.#world.chance.next() * signatureHeaderSpellings.length);
    const headers = {
      'Content-Type': 'application/json; charset=utf-8',
      'User-Agent': 'LineBotWebhook/2.0',
      [signatureHeaderSpellings[spelling] ?? 'x-line-signature']: sign(body, secret),
    };
    const result = await post(url, body, headers);
    this.#log(url, events, headers, result);
    return result;
  }

  #log(
    url: string,
    events: WebhookEvent[],
    headers: Record<string, string>,
    result: Pick<PostResult, 'status' | 'failure' | 'detail'> & Partial<PostResult>,
  ): void {
    this.#world.calls.add({
      at: this.#world.clock.instant(),
      direction: 'webhook',
      method: 'POST',
      origin: url,
      path: new URL(url).pathname,
      headers,
      body: { destination: this.#settings.account.userId, events },
      status: result.status,
      responseBody: result.responseBody ?? '',
      ...(result.failure ? { refusal: `${result.failure}: ${result.detail}` } : {}),
      durationMs: result.durationMs ?? 0,
    });
  }
}
