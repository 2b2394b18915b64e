/** What a partner says about a person, as CAMARA names it. */
export interface ClaimedIdentity {
  readonly name?: string | undefined;
  readonly givenName?: string | undefined;
  readonly familyName?: string | undefined;
  readonly birthdate?: string | undefined;
  readonly email?: string | undefined;
}

/** What the operator has registered. */
export interface KnownIdentity {
  /** The name in each script there is: 田中 花子, タナカ ハナコ. Family name first, parts apart. */
  readonly names: readonly string[];
  readonly birthDate: string | null;
  /** Only of who signed the contract. */
  readonly email: string | null;
}

/** How much a field that agrees says; family and given name are half a name each. */
const WEIGHTS = { name: 40, familyName: 20, givenName: 20, birthdate: 40, email: 20 } as const;

/**
 * How well what was said agrees with what is registered: 0 to 100, the agreeing weight of all that could be compared.
 * Null when nothing could be, for then there is nothing to tell.
 */
export function identityMatchScore(claimed: ClaimedIdentity, known: KnownIdentity): number | null {
  const compared: { weight: number; agrees: boolean }[] = [];
  const compare = (field: keyof typeof WEIGHTS, agrees: boolean) => compared.push({ weight: WEIGHTS[field], agrees });

  if (isSaid(claimed.name) && known.names.length > 0) compare('name', isSameName(claimed.name, known.names));
  for (const field of ['familyName', 'givenName'] as const) {
    const said = claimed[field];
    if (isSaid(said) && known.names.length > 0) compare(field, isPart(said, known.names));
  }
  if (isSaid(claimed.birthdate) && known.birthDate !== null) {
    compare('birthdate', claimed.birthdate === known.birthDate);
  }
  if (isSaid(claimed.email) && known.email !== null) compare('email', plain(claimed.email) === plain(known.email));

  const whole = compared.reduce((sum, { weight }) => sum + weight, 0);
  if (whole === 0) return null;
  return Math.round((100 * compared.reduce((sum, { weight, agrees }) => sum + (agrees ? weight : 0), 0)) / whole);
}

const isSaid = (text: string | undefined): text is string => text !== undefined && text.trim() !== '';

/** Width, case and kana make no difference: ﾀﾅｶ, タナカ and たなか are one. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u30a1-\u30f6]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))
    .trim();
}

const partsOf = (name: string): string[] =>
  plain(name)
    .split(/[\s・,，、.．]+/u)
    .filter(Boolean);

/** The same parts in either order, or the same letters without any parts (田中花子). */
function isSameName(said: string, names: readonly string[]): boolean {
  const parts = partsOf(said);
  const together = parts.join('');
  return names.some((name) => {
    const known = partsOf(name);
    return known.join('') === together || [...known].reverse().join('') === together;
  });
}

/** One part of the name: which of them is the family name depends on the script, so either place is taken. */
function isPart(said: string, names: readonly string[]): boolean {
  const part = partsOf(said).join('');
  return names.some((name) => partsOf(name).includes(part));
}
