import type { messagingApi } from '@line/bot-sdk';
import type { Temporal } from 'temporal-polyfill';
import type { Language } from '../../base/language.ts';
import type { Operator } from '../../base/operator.ts';
import { bubble, button, paragraph, quickReply, row, text } from '../../infra/line/flex.ts';
import { buttonData, type Message } from '../../infra/line/talk.ts';
import { formatShortDay } from '../../infra/ui/format.ts';
import type { AskRefusal } from './rules/ask.ts';
import type { Opening } from './rules/hours.ts';
import { talkText } from './text.ts';

/** Words of staff under a name, so that nobody takes them for the bot's; the one they chose, else just “our staff”. */
export function staffReply(said: string, name: string | undefined, language: Language): messagingApi.TextMessage {
  return { type: 'text', text: said, sender: { name: name ?? talkText(language).staff } };
}

const WEEKDAYS = {
  ja: ['月', '火', '水', '木', '金', '土', '日'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
} as const;

/** What the account says around a conversation. */
export function createConversationMessages({ operator, publicUrl }: { operator: Operator; publicUrl: string }) {
  const menu = (language: Language) => quickReply(talkText(language).menu, 'menu.open');

  /** `11月24日（火）10:00`, `Tue 24 Nov, 10:00`. */
  function moment(at: Temporal.Instant, language: Language): string {
    const local = at.toZonedDateTimeISO(operator.timeZone);
    const day = formatShortDay(local.toPlainDate().toString(), language);
    const weekday = WEEKDAYS[language][local.dayOfWeek - 1] ?? '';
    const time = local.toPlainTime().toString({ smallestUnit: 'minute' });
    return language === 'ja' ? `${day}（${weekday}）${time}` : `${weekday} ${day}, ${time}`;
  }

  /** In the queue: the place, how long, and that everything can be written already. */
  function inQueue(language: Language, place: { position: number; minutes: number | null }): Message {
    const t = talkText(language);
    const position = t.placeIs(place.position);
    const time = t.timeIs(place.minutes);
    const [placeName, timeName] = [t.place, t.time];
    return bubble({
      title: t.title,
      altText: `${t.waiting} ${placeName}: ${position} ${timeName}: ${time}`,
      body: [
        t.waiting,
        row(placeName, position, { isBold: true }),
        row(timeName, time, { isBold: true }),
        paragraph(t.writeMeanwhile, { size: 'sm' }),
      ],
      buttons: [button(t.stopWaiting, 'conversations.cancel', 'link')],
    });
  }

  /** Nobody takes over now: why, what helps, and that a message can be left. */
  function refused(language: Language, code: AskRefusal, opening: Opening): Message {
    const t = talkText(language);
    const why = code === 'outside-hours' ? hoursWords(language, opening) : t.refused[code];
    const links = [button(t.linkUser, 'link-user.open', 'primary'), button(t.linkContractor, 'link-contractor.open')];
    return bubble({
      title: t.title,
      altText: `${why} ${t.leaveHint}`,
      body: [why, t.leaveHint],
      buttons: [
        ...(code === 'not-linked' ? links : []),
        button(t.leave, 'conversations.leave', code === 'not-linked' ? 'secondary' : 'primary'),
        button(t.askAnyway, 'help.open', 'link'),
      ],
      quickReplies: [menu(language)],
    });
  }

  function hoursWords(language: Language, opening: Opening): string {
    const t = talkText(language);
    if (opening.isOpen || opening.opensAt === null) return t.noHours;
    return t[opening.isHoliday ? 'onHoliday' : 'outsideHours'](moment(opening.opensAt, language));
  }

  const writing = (language: Language) => [
    quickReply(talkText(language).thatIsAll, 'conversations.finish-message'),
    quickReply(talkText(language).dropMessage, 'conversations.drop-message'),
  ];

  /** After the end: three faces, one answer, none is fine too. */
  function closed(language: Language, conversationId: string, isSilent: boolean, asks: boolean): Message {
    const t = talkText(language);
    const said = isSilent ? t.closedBySilence : t.closed;
    if (!asks) return text(said, [menu(language)]);
    return bubble({
      title: t.howWasIt,
      altText: `${said} ${t.howWasIt}`,
      body: [said],
      buttons: ([3, 2, 1] as const).map((face) =>
        button(
          t.faces[face],
          buttonData('conversations', 'rate', { conversation: conversationId, face: String(face) }),
        ),
      ),
      quickReplies: [menu(language)],
    });
  }

  return {
    inQueue,
    refused,
    closed,
    stopped: (language: Language) => text(talkText(language).stopped, [menu(language)]),
    nearer: (language: Language, position: number) =>
      text(talkText(language).nearer(position), [quickReply(talkText(language).stopWaiting, 'conversations.cancel')]),
    taken: (language: Language, name?: string) => text(talkText(language).taken(name)),
    takenOver: (language: Language, name?: string) => text(talkText(language).takenOver(name)),
    backToQueue: (language: Language) =>
      text(talkText(language).backToQueue, [quickReply(talkText(language).stopWaiting, 'conversations.cancel')]),
    connected: (language: Language) =>
      text(talkText(language).connected, [quickReply(talkText(language).end, 'conversations.end')]),
    leaveNow: (language: Language) => text(talkText(language).leaveNow, writing(language)),
    goOn: (language: Language) => text(talkText(language).goOn, writing(language)),
    messageKept: (language: Language) => text(talkText(language).messageKept, [menu(language)]),
    messageFull: (language: Language) => text(talkText(language).messageFull, [menu(language)]),
    messageDropped: (language: Language) => text(talkText(language).messageDropped, [menu(language)]),
    messageWaits: (language: Language) =>
      text(talkText(language).messageWaits, [
        quickReply(talkText(language).addToMessage, 'conversations.leave'),
        menu(language),
      ]),
    becameMessage: (language: Language) => text(talkText(language).becameMessage, [menu(language)]),
    stillThere: (language: Language) =>
      text(talkText(language).stillThere(operator.conversations.silence.endAfterMinutes), [
        quickReply(talkText(language).iAmHere, talkText(language).iAmHere),
        quickReply(talkText(language).end, 'conversations.end'),
      ]),
    thanks: (language: Language) => text(talkText(language).thanks, [menu(language)]),
    records: (language: Language) =>
      bubble({
        title: talkText(language).records,
        altText: talkText(language).recordsHint(operator.conversations.keptDays),
        body: [talkText(language).recordsHint(operator.conversations.keptDays)],
        buttons: [button(talkText(language).openRecords, `${publicUrl}/conversations`, 'primary')],
        quickReplies: [menu(language)],
      }),
  };
}

export type ConversationMessages = ReturnType<typeof createConversationMessages>;
