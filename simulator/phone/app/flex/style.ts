import { isRecord, type Json } from '../read-value.ts';
import { BORDERS, CORNERS, color, IMAGE_SIZES, length, ratio, SPACES, TEXT_SIZES } from './sizes.ts';

/** CSS properties; those without a value are left out. */
export type Style = Record<string, string>;
export type Layout = 'horizontal' | 'vertical' | 'baseline';

/** Where a component stands in its parent box. */
export interface Place {
  layout: Layout;
  spacing: unknown;
  isFirst: boolean;
}

export function layoutOf(box: Json): Layout {
  return box.layout === 'horizontal' || box.layout === 'baseline' ? box.layout : 'vertical';
}

/** How a component takes its place in the parent: share of room, space before it, offset. */
export function placeStyle(node: Json, place: Place): Style {
  const isRow = place.layout !== 'vertical';
  const before = length(node.margin, SPACES) ?? (place.isFirst ? undefined : length(place.spacing, SPACES));
  return given({
    flex: flexOf(node, isRow),
    [isRow ? 'margin-inline-start' : 'margin-top']: before,
    ...(isRow && node.gravity ? { 'align-self': GRAVITY[String(node.gravity)] } : {}),
    ...offsetStyle(node),
  });
}

/** In a row everything shares the width alike; in a column everything is as tall as it needs. Fixed sizes keep theirs. */
function flexOf(node: Json, isRow: boolean): string {
  if (typeof node.flex === 'number') return node.flex === 0 ? '0 0 auto' : `${node.flex} 1 0%`;
  if (node.type === 'filler') return '1 1 0%';
  if (node.type === 'icon' || node.type === 'separator') return '0 0 auto';
  if (!isRow) return '0 0 auto';
  return node.type === 'box' && length(node.width, {}) ? '0 0 auto' : '1 1 0%';
}

const GRAVITY: Record<string, string> = { top: 'flex-start', center: 'center', bottom: 'flex-end' };

function offsetStyle(node: Json): Style {
  return given({
    position: node.position === 'absolute' ? 'absolute' : node.position === 'relative' ? 'relative' : undefined,
    top: length(node.offsetTop, SPACES),
    bottom: length(node.offsetBottom, SPACES),
    'inset-inline-start': length(node.offsetStart, SPACES),
    'inset-inline-end': length(node.offsetEnd, SPACES),
  });
}

export function boxStyle(box: Json): Style {
  const layout = layoutOf(box);
  const border = length(box.borderWidth, BORDERS);
  return given({
    'flex-direction': layout === 'vertical' ? 'column' : 'row',
    'align-items': layout === 'baseline' ? 'baseline' : ALIGN[String(box.alignItems)],
    'justify-content': JUSTIFY[String(box.justifyContent)],
    width: length(box.width, {}),
    height: length(box.height, {}),
    'max-width': length(box.maxWidth, {}),
    'max-height': length(box.maxHeight, {}),
    'background-color': color(box.backgroundColor),
    'background-image': gradient(box.background),
    'border-radius': length(box.cornerRadius, CORNERS),
    border: border && border !== '0px' ? `${border} solid ${color(box.borderColor) ?? '#000000'}` : undefined,
    overflow: box.cornerRadius || box.height || box.maxHeight ? 'hidden' : undefined,
    ...paddingStyle(box),
  });
}

function paddingStyle(box: Json): Style {
  const all = length(box.paddingAll, SPACES);
  return given({
    'padding-top': length(box.paddingTop, SPACES) ?? all,
    'padding-bottom': length(box.paddingBottom, SPACES) ?? all,
    'padding-inline-start': length(box.paddingStart, SPACES) ?? all,
    'padding-inline-end': length(box.paddingEnd, SPACES) ?? all,
  });
}

const ALIGN: Record<string, string> = { 'flex-start': 'flex-start', center: 'center', 'flex-end': 'flex-end' };
const JUSTIFY: Record<string, string> = {
  ...ALIGN,
  'space-between': 'space-between',
  'space-around': 'space-around',
  'space-evenly': 'space-evenly',
};

/** `linearGradient` only, as LINE has it. */
function gradient(background: unknown): string | undefined {
  if (!isRecord(background) || background.type !== 'linearGradient') return undefined;
  const [start, center, end] = [
    color(background.startColor),
    color(background.centerColor),
    color(background.endColor),
  ];
  const angle = /^-?\d+(\.\d+)?deg$/.test(String(background.angle)) ? String(background.angle) : '180deg';
  if (!start || !end) return undefined;
  const middle = center ? `, ${center} ${length(background.centerPosition, {}) ?? '50%'}` : '';
  return `linear-gradient(${angle}, ${start}${middle}, ${end})`;
}

export function textStyle(node: Json): Style {
  const lines = typeof node.maxLines === 'number' && node.maxLines > 0 ? String(node.maxLines) : undefined;
  return given({
    ...spanStyle(node),
    'text-align': node.align === 'center' || node.align === 'end' ? node.align : undefined,
    'line-height': lineHeight(node),
    '-webkit-line-clamp': node.wrap === true ? lines : undefined,
  });
}

/** `lineSpacing` is added between lines of `size`. */
function lineHeight(node: Json): string | undefined {
  const spacing = length(node.lineSpacing, {});
  return spacing ? `calc(1.3em + ${spacing})` : undefined;
}

/** What a run of text may have, alone or as a span. */
export function spanStyle(node: Json): Style {
  return given({
    'font-size': length(node.size, TEXT_SIZES),
    color: color(node.color),
    'font-weight': node.weight === 'bold' ? '700' : node.weight === 'regular' ? '400' : undefined,
    'font-style': node.style === 'italic' ? 'italic' : node.style === 'normal' ? 'normal' : undefined,
    'text-decoration': DECORATION[String(node.decoration)],
  });
}

const DECORATION: Record<string, string> = { underline: 'underline', 'line-through': 'line-through', none: 'none' };

export function imageStyle(node: Json): Style {
  return given({
    width: length(node.size ?? 'md', IMAGE_SIZES),
    'aspect-ratio': ratio(node.aspectRatio ?? '1:1'),
    'object-fit': node.aspectMode === 'cover' ? 'cover' : 'contain',
    'background-color': color(node.backgroundColor),
    'align-self': node.align === 'start' ? 'flex-start' : node.align === 'end' ? 'flex-end' : 'center',
  });
}

/** A hero picture fills the bubble's width. */
export function heroStyle(node: Json): Style {
  return { ...imageStyle({ ...node, size: node.size ?? 'full' }) };
}

export function iconStyle(node: Json): Style {
  return given({ height: length(node.size ?? 'md', TEXT_SIZES), 'aspect-ratio': ratio(node.aspectRatio ?? '1:1') });
}

/** Header, hero, body or footer, as `bubble.styles` colours it. */
export function blockStyle(style: Json): Style {
  return given({
    'background-color': color(style.backgroundColor),
    'border-top': style.separator === true ? `1px solid ${color(style.separatorColor) ?? '#d4d6da'}` : undefined,
  });
}

/** `{color: '#111111'}` → `color:#111111`; only values checked above ever get here. */
export const css = (style: Style): string =>
  Object.entries(style)
    .map(([name, value]) => `${name}:${value}`)
    .join(';');

function given(style: Record<string, string | undefined>): Style {
  return Object.fromEntries(Object.entries(style).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
