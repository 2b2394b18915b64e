export interface Face {
  color: string;
  line: string;
  eyes: number;
  mouth: number;
  extra: number;
  roundness: number;
  hasEars: boolean;
}

const COLORS: [color: string, line: string][] = [
  ['#ffd66b', '#5c4300'],
  ['#a8e0b8', '#114d2a'],
  ['#9fd1f2', '#0f3f60'],
  ['#f7b5c2', '#6b1c30'],
  ['#d7c3f2', '#3f2468'],
  ['#f4efe6', '#4d4334'],
];

/** The face that a sticker of this name always has. */
export function faceOf(name: string): Face {
  const bits = hash(name);
  const pick = (shift: number, count: number) => ((bits >>> shift) & 0xff) % count;
  const [color, line] = COLORS[pick(0, COLORS.length)] ?? ['#ffd66b', '#5c4300'];
  return {
    color,
    line,
    eyes: pick(6, 4),
    mouth: pick(10, 5),
    extra: pick(14, 4),
    roundness: 26 + pick(18, 3) * 6,
    hasEars: pick(22, 2) === 1,
  };
}

/** FNV-1a over UTF-16 units, well mixed at the end; 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const unit of text) value = Math.imul(value ^ (unit.codePointAt(0) ?? 0), 0x01000193);
  value ^= value >>> 15;
  value = Math.imul(value, 0x2c1b3c6d);
  return (value ^ (value >>> 12)) >>> 0;
}
