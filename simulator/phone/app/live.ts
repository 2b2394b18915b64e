/** Keeps what is shown the same as what the simulator holds: fetch, and fetch again when it says something changed. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { ChangeEvent } from '../../contract.ts';

type Listener = (change: ChangeEvent) => void;

const listeners = new Set<Listener>();

/** Opens the one stream of changes that the whole page shares. */
export function watchSimulator(): void {
  const events = new EventSource('/control/events');
  events.onmessage = (event) => {
    const change: ChangeEvent = JSON.parse(event.data);
    for (const listener of listeners) listener(change);
  };
  // After a restart of the simulator anything may have changed.
  events.onopen = () => {
    for (const listener of listeners) listener({ type: 'reset' });
  };
}

/** Calls `listener` on every change, for as long as the page lives. */
export function onChange(listener: Listener): void {
  listeners.add(listener);
}

/**
 * The newest answer of `load`, or null before the first. Fetched again on every change of one of `types` that concerns
 * `userId` (or everybody), and on reset; at most one fetch runs at a time and none is missed.
 */
export function useLive<T>(
  load: () => Promise<T>,
  { types, userId, key }: { types: ChangeEvent['type'][]; userId?: string; key: string },
): { value: T | null; refresh: () => void } {
  const [state, setState] = useState<{ key: string; value: T } | null>(null);
  const run = useRef({ key, load, isBusy: false, isStale: false });
  run.current.key = key;
  run.current.load = load;

  const refresh = useCallback(async () => {
    const current = run.current;
    if (current.isBusy) {
      current.isStale = true;
      return;
    }
    current.isBusy = true;
    do {
      current.isStale = false;
      const loadedKey = current.key;
      const value = await current.load().catch(() => null);
      if (value !== null && loadedKey === current.key) setState({ key: loadedKey, value });
    } while (current.isStale);
    current.isBusy = false;
  }, []);

  useEffect(() => {
    void refresh();
    const listener: Listener = (change) => {
      const isMine = !change.userId || !userId || change.userId === userId;
      if (change.type === 'reset' || (types.includes(change.type) && isMine)) void refresh();
    };
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }, [key]);

  return { value: state?.key === key ? state.value : null, refresh };
}
