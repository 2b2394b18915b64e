/**
 * Whether a hash that comes from another system is as good as our own: argon2id in the usual text form, at least 19 MiB and two
 * passes, and not so costly that checking a few would take the machine.
 */
export function isGoodPasswordHash(hash: string): boolean {
  const read = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d)\$[A-Za-z0-9+/]{11,86}\$[A-Za-z0-9+/]{22,86}$/.exec(
    hash,
  );
  const [memoryKib, passes, lanes] = (read?.slice(1) ?? []).map(Number);
  if (memoryKib === undefined || passes === undefined || lanes === undefined) return false;
  return memoryKib >= 19_456 && memoryKib <= 65_536 && passes >= 2 && passes <= 6 && lanes >= 1 && lanes <= 4;
}
