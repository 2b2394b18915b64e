/**
 * Flex messages describe their looks by values, but our pages allow no inline styles. So every property is mapped to one of a finite
 * set of classes, and the style sheet is made from the same tables (`drawnCss`). A value between two steps takes the nearer one.
 */

type Json = { readonly [key: string]: unknown };

/** Flex's text sizes in pixels, at three quarters of LINE's: staff read many bubbles at once. */
const TEXT = { xxs: 10, xs: 11, sm: 12, md: 13, lg: 15, xl: 17, xxl: 22, '3xl': 26, '4xl': 34, '5xl': 48 } as const;
/** Flex's spacings in pixels. */
const SPACE = { none: 0, xs: 2, sm: 4, md: 8, lg: 12, xl: 16, xxl: 20 } as const;
const PICTURE = {
  xxs: 40,
  xs: 60,
  sm: 80,
  md: 100,
  lg: 120,
  xl: 140,
  xxl: 160,
  '3xl': 180,
  '4xl': 200,
  '5xl': 220,
} as const;

const SPACES = [0, 2, 4, 8, 12, 16, 20, 24, 32] as const;
const HEIGHTS = [1, 2, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 160, 200] as const;
const SHARES = Array.from({ length: 21 }, (_, index) => index * 5);
const CORNERS = [0, 2, 4, 8, 12, 16, 100] as const;
const PARTS = Array.from({ length: 13 }, (_, index) => index);
const LINES = [1, 2, 3, 4, 5, 6] as const;
/** Width to height. */
const RATIOS = [
  [1, 1],
  [4, 3],
  [3, 2],
  [16, 9],
  [20, 13],
  [2, 1],
  [3, 1],
  [3, 4],
] as const;

/** The colours we draw with: greys, the brand's greens, and the usual signal colours. */
const TONES = {
  ink: '#111111',
  soft: '#555555',
  grey: '#8c8c8c',
  pale: '#b7b7b7',
  line: '#e5e5e5',
  mist: '#f4f4f4',
  white: '#ffffff',
  green: '#03813a',
  bright: '#06c755',
  mint: '#e3f4e8',
  red: '#b3261e',
  rose: '#fce8e6',
  orange: '#e8710a',
  sand: '#fff1d2',
  blue: '#1a4fb8',
  sky: '#e8f0fb',
  violet: '#7657c9',
} as const;

export const px = (value: unknown, words: Readonly<Record<string, number>> = SPACE): number | undefined => {
  if (typeof value !== 'string') return undefined;
  if (Object.hasOwn(words, value)) return words[value];
  const match = /^(\d+(?:\.\d+)?)px$/.exec(value);
  return match ? Number(match[1]) : undefined;
};

export function nearest(steps: readonly number[], value: number): number {
  return steps.reduce((best, step) => (Math.abs(step - value) < Math.abs(best - value) ? step : best));
}

/** The tone closest to `#RRGGBB` (an alpha after it is left out); undefined for anything else. */
export function toneOf(color: unknown): string | undefined {
  const wanted = channels(color);
  if (!wanted) return undefined;
  let best: { tone: string; distance: number } | undefined;
  for (const [tone, hex] of Object.entries(TONES)) {
    const distance = (channels(hex) ?? []).reduce((sum, value, index) => sum + (value - (wanted[index] ?? 0)) ** 2, 0);
    if (best === undefined || distance < best.distance) best = { tone, distance };
  }
  return best?.tone;
}

function channels(color: unknown): readonly number[] | undefined {
  const match = typeof color === 'string' ? /^#(..)(..)(..)(?:..)?$/.exec(color) : null;
  const values = match?.slice(1, 4).map((pair) => Number.parseInt(pair, 16));
  return values?.every(Number.isInteger) ? values : undefined;
}

export type Layout = 'horizontal' | 'vertical' | 'baseline';
export const layoutOf = (box: Json): Layout =>
  box.layout === 'horizontal' || box.layout === 'baseline' ? box.layout : 'vertical';

/** Where a component stands in its parent box. */
export interface Place {
  readonly layout: Layout;
  readonly spacing: unknown;
  readonly isFirst: boolean;
}

/** A component's share of the room, and the space before it. */
export function placeLooks(node: Json, { layout, spacing, isFirst }: Place): Looks {
  const isRow = layout !== 'vertical';
  const before = px(node.margin) ?? (isFirst ? undefined : px(spacing));
  return [
    share(node, isRow),
    step(isRow ? 'ms' : 'mt', SPACES, before),
    isRow && typeof node.gravity === 'string' ? `d-self-${node.gravity}` : undefined,
  ];
}

/** In a row everything shares the width alike; in a column everything is as tall as it needs. */
function share(node: Json, isRow: boolean): string | undefined {
  if (typeof node.flex === 'number') return `d-part-${nearest(PARTS, node.flex)}`;
  if (node.type === 'filler') return 'd-part-1';
  if (!isRow || node.type === 'separator' || node.width !== undefined) return 'd-part-0';
  return 'd-part-1';
}

