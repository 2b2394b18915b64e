import type { NavKey } from './text.ts';

interface NavItem {
  readonly key: NavKey;
  readonly href: string;
  readonly for: readonly Visitor[];
  /** On a phone only these stand in the bar at the bottom, at most five for anybody. */
  readonly inBar: boolean;
}

type Visitor = 'contractor' | 'line-account';

/** Everything there is to go to, in the order of how often people come for it. A page gets its line here when it exists. */
const ITEMS: readonly NavItem[] = [
  { key: 'home', href: '/', for: ['contractor', 'line-account'], inBar: true },
  { key: 'data', href: '/data', for: ['contractor', 'line-account'], inBar: true },
  { key: 'top-up', href: '/top-up', for: ['contractor'], inBar: false },
  { key: 'gifts', href: '/gifts', for: ['line-account'], inBar: true },
  { key: 'bills', href: '/bills', for: ['contractor'], inBar: true },
  { key: 'points', href: '/points', for: ['contractor'], inBar: false },
  { key: 'invitations', href: '/invitations', for: ['contractor'], inBar: false },
  { key: 'plan', href: '/plan', for: ['contractor'], inBar: false },
  { key: 'contract', href: '/contract', for: ['contractor'], inBar: true },
  { key: 'links', href: '/links', for: ['contractor', 'line-account'], inBar: true },
  { key: 'age-proof', href: '/age-proof', for: ['contractor', 'line-account'], inBar: false },
  { key: 'security', href: '/security', for: ['contractor'], inBar: false },
  { key: 'code-help', href: '/code-help', for: ['contractor', 'line-account'], inBar: false },
  { key: 'help', href: '/help', for: ['contractor', 'line-account'], inBar: false },
  { key: 'leave', href: '/leave', for: ['contractor'], inBar: false },
];

const MOST_IN_BAR = 5;

/** What the signed-in person can go to; in the bar as much of it as has room. */
export function navigationFor(session: { contractorId: string | null; lineUserId: string | null }): NavItem[] {
  const mine = ITEMS.filter(
    (item) =>
      (session.contractorId !== null && item.for.includes('contractor')) ||
      (session.lineUserId !== null && item.for.includes('line-account')),
  );
  const bar = mine.filter((item) => item.inBar).slice(0, MOST_IN_BAR);
  return mine.map((item) => ({ ...item, inBar: bar.includes(item) }));
}
