import type { Action } from '../contract.ts';

export interface RichMenuBody {
  size: { width: number; height: number };
  selected: boolean;
  name: string;
  chatBarText: string;
  areas: { bounds: { x: number; y: number; width: number; height: number }; action: Action }[];
}

export interface RichMenu {
  id: string;
  body: RichMenuBody;
  image: { bytes: Uint8Array; contentType: string } | null;
}

interface Old<T> {
  id: T;
  untilMs: number;
}

/** Rich menus, their aliases, the default one and each person's own. */
export class RichMenus {
  readonly #menus = new Map<string, RichMenu>();
  readonly #aliases = new Map<string, string>();
  readonly #perUser = new Map<string, string>();
  #defaultId: string | null = null;
  /** What people still see of a default or an alias that has changed, and until when. */
  #oldDefault: Old<string | null> | null = null;
  readonly #oldAliases = new Map<string, Old<string>>();

  add(menu: RichMenu): void {
    this.#menus.set(menu.id, menu);
  }

  find(id: string): RichMenu | undefined {
    return this.#menus.get(id);
  }

  all(): RichMenu[] {
    return [...this.#menus.values()];
  }

  /** A deleted menu disappears wherever it was shown; aliases to it stay and point nowhere, as LINE's do. */
  remove(id: string): boolean {
    if (this.#defaultId === id) this.#defaultId = null;
    for (const [userId, menuId] of this.#perUser) if (menuId === id) this.#perUser.delete(userId);
    return this.#menus.delete(id);
  }

  /** @param seenFromMs until then switches lead to the old target; nothing when it takes effect at once */
  setAlias(aliasId: string, menuId: string, seenFromMs = 0): void {
    const old = this.#aliases.get(aliasId);
    if (old !== undefined) this.#oldAliases.set(aliasId, { id: old, untilMs: seenFromMs });
    this.#aliases.set(aliasId, menuId);
  }

  aliasTarget(aliasId: string): string | undefined {
    return this.#aliases.get(aliasId);
  }

  /** Where a switch leads at that moment. */
  seenAliasTarget(aliasId: string, nowMs: number): string | undefined {
    const old = this.#oldAliases.get(aliasId);
    return old && nowMs < old.untilMs ? old.id : this.aliasTarget(aliasId);
  }

  removeAlias(aliasId: string): boolean {
    return this.#aliases.delete(aliasId);
  }

  aliases(): { richMenuAliasId: string; richMenuId: string }[] {
    return [...this.#aliases].map(([richMenuAliasId, richMenuId]) => ({ richMenuAliasId, richMenuId }));
  }

  /** @param seenFromMs until then people see the old one */
  setDefault(id: string | null, seenFromMs = 0): void {
    this.#oldDefault = { id: this.#defaultId, untilMs: seenFromMs };
    this.#defaultId = id;
  }

  defaultId(): string | null {
    return this.#defaultId;
  }

  link(userId: string, menuId: string): void {
    this.#perUser.set(userId, menuId);
  }

  unlink(userId: string): void {
    this.#perUser.delete(userId);
  }

  linkedId(userId: string): string | null {
    return this.#perUser.get(userId) ?? null;
  }

  linkedUsers(menuId?: string): string[] {
    return [...this.#perUser].filter(([, id]) => menuId === undefined || id === menuId).map(([userId]) => userId);
  }

  /** The person's own menu goes before the default one. */
  shownTo(userId: string, nowMs: number): RichMenu | null {
    const old = this.#oldDefault;
    const id = this.linkedId(userId) ?? (old && nowMs < old.untilMs ? old.id : this.#defaultId);
    return (id && this.#menus.get(id)) || null;
  }

  /** Pictures as Base64. */
  dump() {
    return {
      menus: this.all().map(({ image, ...menu }) => ({
        ...menu,
        image: image && { ...image, bytes: Buffer.from(image.bytes).toString('base64') },
      })),
      aliases: [...this.#aliases],
      perUser: [...this.#perUser],
      defaultId: this.#defaultId,
    };
  }

  load({ menus, aliases, perUser, defaultId }: ReturnType<RichMenus['dump']>): void {
    this.reset();
    for (const { image, ...menu } of menus) {
      this.add({ ...menu, image: image && { ...image, bytes: Buffer.from(image.bytes, 'base64') } });
    }
    for (const [aliasId, menuId] of aliases) this.#aliases.set(aliasId, menuId);
    for (const [userId, menuId] of perUser) this.#perUser.set(userId, menuId);
    this.#defaultId = defaultId;
  }

  /** People start without a menu of their own again; the menus themselves belong to the bot and stay. */
  resetPeople(): void {
    this.#perUser.clear();
  }

  reset(): void {
    this.#menus.clear();
    this.#aliases.clear();
    this.#perUser.clear();
    this.#oldAliases.clear();
    this.#oldDefault = null;
    this.#defaultId = null;
  }
}