export function boxLooks(box: Json): Looks {
  const all = px(box.paddingAll);
  const edge = (name: string) => px(box[name]) ?? all;
  return [
    `d-${layoutOf(box)}`,
    step('pt', SPACES, edge('paddingTop')),
    step('pb', SPACES, edge('paddingBottom')),
    step('ps', SPACES, edge('paddingStart')),
    step('pe', SPACES, edge('paddingEnd')),
    step('h', HEIGHTS, px(box.height)),
    step('w', SHARES, percent(box.width)),
    step('r', CORNERS, px(box.cornerRadius)),
    named('align', box.alignItems, ['flex-start', 'center', 'flex-end']),
    named('just', box.justifyContent, [
      'flex-start',
      'center',
      'flex-end',
      'space-between',
      'space-around',
      'space-evenly',
    ]),
    tone('back', box.backgroundColor),
    ...(px(box.borderWidth, { none: 0, light: 1, normal: 1, medium: 2, 'semi-bold': 3, bold: 4 })
      ? ['d-border', tone('edge', box.borderColor)]
      : []),
  ];
}

/** A run of text, alone or as a span. */
export function textLooks(node: Json): Looks {
  const size = px(node.size, TEXT);
  return [
    size === undefined ? undefined : `d-text-${nearest(Object.values(TEXT), size)}`,
    tone('ink', node.color),
    node.weight === 'bold' ? 'd-bold' : undefined,
    node.style === 'italic' ? 'd-italic' : undefined,
    named('line', node.decoration, ['underline', 'line-through']),
  ];
}

/** What a block of text has beside. */
export function paragraphLooks(node: Json): Looks {
  const lines = typeof node.maxLines === 'number' && node.maxLines > 0 ? nearest(LINES, node.maxLines) : undefined;
  return [
    ...textLooks(node),
    named('to', node.align, ['center', 'end']),
    node.wrap === true ? (lines === undefined ? undefined : `d-lines-${lines}`) : 'd-single',
  ];
}

export function pictureLooks(node: Json, isHero: boolean): Looks {
  const size = node.size ?? (isHero ? 'full' : 'md');
  return [
    size === 'full' ? 'd-w-100' : step('picture', Object.values(PICTURE), px(size, PICTURE) ?? PICTURE.md),
    `d-ratio-${ratioOf(node.aspectRatio)}`,
    node.aspectMode === 'cover' ? 'd-cover' : undefined,
    named('across', node.align, ['start', 'end']),
    tone('back', node.backgroundColor),
  ];
}

function ratioOf(value: unknown): string {
  const match = typeof value === 'string' ? /^(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)$/.exec(value) : null;
  const wanted = match ? Number(match[1]) / Number(match[2]) : 1;
  const [width, height] = RATIOS.reduce<readonly [number, number]>(
    (best, ratio) => (Math.abs(ratio[0] / ratio[1] - wanted) < Math.abs(best[0] / best[1] - wanted) ? ratio : best),
    [1, 1],
  );
  return `${width}x${height}`;
}

export const tone = (part: 'ink' | 'back' | 'edge', color: unknown) => {
  const found = toneOf(color);
  return found && `d-${part}-${found}`;
};

/** Classes, some of which may not be given. */
export type Looks = readonly (string | undefined)[];
export const classes = (...looks: Looks) => looks.filter(Boolean).join(' ');

const percent = (value: unknown): number | undefined => {
  const match = typeof value === 'string' ? /^(\d+(?:\.\d+)?)%$/.exec(value) : null;
  return match ? Number(match[1]) : undefined;
};
const step = (name: string, steps: readonly number[], value: number | undefined) =>
  value === undefined ? undefined : `d-${name}-${nearest(steps, value)}`;
const named = (name: string, value: unknown, known: readonly string[]) =>
  typeof value === 'string' && known.includes(value) ? `d-${name}-${value}` : undefined;
/** The style sheet of all these classes. */
export function drawnCss(): string {
  const rules: string[] = [];
  const rule = (name: string, style: string) => rules.push(`.d-${name}{${style}}`);
  for (const [name, property] of Object.entries({
    mt: 'margin-top',
    ms: 'margin-inline-start',
    pt: 'padding-top',
    pb: 'padding-bottom',
    ps: 'padding-inline-start',
    pe: 'padding-inline-end',
  })) {
    for (const space of SPACES) rule(`${name}-${space}`, `${property}:${space}px`);
  }
  for (const height of HEIGHTS) rule(`h-${height}`, `height:${height}px;overflow:hidden`);
  for (const width of SHARES) rule(`w-${width}`, `width:${width}%`);
  for (const corner of CORNERS) rule(`r-${corner}`, `border-radius:${corner}px;overflow:hidden`);
  for (const part of PARTS) rule(`part-${part}`, part === 0 ? 'flex:0 0 auto' : `flex:${part} 1 0`);
  for (const lines of LINES) rule(`lines-${lines}`, `-webkit-line-clamp:${lines}`);
  for (const size of Object.values(TEXT)) rule(`text-${size}`, `font-size:${size / 16}rem`);
  for (const size of Object.values(PICTURE)) rule(`picture-${size}`, `width:${size}px`);
  for (const [width, height] of RATIOS) rule(`ratio-${width}x${height}`, `aspect-ratio:${width}/${height}`);
  for (const [name, color] of Object.entries(TONES)) {
    rule(`ink-${name}`, `color:${color}`);
    rule(`back-${name}`, `background-color:${color}`);
    rule(`edge-${name}`, `border-color:${color}`);
  }
  return rules.join('\n');
}
