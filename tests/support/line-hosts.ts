import type { BrowserContext, Route } from 'playwright-core';

/**
 * LINE's own hosts, served by the simulator: the LIFF SDK knows no others. Whatever else it would load is refused, and
 * must be refused rather than left hanging.
 */
export async function serveLineHosts(context: BrowserContext, origins: { api: string; access: string }): Promise<void> {
  const places: Record<string, string> = {
    'api.line.me': origins.api,
    'access.line.me': origins.access,
    'liff.line.me': origins.access,
    'liff-ext.line.me': origins.access,
    'liff-subwindow.line.me': origins.access,
  };
  await context.route(/^https:\/\//, async (route) => {
    const place = places[new URL(route.request().url()).hostname];
    await (place ? serve(route, place) : route.abort()).catch(unlessClosed);
  });
}

/** A window that closed itself, as LINE's friend picker does, waits for no answer: its last request may end unanswered. */
function unlessClosed(error: unknown): void {
  if (!(error instanceof Error && error.message.includes('has been closed'))) throw error;
}

async function serve(route: Route, origin: string): Promise<void> {
  const request = route.request();
  const { pathname, search } = new URL(request.url());
  const { host: _host, ...headers } = await request.allHeaders();
  const body = request.postDataBuffer();
  const sent = Object.entries(headers).filter(([name]) => !name.startsWith(':') && name !== 'content-length');
  const answer = await fetch(origin + pathname + search, {
    method: request.method(),
    headers: sent,
    redirect: 'manual',
    ...(body ? { body: new Uint8Array(body) } : {}),
  });
  const location = answer.headers.get('location');
  if (location === null) {
    const { 'content-encoding': _encoding, ...plain } = Object.fromEntries(answer.headers);
    return route.fulfill({ status: answer.status, headers: plain, body: Buffer.from(await answer.arrayBuffer()) });
  }
  // The browser would not ask us again about where a redirect leads.
  const next = JSON.stringify(new URL(location, request.url()).href);
  await route.fulfill({ contentType: 'text/html', body: `<script>location.replace(${next})</script>` });
}
