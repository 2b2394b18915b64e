import { randomInt } from 'node:crypto';

/** One in a hundred million is somebody's already; five in a row are a broken source of chance. */
const MOST_DRAWS = 5;

/** Draws eight digits until `take` has found them free and answers with what it made of them. */
export async function drawNumber<Made>(
  take: (digits: string) => Promise<Made | null>,
  chance: (below: number) => number = (below) => randomInt(below),
): Promise<Made> {
  for (let draw = 0; draw < MOST_DRAWS; draw += 1) {
    const made = await take(String(chance(100_000_000)).padStart(8, '0'));
    if (made !== null) return made;
  }
  throw new Error(`numbers that are taken were drawn ${MOST_DRAWS} times in a row`);
}
