import { formatBytes } from '../../base/bytes.ts';
import type { Language } from '../../base/language.ts';
import type { Operator } from '../../base/operator.ts';
import { bubble, button, row } from '../../infra/line/flex.ts';
import type { OutgoingMessage } from '../../infra/line/outbox.ts';
import { buttonData, type Message } from '../../infra/line/talk.ts';
import { type Calendar, momentWords, untilDay } from '../data/index.ts';
import type { Notice } from './facts.ts';
import { text } from './text.ts';

interface Wording {
  readonly operator: Operator;
  readonly calendar: Calendar;
}

/** A notice as it leaves: amount, who (the name on LINE, never a number), until when, and what is left now. */
export function outgoing(notice: Notice, wording: Wording): OutgoingMessage {
  const { giftId, to, about } = notice;
  return {
    lineUserId: to.lineUserId,
    messages: [message(notice, wording)],
    dedupeKey: `gift:${giftId}:${about}:${to.lineUserId}`,
  };
}

function message(notice: Notice, { operator, calendar }: Wording): Message {
  const { language } = notice.to;
  const { zone } = calendar;
  const amountOf = (bytes: number) => formatBytes(bytes, operator.megabyte);
  const amount = amountOf(notice.amountBytes);
  const who = whoWords(notice.otherName, language);
  const balance = (bytes: number) => row(text.balance[language](), amountOf(bytes), { isBold: true });
  switch (notice.about) {
    case 'offered-to-you': {
      const title = text.offeredTitle[language](who, amount);
      const by = text.offeredBody[language](momentWords(notice.expiresAt, zone, language));
      const gift = { gift: notice.giftId };
      return bubble({
        title,
        altText: `${title} ${by}`,
        body: [by],
        buttons: [
          button(text.accept[language](), buttonData('gifts', 'claim', gift), 'primary'),
          button(text.decline[language](), buttonData('gifts', 'decline', gift), 'link'),
        ],
      });
    }
    case 'you-received': {
      const title = text.receivedTitle[language](who, amount);
      const until = untilDay(notice.usableUntil, zone, language);
      return bubble({
        title,
        altText: `${title} (${until})`,
        body: [row(text.usable[language](), until), balance(notice.balanceBytes)],
        buttons: [button(text.seeBalance[language](), buttonData('data', 'show'))],
      });
    }
    case 'was-received': {
      const title = text.wasReceivedTitle[language](who, amount);
      const until = untilDay(notice.usableUntil, zone, language);
      return bubble({
        title,
        altText: title,
        body: [row(text.usable[language](), until), balance(notice.balanceBytes)],
      });
    }
    case 'came-back': {
      const title = text.cameBackTitle[notice.reason][language](who, amount);
      const back =
        notice.backBytes > 0 ? text.cameBack[language](amountOf(notice.backBytes)) : text.cameBackEnded[language]();
      return bubble({ title, altText: `${title} ${back}`, body: [back, balance(notice.balanceBytes)] });
    }
  }
}

/** A name as registered on LINE, or somebody without one. */
export function whoWords(name: string | null, language: Language): string {
  return name === null || name === '' ? text.someone[language]() : text.who[language](name);
}
