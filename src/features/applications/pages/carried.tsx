import { runnerOf } from '../../../infra/db/runner.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext } from '../../../infra/http/web-env.ts';
import { codeRefusalText } from '../../invitations/index.ts';
import type { Applicant } from '../applicant.ts';
import type { Draft } from '../rules/draft.ts';
import { lookAtEntryCode } from './codes.tsx';
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
  deps: ApplicationPageDeps,
  c: WebContext,
  { contractorId, lineUserId }: Pick<Applicant, 'contractorId' | 'lineUserId'>,
): Promise<{ carried: Partial<Draft>; refused: string | null }> {
  const form = await readForm(c);
  const token = form('invitation');
  const asked = { token, applicant: { contractorId, lineUserId, person: null } };
  const code = form('code') === '' ? null : await lookAtEntryCode(deps, c, form('code'));
  const invitation = token === '' ? null : await deps.invitations.checkInvitation(runnerOf(deps.db), asked);
  const ofInvitation = invitation?.ok === false ? codeRefusalText(c.var.language).invitation[invitation.code] : null;
  return {
    carried: {
      ...(code?.ok ? { entryCode: code.value } : {}),
      ...(invitation?.ok ? { invitation: token } : {}),
    },
    refused: code?.ok === false ? code.because : ofInvitation,
  };
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
