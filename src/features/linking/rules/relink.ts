import { Temporal } from 'temporal-polyfill';

export interface PresentLink {
  readonly lineUserId: string;
  readonly linkedAt: Temporal.Instant;
}

export interface RelinkFacts {
  /** The live links of the subscription, in any order. */
  readonly links: readonly PresentLink[];
  readonly lineUserId: string;
  /** The code used: a newer code than the link may replace it. */
  readonly codeIssuedAt: Temporal.Instant;
  /** How many LINE accounts a subscription may have. */
  readonly accountsPerSubscription: number;
}

/** `replaces` names the accounts that lose their link; `kept`: this account has it already. */
export type Relink =
  | { readonly kind: 'kept' }
  | { readonly kind: 'link'; readonly replaces: readonly string[] }
  | { readonly kind: 'linked-elsewhere' };

/**
 * Whether an account may be linked to a subscription that others may be linked to. Where there is no room left, a code
 * issued after a present link was made lets the new account take its place, the oldest first.
 */
export function decideRelink(facts: RelinkFacts): Relink {
  if (facts.links.some((link) => link.lineUserId === facts.lineUserId)) return { kind: 'kept' };
  const tooMany = facts.links.length + 1 - facts.accountsPerSubscription;
  if (tooMany <= 0) return { kind: 'link', replaces: [] };
  const replaceable = facts.links
    .filter((link) => Temporal.Instant.compare(facts.codeIssuedAt, link.linkedAt) > 0)
    .sort((a, b) => Temporal.Instant.compare(a.linkedAt, b.linkedAt));
  if (replaceable.length < tooMany) return { kind: 'linked-elsewhere' };
  return { kind: 'link', replaces: replaceable.slice(0, tooMany).map((link) => link.lineUserId) };
}
