import { checkLimits, checkSoundMessages } from './limits/check-limits.ts';
import { type BodyRefusal, type Fault, toRefusal } from './refusal.ts';
import { type BodyName, checkSchema } from './schema-check.ts';

/** What LINE would answer to this body, or null when it would accept it. */
export function checkBody(name: BodyName, body: unknown): BodyRefusal | null {
  const said = withoutNulls(body);
  const faults = checkSchema(name, said);
  // Limits read properties whose types the schema has vouched for: all of them, or those of the messages it let pass.
  if (faults.length === 0) return toRefusal(checkLimits(name, said));
  const isFaulty = (index: number) => faults.some(({ pointer }) => placeOf({ pointer }) === index);
  const alsoFound = checkSoundMessages(name, said, isFaulty);
  return toRefusal([...faults, ...alsoFound].toSorted((a, b) => placeOf(a) - placeOf(b)));
}

/** Which message a fault is in; what is said of the whole comes first. */
function placeOf({ pointer }: Pick<Fault, 'pointer'>): number {
  return Number(/^\/messages\/(\d+)/.exec(pointer)?.[1] ?? -1);
}

/** To LINE a property that is null is one that is not there. Most bodies have none and are not copied. */
function withoutNulls(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !hasNull(value)) return value;
  if (Array.isArray(value)) return value.map(withoutNulls);
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => (inner === null ? [] : [[name, withoutNulls(inner)]])),
  );
}

function hasNull(value: object): boolean {
  for (const inner of Object.values(value)) {
    if (inner === null || (typeof inner === 'object' && hasNull(inner))) return true;
  }
  return false;
}
