/** What came of telling events. */
export interface Told<Event> {
  readonly taken: readonly Event[];
  /** Each subject whose next event was not taken, with why. */
  readonly failures: ReadonlyMap<string, unknown>;
  /** Whether the program takes nothing at all, and was left alone. */
  readonly isAway: boolean;
}

/**
 * Tells a program outside of events, oldest first. Those of one subject go one after the other, and none after one that was
 * not taken; different subjects go side by side. After as many failures in a row as go at once the program is taken to be away,
 * and left alone.
 */
export async function tellInOrder<Event>(
  events: readonly Event[],
  {
    atOnce,
    subjectOf,
    tell,
    stopping,
  }: {
    /** So many subjects' events are under way at once: told one by one, 100,000 would each wait for a round trip. */
    readonly atOnce: number;
    subjectOf(event: Event): string;
    tell(event: Event): Promise<void>;
    /** Nothing more is told from then on. */
    readonly stopping: AbortSignal | undefined;
  },
): Promise<Told<Event>> {
  const taken: Event[] = [];
  const failures = new Map<string, unknown>();
  const subjects = Map.groupBy(events, subjectOf).entries();
  let inARow = 0;
  const isOver = () => inARow >= atOnce || stopping?.aborted === true;

  async function tellSubjects(): Promise<void> {
    for (const [subject, inOrder] of subjects) {
      for (const event of inOrder) {
        if (isOver()) return;
        try {
          await tell(event);
          taken.push(event);
          inARow = 0;
        } catch (failure) {
          failures.set(subject, failure);
          inARow += 1;
          break;
        }
      }
    }
  }

  await Promise.all(Array.from({ length: atOnce }, tellSubjects));
  return { taken, failures, isAway: inARow >= atOnce };
}
