/**
 * Whole years on a calendar day. A year is full when the birthday begins, in whatever zone the day was taken from; who
 * was born on 29 February has the birthday on 1 March in years without one, for that is when the 28th is over.
 *
 * @param birthDate ISO calendar day
 * @param day ISO calendar day, as `dayOf` gives it
 */
export function ageOn(birthDate: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}
