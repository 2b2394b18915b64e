import type { messagingApi } from '@line/bot-sdk';
import { type FaqButton, type FaqEntry, type FaqNeed, type FaqTopic, faqTopics } from '../../base/faq.ts';
import { byName, type Language, span } from '../../base/language.ts';
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
import { answerWords, telOf } from './answer-words.ts';
import type { HelpDeps } from './deps.ts';
import { helpText } from './text.ts';

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
    quickReply(helpText(language).other, 'help.open'),
    quickReply(helpText(language).staff, 'conversations.open'),
    quickReply(helpText(language).back, 'menu.open'),
  ];

  const topicChoice = (topic: FaqTopic, language: Language) =>
    choice(helpText(language).topics[topic], buttonData('help', 'topic', { topic }));

  function overview(language: Language): Message {
    const t = helpText(language);
    return bubble({
      altText: t.ask,
      title: t.title,
      body: [t.ask, ...FIRST_TOPICS.map((topic) => topicChoice(topic, language))],
      buttons: [button(t.other, 'help.topics'), button(t.staff, 'conversations.open', 'link')],
    });
  }

  /** Every topic, and the page with every question. */
  function topics(language: Language): Message {
    const t = helpText(language);
    return bubble({
      altText: t.chooseTopic,
      title: t.title,
      body: faqTopics.map((topic) => topicChoice(topic, language)),
      buttons: [button(t.all, pageUrl('/help', language), 'primary')],
      quickReplies: wayOn(language),
    });
  }

  function topic(language: Language, of: FaqTopic, entries: readonly FaqEntry[]): Message {
    const t = helpText(language);
    return bubble({
      altText: `${t.topics[of]}\n${entries.map((entry) => entry.title).join('\n')}`,
      title: t.topics[of],
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
    const altText = [helpText(language).found(first.title), first.altText, ...more.map(({ title }) => title)].join(
      '\n',
    );
    return [carousel(altText, [first, ...more], quickReplies)];
  }

  function card({ entry, personal }: Answer, language: Language, eventId: string): BubbleParts {
    const t = helpText(language);
    const answer = answerWords(entry, support, language);
    const own = personal.kind === 'facts' ? personal.lines : [];
    const needs = personal.kind === 'needs-link' ? [t.needs[personal.need]] : [];
    return {
      title: entry.title,
      altText: [entry.title, ...own, ...answer, ...needs].join('\n'),
      body: [
        ...(own.length > 0 ? [paragraph(t.yours, { size: 'sm', color: ink.soft })] : []),
        ...own.map((line) => paragraph(line, { isBold: true, margin: 'none' })),
        ...answer.map((part) => paragraph(part)),
        ...needs.map((line) => paragraph(line, { size: 'sm', color: ink.soft })),
      ],
      buttons: [
        ...nextSteps(entry, personal, language),
        button(t.more, pageUrl(`/help/${entry.id}`, language)),
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
    const t = helpText(language);
    if (of === 'call') return button(t.call, telOf(support), style);
    if (isPage(of)) return button(pageLabel(of, language), `${publicUrl}${of}`, style);
    const handler = of === 'apply' ? 'applications' : of === 'staff' ? 'conversations' : of;
    return button(t.functions[of], buttonData(handler, 'open'), style);
  }

  function didThisHelp(entry: FaqEntry, language: Language, eventId: string): messagingApi.FlexBox {
    const t = helpText(language);
    const about = { entry: entry.id, lang: language, shown: eventId };
    return {
      type: 'box',
      layout: 'vertical',
      margin: 'md',
      contents: [
        { ...paragraph(t.didThisHelp, { size: 'sm', color: ink.soft }), align: 'center' },
        pair([
          button(t.yes, buttonData('help', 'helped', about), 'link'),
          button(t.no, buttonData('help', 'not-helped', about), 'link'),
        ]),
      ],
    };
  }

  const pageUrl = (path: string, language: Language) => `${publicUrl}${path}?lang=${language}`;

  const thanks = (language: Language): Message => text(helpText(language).thanks, wayOn(language));

  /** What to do when no answer fits. */
  function sorry(language: Language): Message {
    const t = helpText(language);
    const said = t.sorry(support.phone, span(support.hours, language));
    return bubble({
      altText: said,
      title: t.title,
      body: [said],
      buttons: [
        button(t.staff, 'conversations.open', 'primary'),
        button(t.call, telOf(support)),
        button(t.other, 'help.topics', 'link'),
      ],
    });
  }

  return { overview, topics, topic, answers, thanks, sorry };
}

/** Whether a button of an entry opens a page of ours. */
export const isPage = (of: FaqButton): of is `/${string}` => of.startsWith('/');

/** How a page of ours is called. */
export function pageLabel(path: string, language: Language): string {
  const labels = helpText(language).pages;
  return byName(labels)(path) ?? labels['/'];
}
