import type { messagingApi } from '@line/bot-sdk';
import type { Temporal } from 'temporal-polyfill';
import type { Language } from '../../base/language.ts';
import type { Operator } from '../../base/operator.ts';
import { bubble, button, paragraph, quickReply, row, text } from '../../infra/line/flex.ts';
import { buttonData, type Message } from '../../infra/line/talk.ts';
import { formatShortDay } from '../../infra/ui/format.ts';
import type { AskRefusal } from './rules/ask.ts';
import type { Opening } from './rules/hours.ts';
import { words } from './text.ts';

/** Words of staff under a name, so that nobody takes them for the bot's; the one they chose, else just “our staff”. */
export function staffReply(said: string, name: string | undefined, language: Language): messagingApi.TextMessage {
  return { type: 'text', text: said, sender: { name: name ?? words.staff[language]() } };
}

const WEEKDAYS = {
  ja: ['月', '火', '水', '木', '金', '土', '日'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
} as const;

/** What the account says around a conversation. */
export function createConversationMessages({ operator, publicUrl }: { operator: Operator; publicUrl: string }) {
  const menu = (language: Language) => quickReply(words.menu[language](), 'menu.open');

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
    const position = words.placeIs[language](place.position);
    const time = words.timeIs[language](place.minutes);
    const [placeName, timeName] = [words.place[language](), words.time[language]()];
    return bubble({
      title: words.title[language](),
      altText: `${words.waiting[language]()} ${placeName}: ${position} ${timeName}: ${time}`,
      body: [
        words.waiting[language](),
        row(placeName, position, { isBold: true }),
        row(timeName, time, { isBold: true }),
        paragraph(words.writeMeanwhile[language](), { size: 'sm' }),
      ],
      buttons: [button(words.stopWaiting[language](), 'conversations.cancel', 'link')],
    });
  }

  /** Nobody takes over now: why, what helps, and that a message can be left. */
  function refused(language: Language, code: AskRefusal, opening: Opening): Message {
    const why = code === 'outside-hours' ? hoursWords(language, opening) : words.refused[code][language]();
    const links = [
      button(words.linkUser[language](), 'link-user.open', 'primary'),
      button(words.linkContractor[language](), 'link-contractor.open'),
    ];
    return bubble({
      title: words.title[language](),
      altText: `${why} ${words.leaveHint[language]()}`,
      body: [why, words.leaveHint[language]()],
      buttons: [
        ...(code === 'not-linked' ? links : []),
        button(words.leave[language](), 'conversations.leave', code === 'not-linked' ? 'secondary' : 'primary'),
        button(words.askAnyway[language](), 'help.open', 'link'),
      ],
      quickReplies: [menu(language)],
    });
  }

  function hoursWords(language: Language, opening: Opening): string {
    if (opening.isOpen || opening.opensAt === null) return words.noHours[language]();
    return words[opening.isHoliday ? 'onHoliday' : 'outsideHours'][language](moment(opening.opensAt, language));
  }

  const writing = (language: Language) => [
    quickReply(words.thatIsAll[language](), 'conversations.finish-message'),
    quickReply(words.dropMessage[language](), 'conversations.drop-message'),
  ];

  /** After the end: three faces, one answer, none is fine too. */
  function closed(language: Language, conversationId: string, isSilent: boolean, asks: boolean): Message {
    const said = (isSilent ? words.closedBySilence : words.closed)[language]();
    if (!asks) return text(said, [menu(language)]);
    return bubble({
      title: words.howWasIt[language](),
      altText: `${said} ${words.howWasIt[language]()}`,
      body: [said],
      buttons: ([3, 2, 1] as const).map((face) =>
        button(
          words.faces[face][language](),
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
    stopped: (language: Language) => text(words.stopped[language](), [menu(language)]),
    nearer: (language: Language, position: number) =>
      text(words.nearer[language](position), [quickReply(words.stopWaiting[language](), 'conversations.cancel')]),
    taken: (language: Language, name?: string) => text(words.taken[language](name)),
    takenOver: (language: Language, name?: string) => text(words.takenOver[language](name)),
    backToQueue: (language: Language) =>
      text(words.backToQueue[language](), [quickReply(words.stopWaiting[language](), 'conversations.cancel')]),
    connected: (language: Language) =>
      text(words.connected[language](), [quickReply(words.end[language](), 'conversations.end')]),
    leaveNow: (language: Language) => text(words.leaveNow[language](), writing(language)),
    goOn: (language: Language) => text(words.goOn[language](), writing(language)),
    messageKept: (language: Language) => text(words.messageKept[language](), [menu(language)]),
    messageFull: (language: Language) => text(words.messageFull[language](), [menu(language)]),
    messageDropped: (language: Language) => text(words.messageDropped[language](), [menu(language)]),
    messageWaits: (language: Language) =>
      text(words.messageWaits[language](), [
        quickReply(words.addToMessage[language](), 'conversations.leave'),
        menu(language),
      ]),
    becameMessage: (language: Language) => text(words.becameMessage[language](), [menu(language)]),
    stillThere: (language: Language) =>
      text(words.stillThere[language](operator.conversations.silence.endAfterMinutes), [
        quickReply(words.iAmHere[language](), words.iAmHere[language]()),
        quickReply(words.end[language](), 'conversations.end'),
      ]),
    thanks: (language: Language) => text(words.thanks[language](), [menu(language)]),
    records: (language: Language) =>
      bubble({
        title: words.records[language](),
        altText: words.recordsHint[language](operator.conversations.keptDays),
        body: [words.recordsHint[language](operator.conversations.keptDays)],
        buttons: [button(words.openRecords[language](), `${publicUrl}/conversations`, 'primary')],
        quickReplies: [menu(language)],
      }),
  };
}

export type ConversationMessages = ReturnType<typeof createConversationMessages>;
