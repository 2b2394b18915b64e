import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** RFC 9457 problem details, with a stable `code` that programs may rely on. */
interface Problem {
  type: 'about:blank';
  status: number;
  code: string;
  title: string;
  detail?: string;
}

/**
 * Answers a machine with problem details (`application/problem+json`).
 *
 * @param code stable, kebab-case: `not-found`, `insufficient-balance`
 * @param title the same for every occurrence; `detail` is about this one and never holds personal data
 */
export function problem(
  c: Context,
  status: ContentfulStatusCode,
  code: string,
  title: string,
  detail?: string,
): Response {
  return c.body(problemText(status, code, title, detail), status, { 'content-type': PROBLEM_TYPE });
}

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** The text of problem details, for whoever has no context. */
export function problemText(status: number, code: string, title: string, detail?: string): string {
  const body: Problem = { type: 'about:blank', status, code, title, ...(detail === undefined ? {} : { detail }) };
  return JSON.stringify(body);
}
