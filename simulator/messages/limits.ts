import type { Fault } from './refusal.ts';
import type { BodyName } from './schema-check.ts';

/** What the types cannot say. */
export function checkLimits(_name: BodyName, _body: unknown): Fault[] {
  return [];
}
