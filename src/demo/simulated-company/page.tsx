import { readFileSync } from 'node:fs';
import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { Language } from '../../base/language.ts';

export const COMPANY_STYLES = readFileSync(new URL('./styles.css', import.meta.url), 'utf8');

/** Headers of their pages: as strict as ours, and forms may lead back to where people came from. */
export function pageHeaders(returnUrl?: string): Record<string, string> {
  const back = returnUrl ? ` ${new URL(returnUrl).origin}` : '';
  return {
    'cache-control': 'no-store',
    'content-security-policy': `default-src 'none'; style-src 'self'; form-action 'self'${back}; base-uri 'none'; frame-ancestors 'none'`,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };
}

/** A page of a company that is not the operator: another name, another colour, and that it is simulated. */
export function CompanyPage(props: {
  company: 'identity' | 'cards' | 'bank' | 'network' | 'panel';
  name: string;
  title: string;
  language: Language;
  children?: Child;
}) {
  const { language } = props;
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <meta name="format-detection" content="telephone=no" />
        <title>{`${props.title} | ${props.name}`}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/styles.css" />
      </head>
      <body class={props.company}>
        <header>
          <span class="name">{props.name}</span>
          <span class="simulated">{language === 'ja' ? 'シミュレーター' : 'simulated'}</span>
        </header>
        <main>
          <h1>{props.title}</h1>
          {props.children}
        </main>
      </body>
    </html>
  );
}

export function answerPage(
  c: Context,
  page: unknown,
  { returnUrl, status }: { returnUrl?: string; status?: 404 | 422 } = {},
) {
  return c.html(html`<!doctype html>${page}`, status ?? 200, pageHeaders(returnUrl));
}

/** One of several ends a visit may take, each a line to tap. */
export function Choices(props: {
  name: string;
  legend: string;
  value: string;
  options: readonly { readonly value: string; readonly label: string }[];
}) {
  return (
    <fieldset>
      <legend>{props.legend}</legend>
      {props.options.map(({ value, label }) => (
        <label class="choice">
          <input type="radio" name={props.name} value={value} checked={value === props.value} />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}
