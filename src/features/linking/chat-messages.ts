import type { Language } from '../../base/language.ts';
import { bubble, button, row } from '../../infra/line/flex.ts';
import { buttonData, type Message } from '../../infra/line/talk.ts';
import type { Purpose } from './attempt-store.ts';
import { maskLinkCode } from './rules/link-code.ts';
import { type BindFailure, talkText } from './text.ts';

/** My Page, signed in by LINE's automatic login. */
export function myPageUrl(publicUrl: string): string {
  return `${publicUrl}/login/line?next=/`;
}

export function contractorLinkedMessage(language: Language, publicUrl: string): Message {
  const t = talkText(language);
  return bubble({
    altText: `${t.contractorLinked.title} ${t.contractorLinked.opened}`,
    title: t.contractorLinked.title,
    body: [t.contractorLinked.opened, t.canUndo],
    buttons: [button(t.myPage, myPageUrl(publicUrl), 'primary'), button(t.balance, buttonData('data', 'open'))],
  });
}

export function userLinkedMessage(language: Language, lastFour: string): Message {
  const t = talkText(language);
  return bubble({
    altText: `${t.userLinked.title} ${t.userLinked.opened}`,
    title: t.userLinked.title,
    body: [row(t.userLinked.code, maskLinkCode(lastFour)), t.userLinked.opened, t.canUndo],
    buttons: [button(t.balance, buttonData('data', 'open'), 'primary'), button(t.gifts, buttonData('gifts', 'open'))],
  });
}

export function notLinkedMessage(language: Language, purpose: Purpose, failure: BindFailure): Message {
  const t = talkText(language);
  return bubble({
    altText: `${t.failedTitle} ${t.failure[failure]}`,
    title: t.failedTitle,
    body: [t.failure[failure]],
    buttons: [button(t.again, buttonData(`link-${purpose}`, 'open'), 'primary')],
  });
}
