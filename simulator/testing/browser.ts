import type { Person } from '../contract.ts';
import type { Stage } from './stage.ts';

/** A plain HTTP client that keeps cookies, follows redirects within the access origin, and submits forms. */
export interface Browser {
  /** The last page, or the address the access origin sent the browser away to. */
  visit(path: string): Promise<Visit>;
  submit(page: Visit, fields: Record<string, string>): Promise<Visit>;
}

interface Visit {
  status: number;
  html: string;
  /** Where it led outside the access origin, if it did. */
  leftFor: URL | null;
}

/** @param person whose in-app browser it is; without one, a browser nobody has signed in with */
export async function openBrowser(stage: Stage, person?: Person): Promise<Browser> {
  const { access } = stage.origins;
  const cookies = new Map<string, string>();
  if (person) {
    const path = `/people/${person.userId}/browse`;
    const { header } = await stage.control<{ header: string }>('POST', path, { url: access });
    keep(header);
  }

  function keep(cookie: string): void {
    const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split(/=(.*)/s);
    cookies.set(name, value);
  }

  async function go(url: URL, form?: URLSearchParams): Promise<Visit> {
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form ? { method: 'POST', body: form } : {}),
    });
    for (const cookie of answer.headers.getSetCookie()) keep(cookie);
    const location = answer.headers.get('location');
    const html = await answer.text();
    if (location === null) return { status: answer.status, html, leftFor: null };
    const next = new URL(location, url);
    return next.origin === access ? go(next) : { status: answer.status, html, leftFor: next };
  }

  return {
    visit: (path) => go(new URL(path, access)),
    submit: (page, fields) => {
      const action = /<form[^>]*action="([^"]+)"/.exec(page.html)?.[1] ?? '/';
      const form = new URLSearchParams(fields);
      for (const [, name = '', value = ''] of page.html.matchAll(
        /<input type="hidden" name="([^"]+)" value="([^"]*)"/g,
      )) {
        form.set(name, value.replaceAll('&amp;', '&'));
      }
      return go(new URL(action.replaceAll('&amp;', '&'), access), form);
    },
  };
}
