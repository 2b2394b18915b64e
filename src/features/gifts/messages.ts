import { formatBytes } from '../../base/bytes.ts';
import type { Language } from '../../base/language.ts';
import type { Operator } from '../../base/operator.ts';
import { bubble, button, quickReply, text as say } from '../../infra/line/flex.ts';
import type { Wording as OutboxWording } from '../../infra/line/outbox/outbox.ts';
import { buttonData, type Message } from '../../infra/line/talk.ts';
import { type Calendar, momentWords, untilDay } from '../data/index.ts';
import { type NoticeFacts, noticeFacts } from './notice-facts.ts';
import { giftText } from './text.ts';

interface Wording {
  readonly operator: Operator;
  readonly calendar: Calendar;
}

/** A notice as it leaves: amount, who (the name on LINE, never a number), until when, and what is left now. */
export function giftWording(wording: Wording): OutboxWording {
  return (facts, to) => [message(noticeFacts.parse(facts), to, wording)];
}

function message(
  notice: NoticeFacts,
  { language, otherName }: Parameters<OutboxWording>[1],
  { operator, calendar }: Wording,
): Message {
  const t = giftText(language);
  const amountOf = (bytes: number) => formatBytes(bytes, operator.megabyte);
  const amount = amountOf(notice.amountBytes);
  const who = whoWords(otherName, language);
  const balance = (bytes: number) => t.balance(amountOf(bytes));
  switch (notice.about) {
    case 'offered-to-you': {
      const title = t.offeredTitle(who, amount);
      const by = t.offeredBody(momentWords(notice.expiresAt, calendar.zone, language));
      const gift = { gift: notice.giftId };
      return bubble({
        title,
        altText: `${title} ${by}`,
        body: [by],
        buttons: [
          button(t.accept, buttonData('gifts', 'claim', gift), 'primary'),
          button(t.decline, buttonData('gifts', 'decline', gift), 'link'),
        ],
      });
    }
    case 'you-received':
      return say(
        lines(
          t.receivedTitle(who, amount),
          t.usableUntil(untilDay(notice.usableUntil, calendar, language)),
          balance(notice.balanceBytes),
        ),
        [quickReply(t.seeBalance, buttonData('data', 'open'))],
      );
    case 'was-received':
      return say(
        lines(
          t.wasReceivedTitle(who, amount),
          t.usableUntil(untilDay(notice.usableUntil, calendar, language)),
          balance(notice.balanceBytes),
        ),
      );
    case 'came-back': {
      const back = notice.backBytes > 0 ? t.cameBack(amountOf(notice.backBytes)) : t.cameBackEnded;
      return say(lines(t.cameBackTitle[notice.reason](who, amount), back, balance(notice.balanceBytes)));
    }
  }
}

/** Plain words, not a card: these are the messages of which there are most, and they say the same. */
function lines(...parts: readonly string[]): string {
  return parts.join('\n');
}

/** A name as registered on LINE, or somebody without one. */
export function whoWords(name: string | null, language: Language): string {
  const t = giftText(language);
  return name === null || name === '' ? t.someone : t.who(name);
}
