import type { ChangeEvent } from '../contract.ts';

/** Tells whoever watches that something is worth fetching again. */
export class Changes {
  readonly #watchers = new Set<(change: ChangeEvent) => void>();

  tell(change: ChangeEvent): void {
    for (const watcher of this.#watchers) watcher(change);
  }

  /** Returns how to stop watching. */
  watch(watcher: (change: ChangeEvent) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }
}
