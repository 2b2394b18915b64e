import { expect, test } from 'vitest';
import { drawNumber } from './draw-number.ts';

/** Takes numbers as a table does: one that is there is not taken again. */
function table(...there: string[]) {
  const drawn: string[] = [];
  return {
    drawn,
    take: async (digits: string) => {
      drawn.push(digits);
      return there.includes(digits) ? null : `m${digits}`;
    },
  };
}

test('a number that is taken is drawn again, and eight digits are eight digits', async () => {
  const { drawn, take } = table('00000007');
  const chance = [7, 7, 42, 43];
  expect(await drawNumber(take, () => chance.shift() ?? 0)).toBe('m00000042');
  expect(drawn).toEqual(['00000007', '00000007', '00000042']);
});

test('a source that says the same again and again is told of, not asked for ever', async () => {
  const { drawn, take } = table('00000007');
  await expect(drawNumber(take, () => 7)).rejects.toThrow('in a row');
  expect(drawn).toHaveLength(5);
});

test('draws from all there are', async () => {
  const asked: number[] = [];
  await drawNumber(table().take, (below) => asked.push(below));
  expect(asked).toEqual([100_000_000]);
});
