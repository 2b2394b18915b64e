import type { Report } from './report.ts';

const pixels = String.raw`\d+(\.\d+)?px`;
const percent = String.raw`\d+(\.\d+)?%`;
const steps = 'none|xs|sm|md|lg|xl|xxl';
const color = '#([0-9a-fA-F]{6}|[0-9a-fA-F]{8})';

const shape = (source: string) => new RegExp(`^(${source})$`);
const space = shape(`${steps}|${pixels}`);
const offset = shape(`${steps}|-?${pixels}|-?${percent}`);
const padding = shape(`${steps}|${pixels}|${percent}`);
const length = shape(`${pixels}|${percent}`);
const colorShape = shape(color);
const textSize = shape(`xxs|xs|sm|md|lg|xl|xxl|3xl|4xl|5xl|${pixels}`);

/** How strings with a format look, by property; the same in every component that has the property. */
const shapes: Record<string, RegExp> = {
  margin: space,
  spacing: space,
  offsetTop: offset,
  offsetBottom: offset,
  offsetStart: offset,
  offsetEnd: offset,
  paddingAll: padding,
  paddingTop: padding,
  paddingBottom: padding,
  paddingStart: padding,
  paddingEnd: padding,
  width: length,
  maxWidth: length,
  maxHeight: length,
  color: colorShape,
  backgroundColor: colorShape,
  borderColor: colorShape,
  separatorColor: colorShape,
  startColor: colorShape,
  endColor: colorShape,
  centerColor: colorShape,
  borderWidth: shape(`none|light|normal|medium|semi-bold|bold|${pixels}`),
  cornerRadius: shape(`${steps}|${pixels}`),
  aspectRatio: shape(String.raw`\d{1,6}(\.\d+)?:\d{1,6}(\.\d+)?`),
  lineSpacing: shape(pixels),
};

const sizes: Record<string, RegExp> = {
  text: textSize,
  span: textSize,
  icon: textSize,
  image: shape(`xxs|xs|sm|md|lg|xl|xxl|3xl|4xl|5xl|full|${pixels}|${percent}`),
};

/** Checks the strings with a format of one component or style block; `undefined` values are skipped. */
export function checkFlexValues(report: Report, pointer: string, component: object, type = ''): void {
  for (const [name, value] of Object.entries(component)) {
    if (typeof value !== 'string') continue;
    const expected = name === 'size' ? sizes[type] : name === 'height' && type === 'box' ? length : shapes[name];
    if (expected && !expected.test(value)) report(`${pointer}/${name}`, 'invalid property');
  }
}
