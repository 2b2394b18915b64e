/** A map that holds the newest so many entries: under load the oldest tenth goes when it is full. */
export class Recent<Key, Value> {
  readonly #entries = new Map<Key, Value>();
  readonly #atMost: number;

  constructor(atMost: number) {
    this.#atMost = atMost;
  }

  get(key: Key): Value | undefined {
    return this.#entries.get(key);
  }

  set(key: Key, value: Value): void {
    this.#entries.set(key, value);
    if (this.#entries.size > this.#atMost) this.#forgetOldest();
  }

  delete(key: Key): boolean {
    return this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
  }

  get size(): number {
    return this.#entries.size;
  }

  [Symbol.iterator](): IterableIterator<[Key, Value]> {
    return this.#entries[Symbol.iterator]();
  }

  #forgetOldest(): void {
    let tooMany = Math.ceil(this.#atMost / 10);
    for (const key of this.#entries.keys()) {
      if (tooMany === 0) return;
      this.#entries.delete(key);
      tooMany -= 1;
    }
  }
}
