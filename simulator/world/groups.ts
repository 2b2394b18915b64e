import type { GroupView } from '../contract.ts';
import type { Chance } from './chance.ts';

/** A group with a name, or a room (複数人トーク), which LINE no longer makes but still has. Ids: `C` or `R` and 32 hex digits. */
export type Group = GroupView;

/** Groups and rooms by id. What is said in one is a talk under that id (talk.ts). */
export class Groups {
  readonly #groups = new Map<string, Group>();

  make(chance: Chance, given: Pick<Group, 'kind' | 'name' | 'members'>): Group {
    const groupId = `${given.kind === 'group' ? 'C' : 'R'}${chance.hex(32)}`;
    const group: Group = { groupId, ...given, hasAccount: false };
    this.#groups.set(groupId, group);
    return group;
  }

  find(groupId: string): Group | undefined {
    return this.#groups.get(groupId);
  }

  all(): Group[] {
    return [...this.#groups.values()];
  }

  load(groups: Group[]): void {
    this.#groups.clear();
    for (const group of groups) this.#groups.set(group.groupId, group);
  }

  reset(): void {
    this.#groups.clear();
  }
}
