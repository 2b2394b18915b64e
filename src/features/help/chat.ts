import { type FaqEntry, type FaqTopic, faqTopics } from '../../base/faq.ts';
import type { LinkState } from '../../base/link-state.ts';
import { runnerOf } from '../../infra/db/runner.ts';
import type { Message, TalkContext, TalkHandler } from '../../infra/line/talk.ts';
import { type Asked, insertAsked } from './asked-store.ts';
import type { HelpDeps } from './deps.ts';
import { createHelpMessages, type Personal } from './messages.ts';
import { languageOfQuestion } from './rules/language.ts';
import { isOpenTo } from './rules/need.ts';
import { saveVote } from './store.ts';

/** What is answered in the talk, beside the buttons: a question in a person's own words. */
export interface HelpTalk extends TalkHandler {
  /** Up to three answers, best first; null where nothing fits. */
  answer(context: TalkContext, question: string): Promise<Message[] | null>;
}

/** Answers from the operator's FAQ at any hour; who needs a person is led to one. */
export function createHelpTalk(deps: HelpDeps): HelpTalk {
  const { faq } = deps;
  const say = createHelpMessages(deps);

  async function answer(context: TalkContext, question: string): Promise<Message[] | null> {
    const language = languageOfQuestion(question, context.language);
    const found = faq.search(language)(question);
    await count(context, { language, kind: 'question', found: found.length, shown: found.map(({ id }) => id) });
    return found.length === 0 ? null : answers({ ...context, language }, found);
  }

  async function answers(context: TalkContext, entries: readonly FaqEntry[]): Promise<Message[]> {
    const sql = runnerOf(context.db);
    const state = await deps.linkStateOf(sql, context.lineUserId);
    // Two answers may rest on the same facts: the first tells them.
    const isTold = (entry: FaqEntry, at: number) => entries.findIndex(({ facts }) => facts === entry.facts) < at;
    const personal = await Promise.all(
      entries.map((entry, at) => personalPart(context, isTold(entry, at) ? { ...entry, facts: null } : entry, state)),
    );
    return say.answers(
      context,
      entries.map((entry, at) => ({ entry, personal: personal[at] ?? { kind: 'none' } })),
    );
  }

  /** What an answer adds for this person, or which link would open it. */
  async function personalPart(context: TalkContext, entry: FaqEntry, state: LinkState): Promise<Personal> {
    if (entry.needs === null) return { kind: 'none' };
    if (!isOpenTo(entry.needs, state)) return { kind: 'needs-link', need: entry.needs };
    return entry.facts === null ? { kind: 'none' } : { kind: 'facts', lines: await deps.facts[entry.facts](context) };
  }

  const count = (context: TalkContext, asked: Omit<Asked, 'channel'>) =>
    insertAsked(
      runnerOf(context.db),
      { now: context.now, zone: deps.operator.timeZone },
      { channel: 'talk', ...asked },
    );

  async function vote(context: TalkContext, params: URLSearchParams, hasHelped: boolean): Promise<Message[]> {
    const language = params.get('lang') === 'en' ? 'en' : 'ja';
    const entry = faq.entry(language, params.get('entry') ?? '');
    if (entry) {
      const card = params.get('shown') ?? context.eventId;
      const at = { now: context.now, zone: deps.operator.timeZone };
      await saveVote(runnerOf(context.db), at, { card, entryId: entry.id, language, hasHelped });
    }
    return [hasHelped ? say.thanks(language) : say.sorry(language)];
  }

  async function show(context: TalkContext, params: URLSearchParams): Promise<Message[]> {
    const { language } = context;
    const entry = faq.entry(language, params.get('entry') ?? '');
    if (!entry) return [say.overview(language)];
    await count(context, { language, kind: 'opened', found: 1, shown: [entry.id] });
    return answers(context, [entry]);
  }

  function topic(context: TalkContext, params: URLSearchParams): Message[] {
    const known = faqTopics.find((candidate) => candidate === params.get('topic'));
    const entries = known ? entriesOf(context, known) : [];
    return [known && entries.length > 0 ? say.topic(context.language, known, entries) : say.overview(context.language)];
  }

  const entriesOf = ({ language }: TalkContext, of: FaqTopic) =>
    faq.entries(language).filter((entry) => entry.topic === of);

  return {
    name: 'help',
    words: [
      'ヘルプ',
      'へるぷ',
      'いつでもヘルプ',
      'help',
      '困った',
      'こまった',
      '助けて',
      'たすけて',
      'わからない',
      '分からない',
      '問い合わせ',
      '質問',
      'support',
    ],
    answer,
    async hear(context, heard) {
      if (heard.kind === 'word') return [say.overview(context.language)];
      switch (heard.action) {
        case 'entry':
          return show(context, heard.params);
        case 'topic':
          return topic(context, heard.params);
        case 'topics':
          return [say.topics(context.language)];
        case 'helped':
          return vote(context, heard.params, true);
        case 'not-helped':
          return vote(context, heard.params, false);
        // Of cards sent before staff could take over.
        case 'staff':
          return deps.askForStaff(context);
        default:
          return [say.overview(context.language)];
      }
    },
  };
}
