/** So many subjects' events are under way at once: told one by one, 100,000 would each wait for a round trip. */
const AT_ONCE = 32;

/**
 * Tells a program outside of events, oldest first. Those of one subject go one after the other, and none after one that was
 * not taken; different subjects go side by side. After as many failures as go at once the program is taken to be away, and
 * left alone.
 *
 * @returns what was taken, and why the rest was not
 */
export async function tellInOrder<Event>(
  events: readonly Event[],
  { subjectOf, tell }: { subjectOf(event: Event): string; tell(event: Event): Promise<void> },
): Promise<{ readonly told: readonly Event[]; readonly failures: readonly unknown[] }> {
  const told: Event[] = [];
  const failures: unknown[] = [];
  const subjects = Map.groupBy(events, subjectOf).values();

  async function tellSubjects(): Promise<void> {
    for (const inOrder of subjects) {
      if (failures.length >= AT_ONCE) return;
      try {
        for (const event of inOrder) {
          await tell(event);
          told.push(event);
        }
      } catch (failure) {
        failures.push(failure);
      }
    }
  }

  await Promise.all(Array.from({ length: AT_ONCE }, tellSubjects));
  return { told, failures };
}
