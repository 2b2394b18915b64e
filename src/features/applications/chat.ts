import { formatBytes } from '../../base/bytes.ts';
import { beside, bulleted, type Language, span } from '../../base/language.ts';
import { isOnSale } from '../../base/operator.ts';
import { runnerOf } from '../../infra/db/runner.ts';
import { bubble, button, row } from '../../infra/line/flex.ts';
import type { Message, TalkHandler } from '../../infra/line/talk.ts';
import { formatMoment } from '../../infra/ui/format.ts';
import type { ApplicationDeps } from './deps.ts';
import type { Drafts, OpenDraft } from './drafts.ts';
import { pageText } from './pages/text.ts';
import { firstOpen, progressOf } from './rules/steps.ts';
import { talkText } from './text.ts';

const PLAN_WORDS = ['プラン', '料金', 'plans'];

/** Answers 新規申し込み: begin, go on where one was, or see where the order stands; and プラン with the plans. */
export function createApplicationsTalk(
  { operator, publicUrl, isOffered, orders }: Pick<ApplicationDeps, 'operator' | 'publicUrl' | 'isOffered' | 'orders'>,
  drafts: Pick<Drafts, 'lastInLine'>,
): TalkHandler {
  const { phone, hours } = operator.support;

  /** The way in: the form, or the phone where mail does not leave. */
  const wayIn = (language: Language) =>
    isOffered
      ? button(talkText(language).begin, `${publicUrl}/apply/line`, 'primary')
      : button(talkText(language).call, `tel:${phone.replace(/[^\d+]/g, '')}`, 'primary');

  function begin(language: Language, hasOrder: boolean): Message {
    const t = talkText(language);
    const intro = isOffered ? t.intro : t.byPhone(phone, span(hours, language));
    const items = bulleted([t.needsIdentity, t.needsPayment, t.needsMnp], language);
    return bubble({
      altText: intro,
      title: t.title,
      body: [intro, t.needsTitle, ...items],
      buttons: [
        wayIn(language),
        ...(hasOrder ? [button(t.seeOrder, 'orders.open')] : []),
        button(t.seePlans, 'applications.plans'),
      ],
    });
  }

  function goOn(open: OpenDraft, language: Language): Message {
    const t = talkText(language);
    const step = firstOpen(open);
    const { at, of } = progressOf(open, step);
    const where = t.whereAt(pageText(language).titles[step], String(at), String(of));
    return bubble({
      altText: `${t.goOnTitle} ${where}`,
      title: t.goOnTitle,
      body: [row(t.where, where), row(t.until, formatMoment(open.expiresAt, operator.timeZone, language))],
      buttons: [
        button(t.goOn, `${publicUrl}/apply/line?draft=${open.draftId}`, 'primary'),
        button(t.anew, `${publicUrl}/apply/line`),
        button(t.seePlans, 'applications.plans'),
      ],
    });
  }

  function plans(language: Language): Message {
    const t = talkText(language);
    const lines = operator.plans.filter(isOnSale).map((plan) => {
      const price = t.planPrice(plan.monthlyFeeYen.toLocaleString('en-US'));
      return {
        name: plan.hasVoice ? plan.name[language] : t.dataOnly(plan.name[language]),
        value: beside([formatBytes(plan.monthlyBytes, operator.megabyte), price], language),
      };
    });
    return bubble({
      altText: [t.plansTitle, ...lines.map((line) => `${line.name} ${line.value}`)].join('\n'),
      title: t.plansTitle,
      body: lines.map((line) => row(line.name, line.value)),
      buttons: [wayIn(language), button(t.seeNeeds, 'applications.open')],
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
      'apply',
      'application',
      ...PLAN_WORDS,
    ],
    async hear({ db, lineUserId, language }, heard) {
      const wantsPlans = heard.kind === 'button' ? heard.action === 'plans' : PLAN_WORDS.includes(heard.word);
      if (wantsPlans) return [plans(language)];
      const sql = runnerOf(db);
      const open = isOffered ? await drafts.lastInLine(sql, lineUserId) : null;
      if (open) return [goOn(open, language)];
      const { total } = await orders.search(sql, { lineUserId, limit: 1 });
      return [begin(language, total > 0)];
    },
  };
}
