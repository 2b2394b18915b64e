import type { World } from './world.ts';

const version = 1;

/**
 * What outlives the process when a state file is configured, and what `/control/snapshot` gives and takes: people,
 * groups, talks, pictures, menus, audiences, coupons. Tokens that end do not: whoever holds one asks for another.
 */
export function takeSnapshot(world: World) {
  const { people, groups, talks, quotes, inboxes, contents, richMenus, audiences, coupons } = world;
  return {
    version,
    people: people.dump(),
    groups: groups.all(),
    talks: talks.dump(),
    quotes: quotes.dump(),
    inboxes: inboxes.dump(),
    contents: contents.dump(),
    richMenus: richMenus.dump(),
    audiences: audiences.dump(),
    coupons: coupons.dump(),
  };
}

export type Snapshot = ReturnType<typeof takeSnapshot>;

/** False, and nothing changed, when the snapshot is of another version of this program. */
export function restoreSnapshot(world: World, snapshot: Snapshot): boolean {
  if (snapshot.version !== version) return false;
  world.people.load(snapshot.people);
  world.talks.load(snapshot.talks);
  world.inboxes.load(snapshot.inboxes);
  world.contents.load(snapshot.contents);
  world.richMenus.load(snapshot.richMenus);
  // Not in files written before there were audiences, coupons, groups and quotes.
  world.groups.load(snapshot.groups ?? []);
  world.quotes.load(snapshot.quotes ?? []);
  world.audiences.load(snapshot.audiences ?? []);
  world.coupons.load(snapshot.coupons ?? []);
  return true;
}
