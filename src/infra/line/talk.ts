import type { messagingApi } from '@line/bot-sdk';
import type { Temporal } from 'temporal-polyfill';
import type { Language } from '../../base/language.ts';
import type { Db } from '../db/runner.ts';

/** A message in LINE's own format. */
export type Message = messagingApi.Message;

/** Who speaks, in which event. `eventId` makes everything done for it repeatable: use it in request ids. */
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
 * One function of the official account. Its buttons carry `data` of the form `<name>.<action>?<params>`
 * (`gifts.take-back?gift=…`), so the router finds the handler by name and nothing else needs to change.
 */
export interface TalkHandler {
  readonly name: string;
  /** Words that start it, folded (see `fold`): nothing depends on seeing a picture. */
  readonly words: readonly string[];
  /** The word that a whole text comes to, where a word inside would tell too little. Asked before anybody's words. */
  meaning?(text: string): string | null;
  /** Answers with one to five messages. Must be repeatable: the same event may be heard twice. */
  hear(context: TalkContext, heard: Heard): Promise<Message[]>;
}

/** What LINE's account-link dialogue reported. `failed` comes without a person. */
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
