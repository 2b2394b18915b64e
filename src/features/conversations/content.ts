import { z } from 'zod';
import { bracketed, type Language, labelled, listed } from '../../base/language.ts';
import type { Message } from '../../infra/line/talk.ts';

/** What one entry of a transcript holds. Written and read by this feature alone. */
export type Content =
  /** Of a person or of staff: words. */
  | { readonly kind: 'text'; readonly text: string }
  /** What it shows in words, as far as LINE says: the text on it, or keywords. */
  | { readonly kind: 'sticker'; readonly packageId: string; readonly stickerId: string; readonly shows?: string }
  /** A picture; LINE's number of it stands beside (`lineMessageId`). */
  | { readonly kind: 'picture' }
  | { readonly kind: 'file'; readonly fileName: string }
  | { readonly kind: 'place'; readonly title: string }
  /** Something else that LINE can send: a film, a sound, what is not known yet. */
  | { readonly kind: 'other'; readonly type: string }
  /** A button was tapped; its words, where they are known. */
  | { readonly kind: 'button'; readonly data: string; readonly label: string | null }
  /** What the account sent by itself, as LINE was given it: it can be drawn as the person saw it. */
  | { readonly kind: 'messages'; readonly messages: readonly Message[] }
  /** Among staff; never shown to the person. */
  | { readonly kind: 'note'; readonly text: string }
  | Happened
  /** The person took it back; what it was. */
  | { readonly kind: 'unsent'; readonly was: string };

/** What happened to the conversation itself. */
export type Happened = {
  readonly kind: 'happened';
  readonly what:
    | 'asked'
    | 'taken'
    | 'assigned'
    | 'handed-over'
    | 'back-to-queue'
    | 'message-begun'
    | 'message-left'
    | 'closed'
    | 'blocked'
    | 'rated';
  /** Of whom or how: a member of staff it went to, why it was closed, which face was chosen. */
  readonly detail?: string;
};

/** LINE's pictures of stickers are not ours to show: what they show stands in words, 「［スタンプ：Happy、Hello］」. */
export function stickerWords(
  { shows }: Extract<Content, { kind: 'sticker' }>,
  noun: string,
  language: Language,
): string {
  if (shows === undefined) return bracketed(noun, language);
  return bracketed(labelled(noun, listed(shows.split(KEYWORDS_JOIN), language), language), language);
}

/** Between the keywords of a sticker, as they are kept. */
export const KEYWORDS_JOIN = '、';

/** Our own writing; only its envelope is looked at. */
export const readContent = (value: unknown): Content => contentShape.parse(value);
const contentShape = z.custom<Content>((value) => typeof value === 'object' && value !== null && 'kind' in value);
