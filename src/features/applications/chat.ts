import { formatBytes } from '../../base/bytes.ts';
import type { Language } from '../../base/language.ts';
import type { Operator } from '../../base/operator.ts';
import { bubble, button, quickReply, row } from '../../infra/line/flex.ts';
import type { Message, TalkHandler } from '../../infra/line/talk.ts';
import { words } from './text.ts';

/** Says what an application needs and what the plans are, and that for now it is made by phone. */
export function createApplicationsTalk(operator: Pick<Operator, 'support' | 'plans' | 'megabyte'>): TalkHandler {
  const { phone, hours } = operator.support;

  const callButton = (language: Language) =>
    button(words.call[language](), `tel:${phone.replace(/[^\d+]/g, '')}`, 'primary');

  function needs(language: Language): Message {
    const reach = words.phone[language](phone, `${hours.from}〜${hours.to}`);
    const items = [words.needsIdentity, words.needsPayment, words.needsMnp].map((item) => `・${item[language]()}`);
    return bubble({
      altText: `${words.intro[language]()} ${reach}`,
      title: words.title[language](),
      body: [words.intro[language](), reach, words.needsTitle[language](), ...items],
      buttons: [callButton(language), button(words.seePlans[language](), 'applications.plans')],
      quickReplies: [quickReply(words.menu[language](), 'menu.open')],
    });
  }

  function plans(language: Language): Message {
    const lines = operator.plans.map((plan) => {
      const price = words.planPrice[language](plan.monthlyFeeYen.toLocaleString('en-US'));
      return {
        name: plan.hasVoice ? plan.name[language] : words.dataOnly[language](plan.name[language]),
        value: `${formatBytes(plan.monthlyBytes, operator.megabyte)}・${price}`,
      };
    });
    return bubble({
      altText: [words.plansTitle[language](), ...lines.map((line) => `${line.name} ${line.value}`)].join('\n'),
      title: words.plansTitle[language](),
      body: lines.map((line) => row(line.name, line.value)),
      buttons: [callButton(language), button(words.seeNeeds[language](), 'applications.open')],
      quickReplies: [quickReply(words.menu[language](), 'menu.open')],
    });
  }

  return {
    name: 'applications',
    words: [
      '申し込み',
      '申込',
      '申込み',
      '申しこみ',
      'もうしこみ',
      '新規申し込み',
      'プラン',
      '料金',
      'apply',
      'application',
      'plans',
    ],
    async hear({ language }, heard) {
      const wantsPlans =
        heard.kind === 'button' ? heard.action === 'plans' : ['プラン', '料金', 'plans'].includes(heard.word);
      return [wantsPlans ? plans(language) : needs(language)];
    },
  };
}
