import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../../infra/db/runner.ts';
import type { TryLimits } from '../../infra/db/try-limits.ts';
import type { ClaimTokens } from './claim-token.ts';
import type { GiftCodes } from './gift-code.ts';
import { parseGiftCode } from './rules/gift-code.ts';
import { giftLimits } from './rules/gift-limits.ts';

export type CodeFault = 'wrong-length' | 'wrong-check-digit' | 'too-many-tries' | 'unknown-or-ended';

export type EnteredCode =
  /** The token that opens the gift's claim page. */
  | { readonly ok: true; readonly token: string }
  | { readonly ok: false; readonly code: CodeFault; readonly until: Temporal.Instant | null };

export interface EnterCodeDeps {
  readonly db: Db;
  readonly limits: TryLimits;
  readonly codes: GiftCodes;
  readonly tokens: ClaimTokens;
}

/**
 * A gift code as somebody typed it: a slip is told at once and counts nowhere, then the try is counted, then the code is
 * looked up. A code that never was and one whose gift is over are the same. A right one is no try.
 */
export async function enterCode(
  deps: EnterCodeDeps,
  asked: { typed: string; lineUserId: string; address: string },
): Promise<EnteredCode> {
  const typed = parseGiftCode(asked.typed);
  if (typed.kind !== 'code') return { ok: false, code: typed.kind, until: null };
  const taken = await deps.limits.take(deps.db, [
    { limit: giftLimits.codeAccount.limit, subject: asked.lineUserId },
    { limit: giftLimits.codeAddress.limit, subject: asked.address },
  ]);
  if (!taken.ok) return { ok: false, code: 'too-many-tries', until: taken.until };
  const giftId = await deps.codes.find(typed.code);
  if (giftId === null) return { ok: false, code: 'unknown-or-ended', until: null };
  await deps.limits.giveBack(deps.db, taken.receipt);
  return { ok: true, token: deps.tokens.tokenOf(giftId) };
}
