import type { Settings } from '../options.ts';
import type { World } from '../world/world.ts';
import type { WebhookEvent } from './events.ts';
import { Poster, type PostResult } from './post.ts';
import { WebhookQueue } from './queue.ts';
import { sign, toWebhookJson } from './signature.ts';

const redeliveriesAtMost = 5;
const gathersForMs = 1_000;
const signatureHeaderSpellings = ['x-line-signature', 'X-Line-Signature', 'X-LINE-Signature'];

/** What became of events that left: for whoever counts them. */
export type Delivered = (events: number, result: PostResult) => void;

/**
 * Sends events to the bot, several in a request when they have queued up, signed over the bytes that leave. Faults are
 * applied here.
 */
export class WebhookSender {
  readonly #world: World;
  readonly #settings: Settings;
  readonly #queue = new WebhookQueue();
  readonly #poster = new Poster();
  #lastPath = { url: '', path: '' };
  #inFlight = 0;
  #isWoken = false;
  readonly #redeliveries = new Set<NodeJS.Timeout>();
  #sent = 0;
  /** Told of every request's end. */
  onDelivered: Delivered | null = null;

  constructor(world: World, settings: Settings) {
    this.#world = world;
    this.#settings = settings;
  }

  /** Events accepted for sending so far; settling watches it. */
  get sent(): number {
    return this.#sent;
  }

  /** Events that have not left yet. */
  get waiting(): number {
    return this.#queue.length;
  }

  /** Nothing queued, in flight or waiting to be sent again. */
  get isIdle(): boolean {
    return this.#queue.length === 0 && this.#inFlight === 0 && this.#redeliveries.size === 0;
  }

  send(event: WebhookEvent): void {
    this.#sent += 1;
    this.#queue.add(event);
    if (this.#isWoken) return;
    this.#isWoken = true;
    // After the current turn, so that what happens together travels together.
    setImmediate(() => {
      this.#isWoken = false;
      this.#fillConnections();
    });
  }

  /** Posts `events: []` now and reports how the bot answered: the webhook test. */
  async test(url: string): Promise<PostResult> {
    return this.#post(url, [], this.#settings.channelSecret);
  }

  /** Posts bytes that went out before once more, signed anew. */
  async replay(url: string, body: string): Promise<PostResult> {
    return this.#postBytes(url, body, this.#settings.channelSecret);
  }

  /** Forgets what has not left yet. */
  clear(): void {
    this.#queue.clear();
    for (const timer of this.#redeliveries) clearTimeout(timer);
    this.#redeliveries.clear();
  }

  /** Ends for good. */
  close(): void {
    this.clear();
    this.#poster.close();
  }

  #fillConnections(): void {
    while (this.#queue.length > 0 && this.#inFlight < this.#settings.webhookConnections) {
      this.#inFlight += 1;
      // An own turn each, because a fault may make it wait before it takes its events.
      void this.#sendBatch().then((isSent) => {
        this.#inFlight -= 1;
        if (isSent) this.#fillConnections();
      });
    }
  }

  /** False when there was nothing that may leave now. */
  async #sendBatch(): Promise<boolean> {
    const { chance, faults } = this.#world;
    const fault = faults.webhook ?? {};
    if (fault.delayMs && chance.happens(fault.delayRate ?? 1)) await wait(fault.delayMs);
    if (chance.happens(fault.reorder)) {
      await this.#gather();
      this.#queue.reverse();
    }
    const events = this.#queue.take(this.#settings.eventsPerWebhook);
    if (events.length === 0) return false;
    try {
      const url = this.#world.webhookUrl;
      if (!url) return true;
      if (chance.happens(fault.drop)) {
        this.#log(url, this.#bodyOf(events), {}, droppedByFault);
        this.#redeliverLater(events, 1);
        return true;
      }
      await this.#deliver(url, events, 1);
      if (chance.happens(fault.duplicate)) await this.#deliver(url, events, redeliveriesAtMost + 1);
      return true;
    } finally {
      this.#queue.release(events);
    }
  }

  /** Waits for company: one event alone cannot arrive in another order. */
  async #gather(): Promise<void> {
    const until = performance.now() + gathersForMs;
    while (this.#queue.length < 2 && performance.now() < until) await wait(10);
  }

  async #deliver(url: string, events: WebhookEvent[], attempt: number): Promise<void> {
    const { chance, faults, clock, replyTokens } = this.#world;
    const isForged = chance.happens(faults.webhook?.wrongSecret);
    for (const { replyToken } of events) if (replyToken) replyTokens.delivered(replyToken, clock.now());
    const result = await this.#post(url, events, isForged ? 'not-the-channel-secret' : this.#settings.channelSecret);
    this.onDelivered?.(events.length, result);
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

  #bodyOf(events: WebhookEvent[]): string {
    const { chance, faults } = this.#world;
    const shown = chance.happens(faults.webhook?.unknownFields)
      ? events.map((event) => ({ ...event, addedByLineLater: { level: 1 } }))
      : events;
    return toWebhookJson({ destination: this.#settings.account.userId, events: shown });
  }

  async #post(url: string, events: WebhookEvent[], secret: string): Promise<PostResult> {
    return this.#postBytes(url, this.#bodyOf(events), secret);
  }

  async #postBytes(url: string, body: string, secret: string): Promise<PostResult> {
    const spelling = Math.floor(this.#world.chance.next() * signatureHeaderSpellings.length);
    const headers = {
      'Content-Type': 'application/json; charset=utf-8',
      'User-Agent': 'LineBotWebhook/2.0',
      [signatureHeaderSpellings[spelling] ?? 'x-line-signature']: sign(body, secret),
    };
    const result = await this.#poster.post(url, body, headers);
    this.#log(url, body, headers, result);
    return result;
  }

  #pathOf(url: string): string {
    if (this.#lastPath.url !== url) this.#lastPath = { url, path: new URL(url).pathname };
    return this.#lastPath.path;
  }

  #log(url: string, body: string, headers: Record<string, string>, result: PostResult): void {
    this.#world.calls.add({
      at: this.#world.clock.instant(),
      direction: 'webhook',
      method: 'POST',
      origin: url,
      path: this.#pathOf(url),
      status: result.status,
      ...(result.failure ? { refusal: `${result.failure}: ${result.detail}` } : {}),
      durationMs: result.durationMs,
      size: body.length,
      sent: body,
      words: () => ({ headers, body: JSON.parse(body), responseBody: result.responseBody }),
    });
  }
}

const droppedByFault: PostResult = {
  status: null,
  failure: 'could_not_connect',
  detail: 'dropped by a fault',
  responseBody: '',
  durationMs: 0,
};

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
