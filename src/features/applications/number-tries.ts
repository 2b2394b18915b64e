import { type Decision, refuse } from '../../base/refusal.ts';
import type { ApplicationDeps } from './deps.ts';
import { applicationLimits } from './rules/limits.ts';

/**
 * Sends something with a number that is brought along. Whether a number is with us already shows when this is refused, so
 * nobody may find out many: counted before the number is looked at, and given back where it was not refused for it.
 *
 * @param subject of whose numbers these are: a draft's, an order's
 */
export async function withinNumberTries<Value, Code extends string>(
  { db, limits }: Pick<ApplicationDeps, 'db' | 'limits'>,
  subject: string,
  send: () => Promise<Decision<Value, Code>>,
): Promise<Decision<Value, Code | 'too-many-numbers'>> {
  const taken = await limits.take(db, [{ limit: applicationLimits.number.limit, subject }]);
  if (!taken.ok) return refuse('too-many-numbers');
  const sent = await send();
  if (sent.ok || sent.code !== 'number-taken') await limits.giveBack(db, taken.receipt);
  return sent;
}
