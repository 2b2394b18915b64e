const HERE = 'http://here.invalid';

/**
 * Where to go on after a sign-in: a path of this site, or `/` for anything that a browser might read as another site
 * (`//evil.example`, `/\evil`, a tab inside, a whole address) and for the sign-in pages themselves.
 */
export function nextPath(wanted: string | null | undefined): string {
  if (!wanted || wanted.length > 500 || !/^\/[\x21-\x7e]*$/.test(wanted) || /^\/[/\\]/.test(wanted)) return '/';
  if (wanted.includes('\\') || !URL.canParse(wanted, HERE)) return '/';
  const url = new URL(wanted, HERE);
  if (url.origin !== HERE || url.pathname.startsWith('//')) return '/';
  if (/^\/(login|logout|webhook|api)(\/|$)/.test(url.pathname)) return '/';
  return url.pathname + url.search + url.hash;
}

/** A sign-in page's address that comes back to where the person was. */
export function withNext(signInPath: '/login' | '/login/line', wanted: string): string {
  const next = nextPath(wanted);
  return next === '/' ? signInPath : `${signInPath}?next=${encodeURIComponent(next)}`;
}
