import { Hono } from 'hono';
import type { WebEnv } from '../../../infra/http/web-env.ts';
import type { Staff } from '../../staff/index.ts';
import type { LinkCodes } from '../codes.ts';
import type { LinkingDeps } from '../deps.ts';
import { codePages } from './code.tsx';
import { linksPage } from './links.tsx';
import { undoPages } from './undo.tsx';

export interface LinksConsole {
  readonly linking: LinkingDeps;
  readonly linkCodes: LinkCodes;
  readonly staff: Staff;
}

/** What staff see and do of links: who is and was linked, undoing a link, re-issuing a code nobody here sees. */
export function linksConsole(deps: LinksConsole): Hono<WebEnv> {
  const pages = new Hono<WebEnv>();
  for (const own of [linksPage, undoPages, codePages]) pages.route('/', own(deps));
  return pages;
}
