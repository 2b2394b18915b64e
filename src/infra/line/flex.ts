import type { messagingApi } from '@line/bot-sdk';

/**
 * Small builders for messages of the official account. Text scales with the size the person has set in LINE, and every Flex
 * message says everything in its `altText`, too, which is the notification and what a screen reader speaks.
 */

/**
 * Where a button leads. An address (`https://…`, `http://…`, `tel:…`, `line:…`) is opened; `<handler>.<action>?<params>` (see
 * `buttonData`) goes to that handler; anything else is sent as the person's words.
 */
export type Target = string;

export type QuickReplyItem = messagingApi.QuickReplyItem;

/** Ink and greys that keep 4.5:1 on LINE's white bubble; the buttons' green keeps 4.99:1 under white. */
export const ink = { text: '#111111', soft: '#555555', line: '#E5E5E5', green: '#03813A', red: '#B3261E' } as const;

const isAddress = (target: Target) => /^(https?|tel|line):/.test(target);
const isButtonData = (target: Target) => /^[a-z][a-z-]*\.[a-z][a-z-]*(\?|$)/.test(target);

const letters = new Intl.Segmenter('ja', { granularity: 'grapheme' });

/** A label LINE shows and reads aloud: so many letters at most, as people count them, which is how LINE counts labels. */
function labelOf(words: string, most: number): string {
  if (words.length <= most) return words;
  const all = Array.from(letters.segment(words), ({ segment }) => segment);
  return all.length <= most ? words : `${all.slice(0, most - 1).join('')}…`;
}

