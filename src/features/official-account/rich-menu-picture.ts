import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';
import { icons } from './rich-menu-icons.ts';
import type { MenuArea } from './rules/menu.ts';

/** LINE takes 800 to 2,500 wide and at least 1.45 times as wide as high, at most 1 MB. */
export const MENU_SIZE = { width: 1200, height: 810 } as const;

const COLUMNS = 3;
const FAMILY = 'BIZ UDPGothic';

/** A universal-design typeface under the Open Font Licence, so that the picture looks the same on every server. */
const fontFile = createRequire(import.meta.url).resolve(
  '@expo-google-fonts/biz-udpgothic/700Bold/BIZUDPGothic_700Bold.ttf',
);

/** The picture of a menu: a tile each with its sign and its words, in the operator's colour. */
export function richMenuSvg(areas: readonly MenuArea[], brand: { color: string; onColor: string }): string {
  const { width, height } = MENU_SIZE;
  const tileWidth = width / COLUMNS;
  const tileHeight = height / Math.ceil(areas.length / COLUMNS);
  const tiles = areas.map((area, place) => {
    const x = (place % COLUMNS) * tileWidth;
    const y = Math.floor(place / COLUMNS) * tileHeight;
    return `<g transform="translate(${x} ${y})">${tile(area, { tileWidth, tileHeight })}</g>`;
  });
  const style = `.sign{fill:none;stroke:currentColor;stroke-width:5.5;stroke-linecap:round;stroke-linejoin:round}.cut{fill:${brand.color}}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" color="${brand.onColor}"><style>${style}</style><rect width="100%" height="100%" fill="#E6EDE9"/>${tiles.map((drawn) => drawn.replaceAll('BRAND', brand.color)).join('')}</svg>`;
}

/** The picture as PNG bytes. */
export function drawRichMenu(svg: string): Uint8Array<ArrayBuffer> {
  const picture = new Resvg(svg, {
    font: { fontFiles: [fontFile], loadSystemFonts: false, defaultFontFamily: FAMILY },
    logLevel: 'error',
  });
  return new Uint8Array(picture.render().asPng());
}

function tile(area: MenuArea, size: { tileWidth: number; tileHeight: number }): string {
  const { tileWidth, tileHeight } = size;
  const middle = tileWidth / 2;
  return [
    `<rect x="6" y="6" width="${tileWidth - 12}" height="${tileHeight - 12}" rx="28" fill="#FFFFFF"/>`,
    `<circle cx="${middle}" cy="${tileHeight * 0.4}" r="98" fill="BRAND"/>`,
    `<g class="sign" transform="translate(${middle - 67} ${tileHeight * 0.4 - 67}) scale(1.4)">${icons[area.icon]}</g>`,
    `<text x="${middle}" y="${tileHeight * 0.83}" text-anchor="middle" font-family="${FAMILY}" font-weight="700" font-size="${fontSize(area.label, tileWidth - 40)}" fill="#111111">${escapeXml(area.label)}</text>`,
  ].join('');
}

/** As large as fits: Japanese characters are about as wide as high, Latin ones a little over half. */
function fontSize(label: string, room: number): number {
  const ems = [...label].reduce((sum, character) => sum + (character.charCodeAt(0) < 0x250 ? 0.64 : 1), 0);
  return Math.min(46, Math.floor(room / ems));
}

function escapeXml(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
