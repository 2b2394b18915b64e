import { describe, expect, it } from 'vitest';
import { splitLinks } from './split-links.ts';
import { faceOf } from './sticker-face.ts';

describe('links in a text', () => {
  it.each([
    ['くわしくは https://renkei.example/a?b=1 をご覧ください', ['https://renkei.example/a?b=1']],
    ['「http://127.0.0.1:3000/gift/x」を開いてください。', ['http://127.0.0.1:3000/gift/x']],
    ['See https://a.example/x. Or (https://b.example/y)!', ['https://a.example/x', 'https://b.example/y']],
    ['電話は tel:0120000000 へ', ['tel:0120000000']],
    ['リンクはありません', []],
  ])('%s', (text, links) => {
    const parts = splitLinks(text);
    expect(parts.flatMap((part) => part.url ?? [])).toEqual(links);
    expect(parts.map((part) => part.text).join('')).toBe(text);
  });
});

describe('the face of a sticker', () => {
  it('is the same for the same sticker, and seldom for another', () => {
    expect(faceOf('446:1988')).toEqual(faceOf('446:1988'));
    const faces = Array.from({ length: 24 }, (_, index) => JSON.stringify(faceOf(`446:${1988 + index}`)));
    expect(new Set(faces).size).toBeGreaterThan(20);
  });
});
