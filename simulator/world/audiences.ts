/** A named set of people for narrowcasts. */
export interface Audience {
  id: number;
  type: 'UPLOAD' | 'CLICK' | 'IMP';
  description: string;
  createdAtMs: number;
  isIfaAudience: boolean;
  /** CLICK and IMP: the sending it is made from. */
  requestId: string | null;
  clickUrl: string | null;
  members: Set<string>;
  jobs: { id: number; description: string; count: number; createdAtMs: number }[];
}

/** Audiences by id; ids rise. */
export class Audiences {
  readonly #audiences = new Map<number, Audience>();
  #lastId = 1_000_000_000_000;

  add(audience: Omit<Audience, 'id' | 'jobs'>): Audience {
    const made: Audience = { ...audience, id: this.nextId(), jobs: [] };
    this.#audiences.set(made.id, made);
    return made;
  }

  /** For audiences and their upload jobs alike. */
  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  find(id: number): Audience | undefined {
    return this.#audiences.get(id);
  }

  remove(id: number): boolean {
    return this.#audiences.delete(id);
  }

  /** Newest first, as LINE lists them. */
  all(): Audience[] {
    return [...this.#audiences.values()].reverse();
  }

  dump() {
    return [...this.#audiences.values()].map((audience) => ({ ...audience, members: [...audience.members] }));
  }

  load(audiences: ReturnType<Audiences['dump']>): void {
    this.reset();
    for (const audience of audiences) {
      this.#audiences.set(audience.id, { ...audience, members: new Set(audience.members) });
      this.#lastId = Math.max(this.#lastId, audience.id, ...audience.jobs.map((job) => job.id));
    }
  }

  reset(): void {
    this.#audiences.clear();
  }
}
