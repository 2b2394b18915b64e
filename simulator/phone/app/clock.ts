import { useEffect, useState } from 'preact/hooks';
import { control } from './control.ts';
import { useLive } from './live.ts';

/** The simulator's clock, ticking each second; null until it is known. */
export function useClock(): { now: number; offsetMs: number; isFrozen: boolean } | null {
  const { value } = useLive(control.clock, { types: ['clock'], key: 'clock' });
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  if (!value) return null;
  const now = value.isFrozen ? Date.parse(value.now) : Date.now() + value.offsetMs;
  return { now, offsetMs: value.offsetMs, isFrozen: value.isFrozen };
}
