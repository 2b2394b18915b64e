/** What the page's own address says: whose phones are open, and whether on the talk. */
export interface DeskAddress {
  /** Display names or user ids; null when the address names nobody. */
  phones: string[] | null;
  isTalkOpen: boolean;
}

export function readAddress(search: string): DeskAddress {
  const params = new URLSearchParams(search);
  const phones =
    params
      .get('phone')
      ?.split(',')
      .map((name) => name.trim())
      .filter(Boolean) ?? null;
  return { phones, isTalkOpen: params.get('open') === 'talk' };
}

/** Keeps a reload on the same phones. */
export function writeAddress(names: string[]): void {
  const params = new URLSearchParams(location.search);
  if (names.length > 0) params.set('phone', names.join(','));
  else params.delete('phone');
  history.replaceState(null, '', `?${decodeURIComponent(params.toString())}`);
}
