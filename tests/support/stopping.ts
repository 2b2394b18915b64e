/** A stop that comes when a job looks for it the so-manieth time: before its so-manieth portion. */
export function stoppedAtLook(count: number): AbortSignal {
  const stop = new AbortController();
  const { signal } = stop;
  let looks = 0;
  signal.throwIfAborted = () => {
    looks += 1;
    if (looks >= count) stop.abort();
    if (signal.aborted) throw signal.reason;
  };
  return signal;
}
