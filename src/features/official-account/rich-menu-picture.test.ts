import { expect, test } from 'vitest';
import { drawRichMenu, MENU_SIZE, richMenuSvg } from './rich-menu-picture.ts';
import { allMenus, menuAreas } from './rules/menu.ts';

const brand = { color: '#03813a', onColor: '#ffffff' };

test.each(allMenus)('the picture of $name is a PNG of the size LINE takes', ({ state, language }) => {
  const png = drawRichMenu(richMenuSvg(menuAreas(state, language, 'https://x'), brand));
  const header = new DataView(png.buffer);
  expect([...png.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  expect({ width: header.getUint32(16), height: header.getUint32(20) }).toEqual(MENU_SIZE);
  expect(png.length).toBeLessThan(1_000_000);
});

test('the words are really drawn: other words make another picture, without any font of the machine', () => {
  const svg = richMenuSvg(menuAreas('nobody', 'ja', 'https://x'), brand);
  const empty = svg.replaceAll(/<text[^>]*>[^<]*<\/text>/g, '');
  const boxes = svg.replaceAll(/(<text[^>]*>)[^<]*/g, '$1\u{10fff0}');
  expect(drawRichMenu(svg).length).toBeGreaterThan(drawRichMenu(empty).length * 1.3);
  expect(drawRichMenu(svg)).not.toEqual(drawRichMenu(boxes));
});
