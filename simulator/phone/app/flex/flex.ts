import { html } from 'htm/preact';
import { Carousel } from '../messages/carousel.ts';
import { type Json, record, records, text } from '../read-value.ts';
import { Component, holdsAction, holdsText, Pressable } from './component.ts';
import { BUBBLE_WIDTHS } from './sizes.ts';
import { blockStyle, css } from './style.ts';

/** A Flex message: one bubble, or a row of them. */
export function FlexMessage({ message }: { message: Json }) {
  const contents = record(message.contents);
  const label = text(message.altText);
  if (contents.type === 'carousel') {
    return html`<${Carousel} label=${label}>${records(contents.contents).map((bubble) => html`<${Bubble} bubble=${bubble} />`)}<//>`;
  }
  return html`<div class="flex-message" role="group" aria-label=${label}><${Bubble} bubble=${contents} /></div>`;
}

const BLOCKS = ['header', 'hero', 'body', 'footer'] as const;

function Bubble({ bubble }: { bubble: Json }) {
  const size = text(bubble.size) || 'mega';
  const styles = record(bubble.styles);
  const blocks = { contents: BLOCKS.map((name) => bubble[name]) };
  const width = BUBBLE_WIDTHS[size] ?? BUBBLE_WIDTHS.mega;
  const before = (name: (typeof BLOCKS)[number]) => BLOCKS.slice(0, BLOCKS.indexOf(name));
  return html`
    <${Pressable} action=${bubble.action} isGroup=${holdsAction(blocks)} hasText=${holdsText(blocks)} class=${`flex-bubble flex-${size}`} style=${`width:${width}`}
      dir=${bubble.direction === 'rtl' ? 'rtl' : undefined}>
      ${BLOCKS.filter((name) => bubble[name]).map((name) => {
        const block = record(bubble[name]);
        const hasBlockBefore = before(name).some((other) => bubble[other]);
        const style = record(styles[name]);
        const shown = hasBlockBefore ? style : { ...style, separator: false };
        return html`
          <div key=${name} class=${`flex-block flex-${name} ${bubble.footer ? 'has-footer' : ''}`} style=${css(blockStyle(shown))}>
            <${Component} node=${block} place=${{ layout: 'vertical', spacing: 'none', isFirst: true }} isHero=${name === 'hero'} isRoot=${true} />
          </div>`;
      })}
    <//>`;
}
