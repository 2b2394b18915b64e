import { html } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Operator } from '../../base/operator.ts';
import type { WebContext } from '../http/web-env.ts';
import { brandAsset, CONSOLE_STYLES, ENHANCE, STYLES } from './assets.ts';
import { Icon } from './components/icon.tsx';
import { navigationFor } from './navigation.ts';
import { type NavKey, uiText } from './text.ts';

export interface PageProps {
  c: WebContext;
  operator: Operator;
  /** The page's one heading; also the window's title, with the operator's name. */
  title: string;
  /** Marks where we are; shows the navigation of the signed-in person. Without it the page stands alone. */
  nav?: NavKey;
  /** A way up, above the heading. */
  back?: { href: string; label: string };
  /** Puts "Error:" before the window's title, so a screen reader says it first. */
  hasErrors?: boolean;
  children?: Child;
}

/** A whole page: head, skip link, language switch, navigation, one `<main>` with one `<h1>`. */
export function Page({ nav, children, ...props }: PageProps) {
  const { language, session } = props.c.var;
  const t = uiText(language);
  const items = nav && session ? navigationFor(session) : [];
  return (
    <Frame
      {...props}
      kind={items.length > 0 ? 'with-nav' : 'alone'}
      navigation={
        items.length > 0 ? (
          <nav class="nav" aria-label={t.menu}>
            <ul>
              {items.map((item) => (
                <li class={item.inBar ? 'in-bar' : 'in-side'}>
                  <a href={item.href} aria-current={item.key === nav ? 'page' : undefined}>
                    <Icon name={item.key} />
                    <span>{t.nav[item.key]}</span>
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        ) : null
      }
    >
      {children}
    </Frame>
  );
}

export interface FrameProps extends Omit<PageProps, 'nav'> {
  kind: 'with-nav' | 'alone' | 'console';
  navigation?: Child;
  /** After the operator's name: which of its places this is. */
  place?: string;
  /** At the end of the top line. */
  corner?: Child;
}

/** What customers' pages and the console's have in common; pages themselves use `Page` or the console's own. */
export function Frame({ c, operator, title, kind, navigation, place, corner, back, hasErrors, children }: FrameProps) {
  const { language } = c.var;
  const t = uiText(language);
  const brand = operator.name[language];
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <meta name="format-detection" content="telephone=no" />
        <meta name="robots" content="noindex" />
        <title>{`${hasErrors ? t.errorPrefix : ''}${title} | ${place ?? brand}`}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href={brandAsset(operator).path} />
        <link rel="stylesheet" href={STYLES.path} />
        {kind === 'console' ? <link rel="stylesheet" href={CONSOLE_STYLES.path} /> : null}
        <script src={ENHANCE.path} defer></script>
      </head>
      <body class={kind}>
        <a class="skip" href="#main">
          {t.skip}
        </a>
        <header class="top">
          <span class="brand">{place ? `${brand} ${place}` : brand}</span>
          <LanguageSwitch c={c} />
          {corner}
        </header>
        <div class="frame">
          {navigation}
          <main id="main" tabindex={-1}>
            {back ? (
              <a class="back" href={back.href}>
                {back.label}
              </a>
            ) : null}
            <h1>{title}</h1>
            {children}
          </main>
        </div>
        {kind === 'console' ? null : (
          <footer class="foot">
            <p>
              {brand}{' '}
              <a class="tap" href="/help">
                {t.nav.help}
              </a>
            </p>
            <p>{t.notAffiliated}</p>
          </footer>
        )}
        <p id="live" class="visually-hidden" role="status"></p>
      </body>
    </html>
  );
}

/** A link to the same page in the other language; not on answers to a posted form, which have no address. */
function LanguageSwitch({ c }: { c: WebContext }) {
  if (c.req.method !== 'GET') return null;
  const other = c.var.language === 'ja' ? 'en' : 'ja';
  const query = new URLSearchParams(new URL(c.req.url).search);
  query.set('lang', other);
  return (
    <a class="language" href={`${c.req.path}?${query}`} lang={other} hreflang={other}>
      {uiText(c.var.language).otherLanguage}
    </a>
  );
}

/** Answers with a page. Takes what `<Page>` made, so a feature writes `renderPage(c, <Page c={c} …>…</Page>)`. */
export function renderPage(
  c: WebContext,
  page: unknown,
  status: ContentfulStatusCode = 200,
): Response | Promise<Response> {
  return c.html(html`<!doctype html>${page}`, status);
}
