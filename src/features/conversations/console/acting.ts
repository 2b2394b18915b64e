import type { Form } from '../../../infra/http/form.ts';
import type { StaffMember } from '../../staff/index.ts';
import type { Acted, ActRefusal, StaffActions } from '../staff-actions.ts';

/** What somebody tried and was refused, to be shown with what they had typed. */
export interface Tried {
  readonly act: string;
  readonly code: ActRefusal;
  readonly text: string;
  readonly to: string;
}

/** Does what a form of the desk asks for; answers what was refused, with what had been typed. */
export async function actOn(
  acts: StaffActions,
  { conversationId, by, form }: { conversationId: string; by: StaffMember; form: Form },
): Promise<Tried | null> {
  const [name, text, to, requestId] = [form('act'), form('text'), form('to'), form('requestId')];
  const given = { conversationId, by, requestId };
  const done = await act();
  return done.ok ? null : { act: name, code: done.code, text, to };

  async function act(): Promise<Acted> {
    switch (name) {
      case 'take':
        return acts.take(given);
      case 'reply':
        return acts.reply({ ...given, text });
      case 'note':
        return acts.note({ ...given, text });
      case 'assign':
        return acts.assign({ ...given, to });
      case 'hand-over':
        return handOver();
      case 'close':
        return acts.close({ ...given, ...seen(form('seenVersion')) });
      default:
        return { ok: false, code: 'not-allowed' };
    }
  }

  /** With a note for whoever takes over, if there is one; both under the same request, so neither is done twice. */
  async function handOver(): Promise<Acted> {
    if (text.trim() !== '') {
      const noted = await acts.note({ ...given, requestId: `${requestId}:note`, text });
      if (!noted.ok) return noted;
    }
    return acts.handOver({ ...given, to: to === 'queue' ? null : to });
  }
}

const seen = (version: string) => (/^\d{1,9}$/.test(version) ? { seenVersion: Number(version) } : {});
