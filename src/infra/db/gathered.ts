/**
 * Asks about one; what is asked in the same turn of the event loop goes to the database as one statement. So whoever answers
 * many people at once asks about each of them where it is needed, and pays for one look.
 */
export function gathered<Value>(
  load: (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
): (key: string) => Promise<Value | undefined> {
  let waiting: { readonly keys: Set<string>; readonly loaded: Promise<ReadonlyMap<string, Value>> } | undefined;

  function begin() {
    const keys = new Set<string>();
    const loaded = new Promise<void>((done) => process.nextTick(done)).then(() => {
      waiting = undefined;
      return load([...keys]);
    });
    return { keys, loaded };
  }

  return async (key) => {
    waiting ??= begin();
    waiting.keys.add(key);
    return (await waiting.loaded).get(key);
  };
}
