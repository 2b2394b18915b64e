import type { Language } from '../../base/language.ts';
import type { Operator } from '../../base/operator.ts';
import { bubble, button, quickReply } from '../../infra/line/flex.ts';
import { buttonData, type Heard, type Message, type TalkHandler } from '../../infra/line/talk.ts';
import { staffWords, type Topic, type TopicWords, topics, topicWords, words } from './text.ts';

/** Answers a handful of questions at any hour, and says honestly that a person is reached by phone. */
export function createHelpTalk(operator: Pick<Operator, 'support'>): TalkHandler {
  const { phone, hours } = operator.support;

  const wordsOf = (topic: Topic, language: Language): TopicWords =>
    topic === 'staff' ? staffWords[language](phone, hours.from, hours.to) : topicWords[topic][language];

  const topicButton = (topic: Topic, language: Language) =>
    button(wordsOf(topic, language).label, buttonData('help', 'topic', { topic }));

  function overview(language: Language): Message {
    return bubble({
      altText: words.ask[language](),
      title: words.title[language](),
      body: [words.ask[language]()],
      buttons: topics.map((topic) => topicButton(topic, language)),
    });
  }

  function answer(topic: Topic, language: Language): Message {
    const { title, body } = wordsOf(topic, language);
    const nextStep = nextSteps[topic]?.[language];
    const call = button(words.call[language](), `tel:${phone.replace(/[^\d+]/g, '')}`, 'primary');
    return bubble({
      altText: [title, ...body].join('\n'),
      title,
      body,
      buttons: topic === 'staff' ? [call] : nextStep ? [button(nextStep.label, nextStep.target, 'primary')] : [],
      quickReplies: [
        quickReply(words.other[language](), 'help.open'),
        ...(topic === 'staff' ? [] : [quickReply(wordsOf('staff', language).label, 'help.topic?topic=staff')]),
        quickReply(words.back[language](), 'menu.open'),
      ],
    });
  }

  return {
    name: 'help',
    words: [
      'ヘルプ',
      'へるぷ',
      'help',
      '困った',
      'こまった',
      'わからない',
      '分からない',
      '問い合わせ',
      '質問',
      'support',
    ],
    async hear({ language }, heard: Heard) {
      const topic = heard.kind === 'button' && heard.action === 'topic' ? heard.params.get('topic') : null;
      const known = topics.find((candidate) => candidate === topic);
      return [known ? answer(known, language) : overview(language)];
    },
  };
}

/** The one thing to do next, for topics that have it. */
const nextSteps: Partial<Record<Topic, Record<Language, { label: string; target: string }>>> = {
  linking: {
    ja: { label: '利用者連携', target: 'link-user.open' },
    en: { label: 'Link my phone', target: 'link-user.open' },
  },
  'link-code': {
    ja: { label: '利用者連携', target: 'link-user.open' },
    en: { label: 'Link my phone', target: 'link-user.open' },
  },
  'data-left': {
    ja: { label: 'データ残量確認', target: 'data.open' },
    en: { label: 'Data left', target: 'data.open' },
  },
  gift: {
    ja: { label: 'データプレゼント', target: 'gifts.open' },
    en: { label: 'Give data', target: 'gifts.open' },
  },
  unlink: {
    ja: { label: '連携を解除する', target: 'unlink.open' },
    en: { label: 'Undo a link', target: 'unlink.open' },
  },
};
