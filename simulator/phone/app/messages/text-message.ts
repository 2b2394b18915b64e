import { html } from 'htm/preact';
import { usePhone } from '../phone-tools.ts';
import { number, record, records, text } from '../read-value.ts';
import { LinkedText } from './linked-text.ts';
import { StickerFace } from './sticker.ts';

/** `text` and `textV2`; LINE's own emoji are small faces here. */
export function TextMessage({ message }: { message: Record<string, unknown> }) {
  const { people, words } = usePhone();
  const nameOf = (mentionee: Record<string, unknown>) =>
    mentionee.type === 'all'
      ? words('everybody')
      : (people.find(({ userId }) => userId === mentionee.userId)?.displayName ?? '');
  if (message.type === 'textV2') return html`<div class="bubble">${substituted(message, nameOf)}</div>`;
  const emojis = records(message.emojis).toSorted((a, b) => (number(a.index) ?? 0) - (number(b.index) ?? 0));
  if (emojis.length === 0) return html`<div class="bubble"><${LinkedText} text=${text(message.text)} /></div>`;
  const parts: unknown[] = [];
  let end = 0;
  for (const emoji of emojis) {
    const index = number(emoji.index) ?? 0;
    parts.push(html`<${LinkedText} text=${text(message.text).slice(end, index)} />`, inlineFace(emoji));
    end = index + (number(emoji.length) ?? 1);
  }
  return html`<div class="bubble">${parts}<${LinkedText} text=${text(message.text).slice(end)} /></div>`;
}

/** `{name}` in a textV2 stands for a mention or an emoji. */
function substituted(
  message: Record<string, unknown>,
  nameOf: (mentionee: Record<string, unknown>) => string,
): unknown[] {
  const substitution = record(message.substitution);
  return text(message.text)
    .split(/(\{\{|\}\}|\{[^{}]+\})/)
    .map((part) => {
      if (part === '{{' || part === '}}') return part.charAt(0);
      const value = record(substitution[part.slice(1, -1)]);
      if (value.type === 'emoji') return inlineFace(value);
      if (value.type === 'mention') return html`<b>@${nameOf(record(value.mentionee)) || part.slice(1, -1)}</b>`;
      return html`<${LinkedText} text=${part} />`;
    });
}

function inlineFace(emoji: Record<string, unknown>) {
  return html`<span class="emoji" role="img" aria-label="emoji"><${StickerFace} seed=${`${emoji.productId}:${emoji.emojiId}`} /></span>`;
}
