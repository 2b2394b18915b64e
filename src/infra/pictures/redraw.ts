import sharp from 'sharp';

/** The longer side at most; enough to read a screenshot or a letter. */
const LONGEST_SIDE = 1_600;
/** What a large phone camera makes; more is an attack on memory. */
const MOST_PIXELS = 60_000_000;
const QUALITY = 82;

/** How the formats begin that people's phones send; anything else never reaches a decoder. */
const BEGINNINGS: readonly (readonly [at: number, bytes: string])[] = [
  [0, '\xff\xd8\xff'],
  [0, '\x89PNG\r\n\x1a\n'],
  [0, 'GIF8'],
  [8, 'WEBP'],
];

export interface Redrawn {
  readonly jpeg: Buffer;
  readonly width: number;
  readonly height: number;
}

// One picture at a time on one core, and none remembered: they are people's.
sharp.cache(false);
sharp.concurrency(1);

/**
 * Decodes a picture and draws it anew as JPEG: turned the right way up, no larger than staff need, without place, camera
 * or anything else that was hidden in the file. Null when it is no picture, a broken one, or one of too many pixels.
 */
export async function redraw(bytes: Buffer): Promise<Redrawn | null> {
  if (
    !BEGINNINGS.some(([at, beginning]) => bytes.subarray(at, at + beginning.length).toString('latin1') === beginning)
  ) {
    return null;
  }
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error', sequentialRead: true })
      .autoOrient()
      .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: QUALITY })
      .toBuffer({ resolveWithObject: true });
    return { jpeg: data, width: info.width, height: info.height };
  } catch {
    return null;
  }
}
