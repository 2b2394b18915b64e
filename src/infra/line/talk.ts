import type { messagingApi } from '@line/bot-sdk';
import type { Temporal } from 'temporal-polyfill';
import type { Language } from '../../base/language.ts';
import type { Db } from '../db/runner.ts';

/** A message in LINE's own format. */
export type Message = messagingApi.Message;

/** Who speaks, in which event. Use `eventId` in request ids, so that handling the event twice does everything once. */
export interface TalkContext {
  readonly db: Db;
  readonly now: Temporal.Instant;
  readonly eventId: string;
  readonly lineUserId: string;
  readonly displayName: string | null;
  readonly language: Language;
}

/** What was heard: a word that stands alone, or a button. */
export type Heard =
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'button'; readonly action: string; readonly params: URLSearchParams };

/**
 * One function of the official account. The `data` of its buttons has the form `<name>.<action>?<params>`
 * (`gifts.take-back?gift=…`), by which the router finds the handler.
 */
export interface TalkHandler {
  readonly name: string;
  /** Words that start it, folded (see `fold`), so that everything can be reached without the menu's pictures. */
  readonly words: readonly string[];
  /** For texts whose meaning no single word tells: answers the word that the text amounts to. Asked before any handler's `words`. */
  meaning?(text: string): string | null;
  /** Answers with one to five messages. Must be repeatable: the same event may be heard twice. */
  hear(context: TalkContext, heard: Heard): Promise<Message[]>;
}

/** The result of LINE's account-link dialogue. `failed` names no person. */
export interface AccountLinkResult {
  readonly eventId: string;
  readonly now: Temporal.Instant;
  readonly nonce: string;
  readonly outcome: { readonly result: 'ok'; readonly lineUserId: string } | { readonly result: 'failed' };
}

/** `data` of a postback button. */
export function buttonData(handler: string, action: string, params: Record<string, string> = {}): string {
  const query = new URLSearchParams(params).toString();
  return `${handler}.${action}${query ? `?${query}` : ''}`;
}
