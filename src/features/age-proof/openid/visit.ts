import { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import { errors, type InteractionResults } from 'oidc-provider';
import { z } from 'zod';
import type { SqlRunner } from '../../../infra/db/index.ts';
import type { WebContext } from '../../../infra/http/web-env.ts';
import { loadPartner, type Partner } from '../partner-store.ts';
import { isPurpose, type Purpose } from '../rules/scopes.ts';
import type { OpenId } from './provider.ts';

/** What a person has shown so far: whose subscription it is, and how. */
const proofShape = z.object({
  subscriptionId: z.uuid(),
  by: z.enum(['link-code', 'line-account', 'contractor']),
  lineUserId: z.string().nullable(),
  contractorId: z.string().nullable(),
});
export type Proof = z.infer<typeof proofShape>;

/** A partner's question under way in this browser. */
export interface Visit {
  readonly uid: string;
  readonly partner: Partner;
  readonly scopes: readonly string[];
  readonly purpose: Purpose;
  readonly proof: Proof | null;
  /** Where the partner waits. */
  readonly redirectOrigin: string;
  readonly provider: Provider;
  /** Keeps what was shown with the question, on our side. */
  keepProof(proof: Proof | null): Promise<void>;
  /** Ends the question; answers where the browser goes on. */
  finish(result: InteractionResults): Promise<string>;
}

/**
 * The question in the address, when it is this browser's (the provider's cookie says so) and still open; else null.
 */
export async function findVisit(openId: OpenId, sql: SqlRunner, c: WebContext): Promise<Visit | null> {
  const node = nodeOf(c);
  if (!node) return null;
  const provider = await openId.provider();
  const interaction = await provider.interactionDetails(node.request, node.response).catch((error: unknown) => {
    if (error instanceof errors.SessionNotFound) return null;
    throw error;
  });
  if (!interaction || interaction.uid !== c.req.param('uid')) return null;
  const { client_id: clientId, scope, redirect_uri: redirectUri } = interaction.params;
  const partner = typeof clientId === 'string' ? await loadPartner(sql, clientId) : null;
  if (!partner || partner.suspendedAt !== null || typeof redirectUri !== 'string') return null;
  const asked = typeof scope === 'string' ? scope.split(' ') : [];
  const purpose = asked.find(isPurpose) ?? partner.purposes.find(isPurpose);
  if (!purpose) return null;
  const proof = proofShape.safeParse(interaction.result?.proof);
  const save = (result: InteractionResults) =>
    provider.interactionResult(node.request, node.response, result, { mergeWithLastSubmission: false });
  return {
    uid: interaction.uid,
    partner,
    scopes: asked.filter((each) => partner.scopes.includes(each)),
    purpose,
    proof: proof.success ? proof.data : null,
    redirectOrigin: new URL(redirectUri).origin,
    provider,
    keepProof: async (kept) => void (await save({ proof: kept })),
    finish: save,
  };
}

/** Node's own request and response, which the provider reads its cookies from. None where no server stands behind. */
function nodeOf(c: WebContext): { request: IncomingMessage; response: ServerResponse } | null {
  const env: unknown = c.env;
  if (typeof env !== 'object' || env === null || !('incoming' in env) || !('outgoing' in env)) return null;
  const { incoming, outgoing } = env;
  return incoming instanceof IncomingMessage && outgoing instanceof ServerResponse
    ? { request: incoming, response: outgoing }
    : null;
}
