/** Somebody with a browser that runs no scripts: keeps cookies per host and port, follows redirects, sends forms. */
export function createVisitor() {
  const jar = new Map<string, Map<string, string>>();

  function remember(url: URL, response: Response) {
    const cookies = jar.get(url.host) ?? new Map<string, string>();
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';');
      const at = pair.indexOf('=');
      const name = pair.slice(0, at).trim();
      const isGone = attributes.some((attribute) => /^\s*max-age=0\s*$/i.test(attribute));
      if (isGone) cookies.delete(name);
      else cookies.set(name, pair.slice(at + 1));
    }
    jar.set(url.host, cookies);
  }

  async function go(
    address: string | URL,
    init: { method?: string; form?: Record<string, string> } = {},
  ): Promise<Page> {
    let url = new URL(address);
    let { method = 'GET', form } = init;
    for (let hop = 0; hop < 15; hop += 1) {
      const cookies = [...(jar.get(url.host) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await fetch(url, {
        method,
        redirect: 'manual',
        headers: {
          accept: 'text/html',
          'accept-language': 'ja',
          ...(cookies ? { cookie: cookies } : {}),
          ...(method === 'POST' ? { origin: url.origin } : {}),
        },
        ...(form ? { body: new URLSearchParams(form) } : {}),
      });
      remember(url, response);
      const location = response.headers.get('location');
      if (!location || response.status < 300 || response.status >= 400) {
        return pageOf(url, response.status, response.headers, await textOf(response));
      }
      await response.body?.cancel();
      url = new URL(location, url);
      method = 'GET';
      form = undefined;
    }
    throw new Error(`redirected in a circle at ${url}`);
  }

  function pageOf(url: URL, status: number, headers: Headers, html: string): Page {
    const page: Page = {
      url,
      status,
      headers,
      html,
      text: html
        .replace(/<(script|style)[\s\S]*?<\/\1>/g, '')
        .replace(/<[^>]+>/g, ' ')
        .replace(/&#39;/g, "'")
        .replace(/&quot;/g, '"')
        .replace(/&amp;/g, '&')
        .replace(/\s+/g, ' ')
        .trim(),
      link(words) {
        for (const [, attributes = '', inner = ''] of html.matchAll(/<a\s([^>]*)>([\s\S]*?)<\/a>/g)) {
          const href = /href="([^"]*)"/.exec(attributes)?.[1];
          if (href && inner.replace(/<[^>]+>/g, '').includes(words)) return new URL(decode(href), url).href;
        }
        throw new Error(`no link "${words}" on ${url}: ${page.text}`);
      },
      follow: (words) => go(page.link(words)),
      submit(filled = {}, button) {
        const found = formsIn(html).find(
          (form) => !button || form.buttons.includes(button) || form.text.includes(button),
        );
        if (!found) throw new Error(`no form with "${button}" on ${url}: ${page.text}`);
        const target = new URL(found.action ?? url.href, url);
        if (found.method === 'get') {
          for (const [name, value] of Object.entries({ ...found.fields, ...filled }))
            target.searchParams.set(name, value);
          return go(target);
        }
        return go(target, { method: 'POST', form: { ...found.fields, ...filled } });
      },
    };
    return page;
  }

  return {
    go,
    /** Carries cookies given from outside, for instance the person's LINE sign-in. */
    carry(origin: string, cookies: readonly { name: string; value: string }[]) {
      const host = new URL(origin).host;
      const known = jar.get(host) ?? new Map<string, string>();
      for (const { name, value } of cookies) known.set(name, value);
      jar.set(host, known);
    },
  };
}

export type Visitor = ReturnType<typeof createVisitor>;

export interface Page {
  url: URL;
  status: number;
  headers: Headers;
  html: string;
  text: string;
  /** The address of the first link whose words contain these. */
  link(words: string): string;
  follow(words: string): Promise<Page>;
  /** Sends the first form (or the one with this button), with its hidden and checked fields and what is filled in. */
  submit(filled?: Record<string, string>, button?: string): Promise<Page>;
}

interface Form {
  action: string | undefined;
  method: string;
  fields: Record<string, string>;
  buttons: string[];
  text: string;
}

function formsIn(html: string): Form[] {
  return [...html.matchAll(/<form\s?([^>]*)>([\s\S]*?)<\/form>/g)].map(([, attributes = '', inner = '']) => {
    const fields: Record<string, string> = {};
    for (const [input] of inner.matchAll(/<input\s[^>]*>/g)) {
      const name = attribute(input, 'name');
      const type = attribute(input, 'type') ?? 'text';
      if (!name || ((type === 'radio' || type === 'checkbox') && !/\schecked/.test(input))) continue;
      fields[name] = decode(attribute(input, 'value') ?? (type === 'checkbox' ? 'on' : ''));
    }
    for (const [button] of inner.matchAll(/<button\s[^>]*>/g)) {
      const name = attribute(button, 'name');
      if (name && !(name in fields)) fields[name] = decode(attribute(button, 'value') ?? '');
    }
    const buttons = [...inner.matchAll(/<button[^>]*>([\s\S]*?)<\/button>/g)].map(([, words = '']) =>
      words.replace(/<[^>]+>/g, '').trim(),
    );
    const action = attribute(attributes, 'action');
    return {
      action: action === undefined ? undefined : decode(action),
      method: (attribute(attributes, 'method') ?? 'get').toLowerCase(),
      fields,
      buttons,
      text: inner.replace(/<[^>]+>/g, ' '),
    };
  });
}

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(tag)?.[1];
}

function decode(text: string): string {
  return text
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}

/** What an answer says. One that goes on for ever is left as soon as it has begun. */
export async function textOf(response: Response): Promise<string> {
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) return response.text();
  await response.body?.cancel();
  return '';
}
