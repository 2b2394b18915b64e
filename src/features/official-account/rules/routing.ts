import { fold, type Language } from '../../../base/language.ts';
import { type Courtesy, courtesyIn } from './courtesy.ts';
import { menuTargetOf } from './menu.ts';

/** Where several people talk. */
export interface Group {
  readonly kind: 'group' | 'room';
  readonly id: string;
}

/** What is sent without words; `picture` is a video too, and a kind not known yet counts as a sticker. */
export type Wordless = 'sticker' | 'picture' | 'voice' | 'place' | 'file';

/** What happened in the talk, as far as it matters here. */
export type Happening =
  | { readonly kind: 'follow' }
  | { readonly kind: 'unfollow' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'wordless'; readonly what: Wordless }
  | { readonly kind: 'button'; readonly data: string }
  | { readonly kind: 'account-link' }
  /** Somebody has taken the account into a group. */
  | { readonly kind: 'invited'; readonly group: Group }
  /** A message was taken back. */
  | { readonly kind: 'unsend'; readonly messageId: string }
  /** Nothing that asks for an answer: a tab of the menu, an event of a kind not known yet. */
  | { readonly kind: 'unasked' };

export interface Situation {
  readonly happening: Happening;
  /** Another system answers at the moment; we must stay silent. */
  readonly isStandby: boolean;
  /** A talk with one person, not a group. */
  readonly isOneToOne: boolean;
  readonly hasPerson: boolean;
}

/** A function as the router knows it. */
export interface Ears {
  readonly name: string;
  /** Folded. */
  readonly words: readonly string[];
  /** The word that a whole text comes to, if it is this function's. */
  meaning?(text: string): string | null;
}

export type MenuReason = 'asked' | 'not-understood' | 'language-chosen' | Wordless | Courtesy;

export type Route =
  | { readonly to: 'silence' }
  | { readonly to: 'follow' }
  | { readonly to: 'unfollow' }
  | { readonly to: 'leave-group'; readonly group: Group }
  | { readonly to: 'account-link' }
  | { readonly to: 'forget'; readonly messageId: string }
  | { readonly to: 'short-menu'; readonly because: MenuReason }
  /** They wish to be spoken to in this language. */
  | { readonly to: 'language'; readonly language: Language }
  | { readonly to: 'handler'; readonly name: string; readonly heard: HeardFact }
  /** Words that no function is alone in claiming: help is asked, and where it knows nothing, `otherwise` answers. */
  | { readonly to: 'question'; readonly text: string; readonly otherwise: Answerer };

/** Who answers by itself, without looking anything up. */
export type Answerer = Extract<Route, { to: 'short-menu' | 'handler' }>;

export type HeardFact =
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'button'; readonly action: string; readonly query: string };

const LANGUAGE_WORDS: readonly (readonly [Language, readonly string[]])[] = [
  ['ja', ['日本語', 'にほんご', 'japanese', 'nihongo']],
  ['en', ['英語', 'えいご', 'english', 'inenglish']],
];

const MENU_WORDS = ['メニュー', 'menu', 'めにゅー'];

/** Longer texts are somebody telling something; a word inside them is chance. */
const LONGEST_WITH_A_WORD_INSIDE = 40;

/** What stands around a function's word when the function itself is wanted: 残量を教えてください, "show my balance please". */
const AROUND_A_WORD =
  /[\s\p{P}\p{S}]|お願いします|おねがいします|教えてください|教えて下さい|教えて|おしえて|見せて|見たい|みたい|開いて|開きたい|ひらく|確認|知りたい|したい|する|して|ください|下さい|です|ますか?|[をがはのにでもと]|please|show|me|my|the|see|check|open|want|to|i/gu;

/** Who answers: the function whose word or button it was, else the short menu; silence only where nobody asked. */
export function decideRoute(situation: Situation, handlers: readonly Ears[]): Route {
  const { happening } = situation;
  // What is to be noted is noted whoever happens to be answering: a friendship's beginning and end, a link, words taken back.
  if (happening.kind === 'account-link') return { to: 'account-link' };
  if (happening.kind === 'invited' && !situation.isStandby) return { to: 'leave-group', group: happening.group };
  if (!situation.isOneToOne || !situation.hasPerson) return { to: 'silence' };
  if (happening.kind === 'unfollow' || happening.kind === 'follow') return { to: happening.kind };
  if (happening.kind === 'unsend') return { to: 'forget', messageId: happening.messageId };
  if (situation.isStandby) return { to: 'silence' };

  switch (happening.kind) {
    case 'text':
      return routeText(happening.text, handlers);
    case 'button':
      return routeButton(happening.data, handlers);
    case 'wordless':
      return { to: 'short-menu', because: happening.what };
    case 'invited':
    case 'unasked':
      return { to: 'silence' };
  }
}

function routeButton(data: string, handlers: readonly Ears[]): Route {
  const button = /^(?<name>[a-z][a-z-]*)\.(?<action>[a-z][a-z-]*)(?:\?(?<query>.*))?$/s.exec(data)?.groups;
  const name = button?.name ?? '';
  if (handlers.some((handler) => handler.name === name)) {
    return { to: 'handler', name, heard: { kind: 'button', action: button?.action ?? '', query: button?.query ?? '' } };
  }
  return { to: 'short-menu', because: name === 'menu' ? 'asked' : 'not-understood' };
}

function routeText(text: string, handlers: readonly Ears[]): Route {
  for (const { name, meaning } of handlers) {
    const word = meaning?.(text) ?? null;
    if (word !== null) return { to: 'handler', name, heard: { kind: 'word', word } };
  }
  const said = fold(text);
  const target = menuTargetOf(said);
  if (target !== null) return routeButton(target, handlers);
  const language = LANGUAGE_WORDS.find(([, words]) => isAllOf(said, words))?.[0];
  if (language !== undefined) return { to: 'language', language };
  const courtesy = courtesyIn(said);
  if (courtesy !== null) return { to: 'short-menu', because: courtesy };
  const menu: Ears = { name: 'menu', words: MENU_WORDS };
  const inside = [...handlers, menu]
    .flatMap(({ name, words }) => words.map((word) => ({ name, word, at: said.lastIndexOf(word) })))
    .filter(
      ({ word, at }) => word === said || (at >= 0 && word.length >= 2 && said.length <= LONGEST_WITH_A_WORD_INSIDE),
    )
    // The whole text first; then the longest word (データプレゼント is a gift, not data); then the last one, since
    // Japanese says at the end what it is about (連携を解除).
    .sort((a, b) => Number(b.word === said) - Number(a.word === said) || b.word.length - a.word.length || b.at - a.at);
  const answerer = answererOf(inside[0], menu.name);
  const words = inside.map(({ word }) => word);
  return said === '' || isAllOf(said, words) ? answerer : { to: 'question', text, otherwise: answerer };
}

function answererOf(found: { name: string; word: string } | undefined, menu: string): Answerer {
  if (!found) return { to: 'short-menu', because: 'not-understood' };
  if (found.name === menu) return { to: 'short-menu', because: 'asked' };
  return { to: 'handler', name: found.name, heard: { kind: 'word', word: found.word } };
}

/** Whether a text is nothing but functions' words and what politeness puts around them. */
function isAllOf(said: string, words: readonly string[]): boolean {
  if (!words.some((word) => said.includes(word))) return false;
  const rest = [...words].sort((a, b) => b.length - a.length).reduce((left, word) => left.replaceAll(word, ' '), said);
  return rest.replace(AROUND_A_WORD, '') === '';
}