/** What stands for a card: at most 1,500 units of UTF-16, which is how LINE counts everything that is no label. */
function altTextOf(words: string): string {
  // A cut through a pair would leave half a letter.
  return words.length <= 1_500 ? words : `${words.slice(0, 1_499).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** Letters of a label in a card, and of one below the message. */
const IN_CARDS = 40;
const BELOW = 20;

/** The LINE action of a target. What a postback says is shown as the person's own words. */
export function action(label: string, target: Target, most = IN_CARDS): messagingApi.Action {
  const short = labelOf(label, most);
  if (isAddress(target)) return { type: 'uri', label: short, uri: target };
  if (isButtonData(target)) return { type: 'postback', label: short, data: target, displayText: short };
  return { type: 'message', label: short, text: target };
}

/** A button under the last message: gone once the person says something. */
export function quickReply(label: string, target: Target): QuickReplyItem {
  return { type: 'action', action: action(label, target, BELOW) };
}

function withQuickReplies<Kind extends object>(
  message: Kind,
  quickReplies: readonly QuickReplyItem[],
): Kind & { quickReply?: messagingApi.QuickReply } {
  if (quickReplies.length === 0) return message;
  if (quickReplies.length > 13) throw new RangeError('LINE shows at most 13 quick replies');
  return { ...message, quickReply: { items: [...quickReplies] } };
}

/** Plain words, up to 5,000 characters. */
export function text(words: string, quickReplies: readonly QuickReplyItem[] = []): messagingApi.TextMessage {
  return withQuickReplies({ type: 'text' as const, text: words }, quickReplies);
}

/** A button in a bubble: one `primary` at most, `secondary` for the rest, `link` for a way out. */
export function button(
  label: string,
  target: Target,
  style: 'primary' | 'secondary' | 'link' = 'secondary',
): messagingApi.FlexButton {
  const color = style === 'primary' ? { color: ink.green } : style === 'link' ? { color: ink.soft } : {};
  return { type: 'button', style, height: 'sm', scaling: true, action: action(label, target), ...color };
}

/** A line of a list that can be tapped and shows its words whole, where a button would cut them. */
export function choice(words: string, target: Target): messagingApi.FlexBox {
  return {
    type: 'box',
    layout: 'horizontal',
    spacing: 'md',
    paddingTop: '12px',
    paddingBottom: '12px',
    alignItems: 'center',
    action: action(words, target),
    contents: [
      { ...paragraph(words), flex: 1 },
      { ...paragraph('›', { color: ink.soft }), flex: 0 },
    ],
  };
}

/** A line with a switch, shown as a picture and in a word; a tap anywhere on it turns it, and `label` appears as the person’s words. */
export function toggle(
  words: string,
  { isOn, says }: { isOn: boolean; says: string },
  { label, target }: { label: string; target: Target },
): messagingApi.FlexBox {
  const knob: messagingApi.FlexBox = {
    type: 'box',
    layout: 'vertical',
    width: '20px',
    height: '20px',
    cornerRadius: '10px',
    backgroundColor: '#FFFFFF',
    contents: [],
  };
  const track: messagingApi.FlexBox = {
    type: 'box',
    layout: 'horizontal',
    width: '44px',
    height: '24px',
    cornerRadius: '12px',
    paddingAll: '2px',
    flex: 0,
    justifyContent: isOn ? 'flex-end' : 'flex-start',
    backgroundColor: isOn ? ink.green : '#8A8A8A',
    contents: [knob],
  };
  return {
    type: 'box',
    layout: 'horizontal',
    spacing: 'md',
    paddingTop: '10px',
    paddingBottom: '10px',
    alignItems: 'center',
    action: action(label, target),
    contents: [
      { ...paragraph(words, { size: 'sm' }), flex: 1 },
      { ...paragraph(says, { size: 'xs', color: ink.soft }), flex: 0 },
      track,
    ],
  };
}

/** Two small answers beside each other. */
export function pair(buttons: readonly [messagingApi.FlexButton, messagingApi.FlexButton]): messagingApi.FlexBox {
  return { type: 'box', layout: 'horizontal', spacing: 'sm', contents: [...buttons] };
}

/** A paragraph in a bubble. */
export function paragraph(
  words: string,
  look: { size?: string; color?: string; isBold?: boolean; margin?: string } = {},
): messagingApi.FlexText {
  return {
    type: 'text',
    text: words,
    wrap: true,
    scaling: true,
    size: look.size ?? 'md',
    color: look.color ?? ink.text,
    ...(look.isBold ? { weight: 'bold' as const } : {}),
    ...(look.margin ? { margin: look.margin } : {}),
  };
}

/** About how wide a text is, in full-width letters. */
function widthOf(text: string): number {
  return [...text].reduce((sum, letter) => sum + (letter.charCodeAt(0) < 0x2e80 ? 0.55 : 1), 0);
}

/** How much of a row a text gets: in proportion to its width, but never so much that the other has no room. */
const shareOf = (text: string) => Math.round(Math.min(10, Math.max(3, widthOf(text))) * 2);

/** Two columns, a term and its value, in proportion to their texts, so that short ones are not broken. */
export function row(name: string, value: string, look: { isBold?: boolean } = {}): messagingApi.FlexBox {
  return {
    type: 'box',
    layout: 'horizontal',
    spacing: 'md',
    contents: [
      { ...paragraph(name, { size: 'sm', color: ink.soft }), flex: shareOf(name) },
      { ...paragraph(value, { size: 'sm', ...look }), flex: shareOf(value), align: 'end' },
    ],
  };
}

/** A thin line between two parts of a bubble. */
export function separator(): messagingApi.FlexSeparator {
  return { type: 'separator', margin: 'md', color: ink.line };
}

export interface BubbleParts {
  /** Whole sentences: the notification, and what is read aloud. */
  readonly altText: string;
  readonly title: string;
  /** Paragraphs (as strings) and rows, in order. */
  readonly body?: readonly (string | messagingApi.FlexComponent)[];
  readonly buttons?: readonly (messagingApi.FlexButton | messagingApi.FlexBox)[];
  readonly quickReplies?: readonly QuickReplyItem[];
}

/** A card: title, text, and buttons below each other. */
export function bubble(parts: BubbleParts): messagingApi.FlexMessage {
  return withQuickReplies(
    { type: 'flex' as const, altText: altTextOf(parts.altText), contents: card(parts) },
    parts.quickReplies ?? [],
  );
}

/** Up to twelve cards side by side. */
export function carousel(
  altText: string,
  cards: readonly Omit<BubbleParts, 'altText' | 'quickReplies'>[],
  quickReplies: readonly QuickReplyItem[] = [],
): messagingApi.FlexMessage {
  if (cards.length === 0 || cards.length > 12) throw new RangeError('a carousel has one to twelve cards');
  return withQuickReplies(
    {
      type: 'flex' as const,
      altText: altTextOf(altText),
      contents: { type: 'carousel' as const, contents: cards.map((parts) => card(parts)) },
    },
    quickReplies,
  );
}

function card(parts: Omit<BubbleParts, 'altText' | 'quickReplies'>): messagingApi.FlexBubble {
  const body = (parts.body ?? []).map((part) => (typeof part === 'string' ? paragraph(part, { size: 'sm' }) : part));
  const buttons = parts.buttons ?? [];
  return {
    type: 'bubble',
    body: {
      type: 'box',
      layout: 'vertical',
      spacing: 'md',
      contents: [paragraph(parts.title, { size: 'lg', isBold: true }), ...body],
    },
    ...(buttons.length > 0
      ? { footer: { type: 'box' as const, layout: 'vertical' as const, spacing: 'sm', contents: [...buttons] } }
      : {}),
  };
}
