import { checkLimits } from './limits.ts';
import { type BodyRefusal, toRefusal } from './refusal.ts';
import { type BodyName, checkSchema } from './schema-check.ts';

/** What LINE would answer to this body, or null when it would accept it. */
export function checkBody(name: BodyName, body: unknown): BodyRefusal | null {
  const faults = checkSchema(name, body);
  // Limits read properties whose types the schema has vouched for.
  return toRefusal(faults.length > 0 ? faults : checkLimits(name, body));
}
