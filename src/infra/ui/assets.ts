import { readFileSync } from 'node:fs';
import { type Context, Hono } from 'hono';
import type { Operator } from '../../base/operator.ts';
import { answerPacked, type Packed, pack } from '../http/packed.ts';
import { drawnCss } from '../line/drawing/looks.ts';
import { brandCss } from './brand.ts';

interface Asset {
  readonly path: string;
  readonly packed: Packed;
}

const CSS = 'text/css; charset=utf-8';
export const JS = 'text/javascript; charset=utf-8';

/** The address holds a hash of what is served, so a browser keeps it for good and never shows an old one. */
export function asset(name: string, type: string, body: string): Asset {
  const packed = pack(type, body);
  return { path: `/assets/${packed.hash}/${name}`, packed };
}

/** Answers with an asset, which browsers keep for good. */
export function answerAsset(c: Context, { packed }: Asset): Response {
  c.header('cache-control', 'public, max-age=31536000, immutable');
  return answerPacked(c, packed);
}

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');

/** In this order: later files win over earlier ones. */
const SHEETS = ['ground', 'frame', 'things', 'forms', 'journey', 'figures', 'computer', 'print'];

export const STYLES = asset('styles.css', CSS, SHEETS.map((name) => read(`./styles/${name}.css`)).join('\n'));
/** For the console alone, so that customers load none of it. */
export const CONSOLE_STYLES = asset(
  'console.css',
  CSS,
  [...['console', 'inbox', 'drawn'].map((name) => read(`./styles/${name}.css`)), drawnCss()].join('\n'),
);
export const ENHANCE = asset('enhance.js', JS, read('./enhance.js'));
/** Only on pages that follow what changes. */
export const LIVE = asset('follow.js', JS, read('../live/follow.js'));
/** Only on pages with a passkey's button. */
export const PASSKEY = asset('passkey.js', JS, read('./passkey.js'));

/** Only on the pages of the form for applications. */
export const APPLICATION = asset('application.js', JS, read('./application.js'));

const brands = new WeakMap<Operator, Asset>();

/** The operator’s colours as a style sheet, made once. */
export function brandAsset(operator: Operator): Asset {
  const known = brands.get(operator);
  if (known) return known;
  const made = asset('brand.css', CSS, brandCss(operator.brand));
  brands.set(operator, made);
  return made;
}

/** GET of each asset under the address its page names. */
export function assetRoutes(operator: Operator): Hono {
  const app = new Hono();
  const ours = [STYLES, CONSOLE_STYLES, ENHANCE, LIVE, PASSKEY, APPLICATION, brandAsset(operator)];
  for (const each of ours) app.get(each.path, (c) => answerAsset(c, each));
  return app;
}
