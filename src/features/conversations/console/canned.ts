import { fillCanned } from '../../../base/canned-answer.ts';
import { span } from '../../../base/language.ts';
import type { WebContext } from '../../../infra/http/web-env.ts';
import { formatDay } from '../../../infra/ui/format.ts';
import type { Conversation } from '../store.ts';
import type { InboxDeps } from './deps.ts';

export interface Canned {
  readonly code: string;
  readonly title: string;
  /** In the person's language, its fields filled in. */
  readonly text: string;
}

/** The operator's canned answers, ready for this person. */
export async function cannedFor(c: WebContext, deps: InboxDeps, of: Conversation): Promise<readonly Canned[]> {
  const { operator, db, clock, staff } = deps;
  const { language, lineUserId, displayName, conversationId } = of;
  if (operator.cannedAnswers.length === 0) return [];
  const now = clock.now();
  const left = await deps.tellLeft({ db, now, eventId: conversationId, lineUserId, displayName, language });
  const fields = {
    name: displayName ?? (language === 'ja' ? 'お客さま' : 'customer'),
    balance: left.join('\n'),
    today: formatDay(now.toZonedDateTimeISO(operator.timeZone).toPlainDate().toString(), language),
    agent: staff.signedIn(c).name,
    operator: operator.name[language],
    phone: operator.support.phone,
    hours: span(operator.support.hours, language),
  };
  return operator.cannedAnswers.map(({ code, title, text }) => ({
    code,
    title: title[c.var.language],
    text: fillCanned(text[language], fields),
  }));
}
