/** Flex's size words in pixels, as LINE's apps draw them on a phone of ordinary size. */

export const TEXT_SIZES: Record<string, string> = {
  xxs: '11px',
  xs: '13px',
  sm: '14px',
  md: '16px',
  lg: '19px',
  xl: '22px',
  xxl: '29px',
  '3xl': '35px',
  '4xl': '48px',
  '5xl': '74px',
};

export const IMAGE_SIZES: Record<string, string> = {
  xxs: '40px',
  xs: '60px',
  sm: '80px',
  md: '100px',
  lg: '120px',
  xl: '140px',
  xxl: '160px',
  '3xl': '180px',
  '4xl': '200px',
  '5xl': '220px',
  full: '100%',
};

export const SPACES: Record<string, string> = {
  none: '0px',
  xs: '2px',
  sm: '4px',
  md: '8px',
  lg: '12px',
  xl: '16px',
  xxl: '20px',
};

export const CORNERS: Record<string, string> = {
  none: '0px',
  xs: '2px',
  sm: '4px',
  md: '8px',
  lg: '12px',
  xl: '16px',
  xxl: '20px',
};

export const BORDERS: Record<string, string> = {
  none: '0px',
  light: '0.5px',
  normal: '1px',
  medium: '2px',
  'semi-bold': '3px',
  bold: '4px',
};

export const BUBBLE_WIDTHS: Record<string, string> = {
  nano: '120px',
  micro: '160px',
  deca: '220px',
  hecto: '241px',
  kilo: '260px',
  mega: '300px',
  giga: '386px',
};

/** A size word of `table`, `12px` or `30%`; undefined for anything else, which then counts as not given. */
export function length(value: unknown, table: Record<string, string>): string | undefined {
  if (typeof value !== 'string') return undefined;
  return table[value] ?? (/^-?\d+(\.\d+)?(px|%)$/.test(value) ? value : undefined);
}

/** `#RRGGBB` or `#RRGGBBAA`; nothing else may reach a style. */
export function color(value: unknown): string | undefined {
  return typeof value === 'string' && /^#([0-9a-f]{6}|[0-9a-f]{8})$/i.test(value) ? value : undefined;
}

/** `16:9` as CSS writes it. */
export function ratio(value: unknown): string | undefined {
  const match = typeof value === 'string' ? /^(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)$/.exec(value) : null;
  return match ? `${match[1]} / ${match[2]}` : undefined;
}
