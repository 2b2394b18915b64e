/** Takes one or two milliseconds where each item takes a few microseconds. */
const AT_ONCE = 512;

/** Maps many items, some hundreds in each turn of the event loop, so that other requests are answered in between. */
export async function mapInTurns<Item, Mapped>(
  items: readonly Item[],
  map: (item: Item) => Mapped,
  atOnce = AT_ONCE,
): Promise<Mapped[]> {
  const mapped: Mapped[] = [];
  for (const item of items) {
    if (mapped.length > 0 && mapped.length % atOnce === 0) await new Promise(setImmediate);
    mapped.push(map(item));
  }
  return mapped;
}
