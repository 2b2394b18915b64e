/** What programs ask for, not people: answers are problem details, and nobody is looked up by a cookie. */
const MACHINE =
  /^\/(webhook|api|tmf-api|kyc-age-verification|kyc-tenure|subscription-status|device-data-volume|device-data-volume-subscriptions|assets|healthz|readyz|metrics|openapi\.json)(\/|$)/;

export function isMachinePath(path: string): boolean {
  return MACHINE.test(path);
}

/** Machine paths but for assets, which are part of pages. */
export function isProgramPath(path: string): boolean {
  return isMachinePath(path) && !path.startsWith('/assets');
}

/** The largest bodies that are taken, in bytes: a page's form is small, a batch of usage records is not. */
export const SMALL_BODY = 64 * 1024;
export const LARGE_BODY = 4 * 1024 * 1024;

/** The usage feed by lines is read as it comes and never held whole, so it may be as long as it likes. */
export function isReadAsItComes(path: string, mediaType: string | undefined): boolean {
  return path === '/api/v1/usage' && /json-?l|nd-?json/i.test(mediaType ?? '');
}
