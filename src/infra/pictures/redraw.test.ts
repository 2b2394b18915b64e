import sharp from 'sharp';
import { expect, test } from 'vitest';
import { redraw } from './redraw.ts';

const photo = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#336699' } });

test('a photo becomes a smaller JPEG without what was hidden in it, the right way up', async () => {
  const hidden = { IFD0: { Copyright: 'たなか', Orientation: '6' }, IFD3: { GPSLatitude: '35/1 41/1 22/1' } };
  const sent = await photo(3_000, 1_500).withExif(hidden).withMetadata({ orientation: 6 }).jpeg().toBuffer();
  expect((await sharp(sent).metadata()).exif).toBeDefined();
  const redrawn = await redraw(sent);
  expect(redrawn).toMatchObject({ width: 800, height: 1_600 });
  const metadata = await sharp(redrawn?.jpeg).metadata();
  expect(metadata).toMatchObject({ format: 'jpeg' });
  for (const name of ['exif', 'icc', 'iptc', 'xmp', 'orientation'] as const) expect(metadata[name]).toBeUndefined();
});

test.each(['png', 'webp', 'gif'] as const)('%s is read, small ones keep their size', async (format) => {
  expect(await redraw(await photo(40, 30).toFormat(format).toBuffer())).toMatchObject({ width: 40, height: 30 });
});

test('what is behind the picture in the same file is gone', async () => {
  const sent = Buffer.concat([await photo(40, 30).jpeg().toBuffer(), Buffer.from('<script>alert(1)</script>')]);
  expect((await redraw(sent))?.jpeg.includes('script')).toBe(false);
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['words', Buffer.from('hello')],
  ['a drawing that could load others', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
  ['a beginning alone', Buffer.from('\xff\xd8\xff', 'latin1')],
])('%s is no picture', async (_, bytes) => expect(await redraw(bytes)).toBeNull());

test('half a picture is broken, and one of too many pixels is not decoded', async () => {
  const whole = await photo(800, 600).jpeg().toBuffer();
  expect(await redraw(whole.subarray(0, whole.length / 2))).toBeNull();
  const bomb = await photo(9_000, 9_000).png({ compressionLevel: 9 }).toBuffer();
  expect(await redraw(bomb)).toBeNull();
});
