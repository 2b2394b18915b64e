import { html } from 'htm/preact';
import type { ComponentChildren } from 'preact';
import type { Action } from '../../../contract.ts';
import { Picture } from '../messages/picture.ts';
import { useAction } from '../perform.ts';
import { isRecord, type Json, record, records, text } from '../read-value.ts';
import { color, IMAGE_SIZES } from './sizes.ts';
import {
  boxStyle,
  css,
  heroStyle,
  iconStyle,
  imageStyle,
  layoutOf,
  type Place,
  placeStyle,
  spanStyle,
  textStyle,
} from './style.ts';

interface ComponentProps {
  node: Json;
  place: Place;
  isHero?: boolean;
  /** The box of a block itself: it fills the block and gets the block's own padding. */
  isRoot?: boolean;
}

/** One Flex component and what is in it. Types we do not know take no room. */
export function Component({ node, place, isHero = false, isRoot = false }: ComponentProps) {
  const at = isRoot ? '' : css(placeStyle(node, place));
  switch (node.type) {
    case 'box':
      return html`<${Box} node=${node} at=${at} isRoot=${isRoot} />`;
    case 'text':
      return html`<${Text} node=${node} at=${at} />`;
    case 'button':
      return html`<${Button} node=${node} at=${at} />`;
    case 'image':
      return html`<${Image} node=${node} at=${at} isHero=${isHero} />`;
    case 'video':
      return html`<${Video} node=${node} place=${place} />`;
    case 'icon':
      return html`<span class="flex-icon" style=${at}><${Picture} src=${text(node.url)} alt="" style=${css(iconStyle(node))} /></span>`;
    case 'separator':
      return html`<span class=${`flex-separator ${place.layout === 'vertical' ? '' : 'is-upright'}`} role="presentation"
        style=${`${at};background:${color(node.color) ?? '#d4d6da'}`}></span>`;
    case 'filler':
      return html`<span style=${at}></span>`;
    case 'spacer':
      return html`<span class="flex-spacer" style=${at}></span>`;
    default:
      return null;
  }
}

function Box({ node, at, isRoot }: { node: Json; at: string; isRoot: boolean }) {
  const layout = layoutOf(node);
  const contents = records(node.contents);
  const inFlow = contents.filter((child) => child.position !== 'absolute');
  return html`
    <${Pressable} action=${node.action} isGroup=${holdsAction(node)} hasText=${holdsText(node)} class=${`flex-box ${isRoot ? 'flex-root' : ''}`} style=${`${at};${css(boxStyle(node))}`}>
      ${contents.map(
        (child, index) =>
          html`<${Component} key=${index} node=${child} place=${{ layout, spacing: node.spacing, isFirst: child === inFlow[0] || child.position === 'absolute' }} />`,
      )}
    <//>`;
}

function Text({ node, at }: { node: Json; at: string }) {
  const spans = records(node.contents);
  const isClamped = node.wrap === true && typeof node.maxLines === 'number' && node.maxLines > 0;
  const shape = node.wrap === true ? (isClamped ? 'is-clamped' : 'is-wrapped') : 'is-single';
  return html`
    <${Pressable} action=${node.action} hasText=${true} class=${`flex-text ${shape}`} style=${`${at};${css(textStyle(node))}`}>
      ${spans.length > 0 ? spans.map((span) => html`<span style=${css(spanStyle(span))}>${text(span.text)}</span>`) : text(node.text)}
    <//>`;
}

function Button({ node, at }: { node: Json; at: string }) {
  const perform = useAction();
  const action = asAction(node.action);
  const style = node.style === 'primary' || node.style === 'secondary' ? node.style : 'link';
  const own = color(node.color);
  const colored = own && (style === 'link' ? `color:${own}` : `background:${own}`);
  return html`
    <button type="button" class=${`flex-button is-${style} ${node.height === 'sm' ? 'is-small' : ''}`}
      style=${`${at};${colored ?? ''}`} onClick=${() => action && perform(action)}>${action?.label ?? ''}</button>`;
}

function Image({ node, at, isHero }: { node: Json; at: string; isHero: boolean }) {
  const style = isHero ? heroStyle(node) : imageStyle(node);
  const { 'align-self': align, width, ...rest } = style;
  const isAcross = align === 'center' ? 'center' : align;
  return html`
    <${Pressable} action=${node.action} class="flex-image" style=${`${at};justify-content:${isAcross ?? 'center'}`}>
      <${Picture} src=${text(node.url)} alt=${text(record(node.action).label)} style=${css({ ...rest, width: width ?? IMAGE_SIZES.md ?? '' })} />
    <//>`;
}

/** A film in a hero shows its picture, or what the bot gave instead. */
function Video({ node, place }: { node: Json; place: Place }) {
  const instead = record(node.altContent);
  if (instead.type) return html`<${Component} node=${instead} place=${place} isHero=${true} />`;
  const image = {
    type: 'image',
    url: node.previewUrl,
    size: 'full',
    aspectRatio: node.aspectRatio ?? '16:9',
    aspectMode: 'cover',
  };
  return html`<${Component} node=${image} place=${place} isHero=${true} />`;
}

interface PressableProps {
  action: unknown;
  class: string;
  style: string;
  dir?: 'rtl' | undefined;
  /** Other buttons lie inside: a button may not hold buttons, so this stays a group for screen readers. */
  isGroup?: boolean;
  /** Words that can be seen in it: they stay part of its name, with the action's label after them. */
  hasText?: boolean;
  children?: ComponentChildren;
}

/** A part that is a button when it has an action, and nothing special when not. */
export function Pressable(props: PressableProps) {
  const perform = useAction();
  const action = asAction(props.action);
  if (!action) return html`<div class=${props.class} style=${props.style} dir=${props.dir}>${props.children}</div>`;
  const isNamedByText = props.hasText === true && !props.isGroup;
  const press = (event: Event) => {
    event.stopPropagation();
    perform(action);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.target === event.currentTarget && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault();
      press(event);
    }
  };
  return html`
    <div class=${`${props.class} is-pressable`} style=${props.style} dir=${props.dir} tabindex="0"
      role=${props.isGroup ? 'group' : 'button'} aria-label=${isNamedByText ? undefined : action.label || undefined}
      onClick=${press} onKeyDown=${onKey}>
      ${props.children}${isNamedByText && action.label && html`<span class="visually-hidden">${action.label}</span>`}
    </div>`;
}

/** Something in this part can be pressed by itself. */
export function holdsAction(node: Json): boolean {
  return records(node.contents).some((child) => isRecord(child.action) || holdsAction(child));
}

export function holdsText(node: Json): boolean {
  return records(node.contents).some((child) => child.type === 'text' || holdsText(child));
}

function asAction(value: unknown): Action | null {
  return isRecord(value) && typeof value.type === 'string' ? { ...value, type: value.type } : null;
}
