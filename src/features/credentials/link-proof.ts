import { accept, refuse } from '../../base/refusal.ts';
import { runnerOf } from '../../infra/db/index.ts';
import type { LinkProof } from '../linking/index.ts';
import type { CredentialsDeps } from './deps.ts';
import { askInTalk, loadProofFacts, proveByCode, proveByTap, recordProof } from './proof.ts';
import { loadTapOf } from './proof-store.ts';
import { answerLimit } from './rules/ways.ts';

/**
 * The second proof as link pages ask for it: a further LINE account is linked with a tap in one that is linked already,
 * a passkey or a code. Who has none of these links with the password.
 */
export function linkProof(deps: CredentialsDeps): LinkProof {
  return {
    async waysToLink(contractorId) {
      const facts = await loadProofFacts(deps, contractorId);
      return [
        ...(facts.canBeAsked ? (['tap'] as const) : []),
        ...(facts.hasPasskey ? (['passkey'] as const) : []),
        ...(facts.hasOneTimeCode ? (['code'] as const) : []),
      ];
    },
    ask: ({ contractorId, askerId }, name) =>
      askInTalk(deps, { contractorId, sessionId: askerId }, 'new-link', name ?? undefined),
    async isAsked({ contractorId, askerId }) {
      const asked = { contractorId, sessionId: askerId, purpose: 'new-link' as const };
      const tap = await loadTapOf(runnerOf(deps.db), answerLimit(deps.clock.now()), asked);
      return tap !== null && tap.answer !== 'no';
    },
    async prove({ contractorId, askerId }, given) {
      switch (given.way) {
        case 'tap': {
          const isProven = await proveByTap(deps, { contractorId, sessionId: askerId }, 'new-link');
          return isProven ? accept('line-tap') : refuse('not-yet');
        }
        case 'code':
          return proveByCode(deps, { contractorId }, given.typed);
        case 'passkey': {
          const shown = await deps.passkeys.check('contractor', given.response, contractorId);
          await recordProof(deps, contractorId, shown ? 'passkey' : null);
          return shown ? accept('passkey') : refuse('wrong-code');
        }
      }
    },
    passkeyOptions: (contractorId) => deps.passkeys.options('contractor', contractorId),
  };
}
