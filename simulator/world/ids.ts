import type { Chance } from './chance.ts';
import type { Clock } from './clock.ts';

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 2010-01-01: keeps message ids at LINE's 18 digits. */
const messageIdEpochMs = 1_262_304_000_000;

/** Makes the identifiers LINE makes, in LINE's shapes. */
export class Ids {
  #lastMessageId = 0n;
  readonly #clock: Clock;
  readonly #chance: Chance;

  constructor(clock: Clock, chance: Chance) {
    this.#clock = clock;
    this.#chance = chance;
  }

  /** Digits, rising with time. */
  messageId(): string {
    const made = (BigInt(this.#clock.now() - messageIdEpochMs) << 20n) | BigInt(Math.floor(this.#chance.next() * 1024));
    this.#lastMessageId = made > this.#lastMessageId ? made : this.#lastMessageId + 1n;
    return this.#lastMessageId.toString();
  }

  /** A ULID: ten characters of time, sixteen of chance. */
  webhookEventId(): string {
    let time = this.#clock.now();
    let head = '';
    for (let place = 0; place < 10; place += 1) {
      head = crockford.charAt(time % 32) + head;
      time = Math.floor(time / 32);
    }
    // A byte is eight times 32, so every letter is as likely as another.
    for (const byte of this.#chance.bytes(16)) head += crockford.charAt(byte % 32);
    return head;
  }

  requestId(): string {
    return this.#chance.uuid();
  }

  replyToken(): string {
    return this.#chance.hex(32);
  }

  linkToken(): string {
    return this.#chance.alphanumeric(32);
  }

  alphanumeric(length: number): string {
    return this.#chance.alphanumeric(length);
  }

  richMenuId(): string {
    return `richmenu-${this.#chance.hex(32)}`;
  }

  /** A ULID without its time: LINE's are of that length and alphabet. */
  couponId(): string {
    return `01${this.webhookEventId().slice(2)}`;
  }

  quoteToken(): string {
    return this.#chance.bytes(48).toString('base64url');
  }

  /** An opaque bearer token, code or read mark. */
  opaque(bytes = 48): string {
    return this.#chance.bytes(bytes).toString('base64url');
  }
}
