type Kind = 'rate' | 'ms' | 'status' | 'switch' | 'rate or switch';

/** Every fault there is; a misspelt one would otherwise be a test that tests nothing. */
const known: Record<string, Record<string, Kind>> = {
  webhook: {
    delayMs: 'ms',
    delayRate: 'rate',
    drop: 'rate',
    duplicate: 'rate',
    reorder: 'rate',
    wrongSecret: 'rate',
    redeliver: 'switch',
    unknownFields: 'rate or switch',
  },
  api: {
    delayMs: 'ms',
    delayRate: 'rate',
    status: 'status',
    rate: 'rate',
    dropAfterAccept: 'rate',
    unknownFields: 'rate or switch',
  },
  menus: { lagMs: 'ms' },
};

const isNumber = (value: unknown, least: number, most: number) =>
  typeof value === 'number' && value >= least && value <= most;

const fits: Record<Kind, (value: unknown) => boolean> = {
  rate: (value) => isNumber(value, 0, 1),
  ms: (value) => isNumber(value, 0, 24 * 3_600_000),
  status: (value) => Number.isInteger(value) && isNumber(value, 400, 599),
  switch: (value) => typeof value === 'boolean',
  'rate or switch': (value) => typeof value === 'boolean' || isNumber(value, 0, 1),
};

/** What is wrong with an order for faults, in a sentence; null when it can be done. */
export function faultIn(order: Record<string, unknown>): string | null {
  for (const [part, given] of Object.entries(order)) {
    const kinds = known[part];
    if (!kinds) return `there are faults of ${Object.keys(known).join(', ')}, not of ${part}`;
    if (typeof given !== 'object' || given === null) return `${part} must be an object`;
    for (const [name, value] of Object.entries(given)) {
      const kind = kinds[name];
      if (!kind) return `${part} has the faults ${Object.keys(kinds).join(', ')}, not ${name}`;
      if (!fits[kind](value)) return `${part}.${name} must be a ${kind}${kind.startsWith('rate') ? ' (0 to 1)' : ''}`;
    }
  }
  return null;
}
