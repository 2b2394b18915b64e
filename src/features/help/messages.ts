import type { messagingApi } from '@line/bot-sdk';
import { type FaqButton, type FaqEntry, type FaqNeed, type FaqTopic, faqTopics } from '../../base/faq.ts';
import type { Language } from '../../base/language.ts';
import {
  type BubbleParts,
  bubble,
  button,
  carousel,
  choice,
  ink,
  pair,
  paragraph,
  quickReply,
  text,
} from '../../infra/line/flex.ts';
import { buttonData, type Message } from '../../infra/line/talk.ts';
import { answerWords, hoursWords, telOf } from './answer-words.ts';
import type { HelpDeps } from './deps.ts';
import { functionLabels, pageLabels, topicLabels, words } from './text.ts';

/** What an answer adds for the person who asked. */
export type Personal =
  | { readonly kind: 'none' }
  | { readonly kind: 'facts'; readonly lines: readonly string[] }
  | { readonly kind: 'needs-link'; readonly need: FaqNeed };

interface Answer {
  readonly entry: FaqEntry;
  readonly personal: Personal;
}

/** Asked most; the rest is one tap further. */
const FIRST_TOPICS: readonly FaqTopic[] = ['linking', 'link-code', 'data', 'gifts', 'bill', 'plan'];

/** The cards of help. */
export function createHelpMessages({ operator, publicUrl }: Pick<HelpDeps, 'operator' | 'publicUrl'>) {
  const { support } = operator;

  const wayOn = (language: Language) => [
    quickReply(words.other[language](), 'help.open'),
    quickReply(words.staff[language](), 'conversations.open'),
    quickReply(words.back[language](), 'menu.open'),
  ];

  const topicChoice = (topic: FaqTopic, language: Language) =>
    choice(topicLabels[topic][language], buttonData('help', 'topic', { topic }));

  function overview(language: Language): Message {
    return bubble({
      altText: words.ask[language](),
      title: words.title[language](),
      body: [words.ask[language](), ...FIRST_TOPICS.map((topic) => topicChoice(topic, language))],
      buttons: [
        button(words.other[language](), 'help.topics'),
        button(words.staff[language](), 'conversations.open', 'link'),
      ],
      quickReplies: [quickReply(words.back[language](), 'menu.open')],
    });
  }

  /** Every topic, and the page with every question. */
  function topics(language: Language): Message {
    return bubble({
      altText: words.chooseTopic[language](),
      title: words.title[language](),
      body: faqTopics.map((topic) => topicChoice(topic, language)),
      buttons: [button(words.all[language](), pageUrl('/help', language), 'primary')],
      quickReplies: wayOn(language),
    });
  }

  function topic(language: Language, of: FaqTopic, entries: readonly FaqEntry[]): Message {
    return bubble({
      altText: `${topicLabels[of][language]}\n${entries.map((entry) => entry.title).join('\n')}`,
      title: topicLabels[of][language],
      body: entries.map((entry) => choice(entry.title, buttonData('help', 'entry', { entry: entry.id }))),
      quickReplies: wayOn(language),
    });
  }

  function answers(
    { language, eventId }: { language: Language; eventId: string },
    given: readonly Answer[],
  ): Message[] {
    const [first, ...more] = given.map((answer) => card(answer, language, eventId));
    if (first === undefined) return [sorry(language)];
    const quickReplies = wayOn(language);
    if (more.length === 0) return [bubble({ ...first, quickReplies })];
    const altText = [words.found[language](first.title), first.altText, ...more.map(({ title }) => title)].join('\n');
    return [carousel(altText, [first, ...more], quickReplies)];
  }

  function card({ entry, personal }: Answer, language: Language, eventId: string): BubbleParts {
    const answer = answerWords(entry, support, language);
    const own = personal.kind === 'facts' ? personal.lines : [];
    const needs = personal.kind === 'needs-link' ? [words.needs[personal.need][language]()] : [];
    return {
      title: entry.title,
      altText: [entry.title, ...own, ...answer, ...needs].join('\n'),
      body: [
        ...(own.length > 0 ? [paragraph(words.yours[language](), { size: 'sm', color: ink.soft })] : []),
        ...own.map((line) => paragraph(line, { isBold: true, margin: 'none' })),
        ...answer.map((part) => paragraph(part)),
        ...needs.map((line) => paragraph(line, { size: 'sm', color: ink.soft })),
      ],
      buttons: [
        ...nextSteps(entry, personal, language),
        button(words.more[language](), pageUrl(`/help/${entry.id}`, language)),
        didThisHelp(entry, language, eventId),
      ],
    };
  }

  /** The link that is missing comes first; else what the entry's author chose. */
  function nextSteps(entry: FaqEntry, personal: Personal, language: Language): messagingApi.FlexButton[] {
    const missing: FaqButton[] =
      personal.kind === 'needs-link' ? [personal.need === 'contractor' ? 'link-contractor' : 'link-user'] : [];
    const all = [...new Set([...missing, ...entry.buttons])].slice(0, 2);
    return all.map((each, at) => faqButton(each, language, at === 0 ? 'primary' : 'secondary'));
  }

  function faqButton(of: FaqButton, language: Language, style: 'primary' | 'secondary'): messagingApi.FlexButton {
    if (of === 'call') return button(words.call[language](), telOf(support), style);
    if (isPage(of)) return button(pageLabel(of, language), `${publicUrl}${of}`, style);
    const handler = of === 'apply' ? 'applications' : of === 'staff' ? 'conversations' : of;
    return button(functionLabels[of][language], buttonData(handler, 'open'), style);
  }

  function didThisHelp(entry: FaqEntry, language: Language, eventId: string): messagingApi.FlexBox {
    const about = { entry: entry.id, lang: language, shown: eventId };
    return {
      type: 'box',
      layout: 'vertical',
      margin: 'md',
      contents: [
        { ...paragraph(words.didThisHelp[language](), { size: 'sm', color: ink.soft }), align: 'center' },
        pair([
          button(words.yes[language](), buttonData('help', 'helped', about), 'link'),
          button(words.no[language](), buttonData('help', 'not-helped', about), 'link'),
        ]),
      ],
    };
  }

  const pageUrl = (path: string, language: Language) => `${publicUrl}${path}?lang=${language}`;

  const thanks = (language: Language): Message => text(words.thanks[language](), wayOn(language));

  /** What to do when no answer fits. */
  function sorry(language: Language): Message {
    const said = words.sorry[language](support.phone, hoursWords(support, language));
    return bubble({
      altText: said,
      title: words.title[language](),
      body: [said],
      buttons: [
        button(words.staff[language](), 'conversations.open', 'primary'),
        button(words.call[language](), telOf(support)),
        button(words.other[language](), 'help.topics', 'link'),
      ],
      quickReplies: [quickReply(words.back[language](), 'menu.open')],
    });
  }

  return { overview, topics, topic, answers, thanks, sorry };
}

/** Whether a button of an entry opens a page of ours. */
export const isPage = (of: FaqButton): of is `/${string}` => of.startsWith('/');

/** How a page of ours is called. */
export function pageLabel(path: string, language: Language): string {
  return (pageLabels[path] ?? pageLabels['/'])?.[language] ?? path;
}
