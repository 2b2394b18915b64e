import type { Ground } from '../ground.ts';

/** What nearly every feature is given. */
export function sharedBy({ db, clock, operator, publicUrl, sessions, config }: Ground) {
  return { db, clock, operator, publicUrl, sessions, apiKey: config.apiKey };
}
