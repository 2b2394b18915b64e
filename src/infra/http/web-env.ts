import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { Language } from '../../base/language.ts';
import type { Session } from './session.ts';

/** What every request carries: set by the middleware of `createWeb`, read by pages. */
export interface WebEnv {
  Variables: {
    language: Language;
    /** Who is signed in; always null on machine paths (webhook, partner interfaces, assets). */
    session: Session | null;
    requestId: string;
    /** The client's address as limits count it (see `address.ts`); `unknown` when there is no connection. */
    address: string;
    /** The origin where this page's form leads in the end: browsers hold the policy against the redirect after a form. */
    formTarget?: string;
    /** How a page looks that says something is not there or not possible, where that is not My Page's frame. */
    errorFrame?: (props: { title: string; children: Child }) => unknown;
  };
}

export type WebContext = Context<WebEnv>;
