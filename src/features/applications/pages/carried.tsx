import { Hono } from 'hono';
import type { Language } from '../../../base/language.ts';
import { runnerOf } from '../../../infra/db/runner.ts';
import { type Form as PostedForm, readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { entryCodeRefusalText, invitationRefusalText } from '../../invitations/index.ts';
import type { Applicant } from '../applicant.ts';
import type { Draft } from '../rules/draft.ts';
import type { ApplicationPageDeps } from './deps.ts';
import { pageText } from './text.ts';

/** What a link may bring along: `/apply?code=…`, `/apply?invitation=…`. */
const CARRIED = ['code', 'invitation'] as const;

/** What the link somebody came by brings along, as the query of the next address; empty when nothing. */
export function carriedQuery(c: WebContext): string {
  const carried = CARRIED.flatMap((name) => {
    const value = c.req.query(name);
    return value ? [[name, value]] : [];
  });
  return carried.length === 0 ? '' : `?${new URLSearchParams(carried)}`;
}

/** What was carried here and can be used; the rest is left behind, with the reason of the first. */
export async function carriedBy(
  { invitations, db }: ApplicationPageDeps,
  form: PostedForm,
  { contractorId, lineUserId }: Pick<Applicant, 'contractorId' | 'lineUserId'>,
  language: Language,
): Promise<{ carried: Partial<Draft>; refused: string | null }> {
  const sql = runnerOf(db);
  const token = form('invitation');
  const asked = { token, applicant: { contractorId, lineUserId, person: null } };
  const code = form('code') === '' ? null : await invitations.checkEntryCode(sql, form('code'));
  const invitation = token === '' ? null : await invitations.checkInvitation(sql, asked);
  const ofCode = code?.ok === false ? entryCodeRefusalText[code.code][language] : null;
  const ofInvitation = invitation?.ok === false ? invitationRefusalText[invitation.code][language] : null;
  return {
    carried: {
      ...(code?.ok ? { entryCode: code.value } : {}),
      ...(invitation?.ok ? { invitation: token } : {}),
    },
    refused: ofCode ?? ofInvitation,
  };
}

/** POST /apply/:draft/carried: an application begun earlier takes along what a link has brought, and goes on. */
export function carriedPages(deps: ApplicationPageDeps): Hono<WebEnv> {
  const { drafts, browsers } = deps;
  return new Hono<WebEnv>().post('/apply/:draft/carried', async (c) => {
    const applicant = browsers.applicant(c);
    const open = await drafts.open(applicant, c.req.param('draft'));
    if (!open) return c.notFound();
    const { carried } = await carriedBy(deps, await readForm(c), open, c.var.language);
    await drafts.change(applicant, open.draftId, (draft) => ({ ...draft, ...carried }));
    return c.redirect(`/apply/${open.draftId}`, 303);
  });
}

/** The code or invitation of the link somebody came by goes on with the form. */
export function Carried({ c }: { c: WebContext }) {
  return CARRIED.map((name) => {
    const value = c.req.query(name) ?? '';
    return value === '' ? null : <input type="hidden" name={name} value={value} />;
  });
}

/** Says what the link brings. */
export function CarriedWords({ c }: { c: WebContext }) {
  const t = pageText(c.var.language).codes;
  return (
    <>
      {c.req.query('invitation') ? <p>{t.invited}</p> : null}
      {c.req.query('code') ? <p>{t.withCode}</p> : null}
    </>
  );
}
