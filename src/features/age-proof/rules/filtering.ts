import type { Filtering } from '../../../base/filtering.ts';
import type { YesNo } from './age-check.ts';

/** Whether certain web content is blocked for the subscription. */
export function contentLock(filtering: Filtering | null): YesNo {
  if (filtering === null) return 'not_available';
  return filtering === 'off' ? 'false' : 'true';
}

/** Whether somebody else decides what is blocked. */
export function parentalControl(filtering: Filtering | null): YesNo {
  if (filtering === null) return 'not_available';
  return filtering === 'parental' ? 'true' : 'false';
}
