/** What a LINE account is linked to: decides which menu it sees and which functions answer. */
export type LinkState = 'nobody' | 'contractor' | 'user' | 'both';

export const linkStates: readonly LinkState[] = ['nobody', 'contractor', 'user', 'both'];

/** The state of an account by the kinds of link it holds. */
export function linkStateOfLinks(links: { hasContractorLink: boolean; hasUserLink: boolean }): LinkState {
  if (links.hasContractorLink) return links.hasUserLink ? 'both' : 'contractor';
  return links.hasUserLink ? 'user' : 'nobody';
}
