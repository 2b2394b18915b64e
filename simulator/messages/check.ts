import { checkLimits } from './limits/check-limits.ts';
import { type BodyRefusal, toRefusal } from './refusal.ts';
import { type BodyName, checkSchema } from './schema-check.ts';

/** What LINE would answer to this body, or null when it would accept it. */
export function checkBody(name: BodyName, body: unknown): BodyRefusal | null {
  const said = withoutNulls(body);
  const faults = checkSchema(name, said);
  // Limits read properties whose types the schema has vouched for.
  return toRefusal(faults.length > 0 ? faults : checkLimits(name, said));
}

/** To LINE a property that is null is one that is not there. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => (inner === null ? [] : [[name, withoutNulls(inner)]])),
  );
}
