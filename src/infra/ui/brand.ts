import type { Operator } from '../../base/operator.ts';

const COLOR = /^#[0-9a-f]{6}$/i;

/** The operator's colours as CSS variables, served as a file of their own since no style may stand in a page. */
export function brandCss(brand: Operator['brand']): string {
  if (!COLOR.test(brand.color) || !COLOR.test(brand.onColor)) throw new Error('brand colours are written #rrggbb');
  return `:root{--brand:${brand.color};--on-brand:${brand.onColor}}\n`;
}
