/** How far back points given are counted together: a limit is not passed in small steps. */
export const GOODWILL_DAYS = 30;

/** Reads points as they are typed: a whole number that can be given; else undefined. */
export function readPoints(typed: string): number | undefined {
  const text = typed.normalize('NFKC').replaceAll(',', '').trim();
  return /^[1-9]\d{0,6}$/.test(text) && Number(text) <= 1_000_000 ? Number(text) : undefined;
}

/** Whether a second person must agree: with what was given to this contractor lately it is more than one may give alone. */
export function needsSecondPerson(facts: { points: number; givenLately: number; limit: number }): boolean {
  return facts.points + facts.givenLately > facts.limit;
}
