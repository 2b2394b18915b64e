import type { Temporal } from 'temporal-polyfill';
import { fold, listed } from '../../base/language.ts';
import { runnerOf } from '../../infra/db/index.ts';
import { bubble, button, text } from '../../infra/line/flex.ts';
import { buttonData, type Message, type TalkContext, type TalkHandler } from '../../infra/line/talk.ts';
import { formatMoment } from '../../infra/ui/format.ts';
import { type AskDeps, answer } from './ask.ts';
import { loadConsents, type SeenConsent } from './consent-store.ts';
import { withdrawConsent } from './end-consent.ts';
import type { OpenId } from './openid/provider.ts';
import { talkText } from './text.ts';
import { seenSubscriptions, type ViewerDeps } from './viewer.ts';

export interface TalkDeps extends AskDeps {
  readonly openId: OpenId;
  readonly publicUrl: string;
  readonly contractors: AskDeps['contractors'] & ViewerDeps['contractors'];
  readonly linking: AskDeps['linking'] & ViewerDeps['linking'];
}

/** A bubble has room for so many consents with a button each; the rest is on My Page. */
const SHOWN = 5;
const ENDED_SHOWN = { hours: 30 * 24 };

/** 年齢確認 in the talk: what was agreed to, and taking it back. */
export function ageProofTalk(deps: TalkDeps): TalkHandler {
  return {
    name: 'age-proof',
    words: [
      '年齢確認',
      'ねんれいかくにん',
      '年齢認証',
      '年齢',
      'ID検索',
      '同意',
      '同意の取り消し',
      'age proof',
      'age verification',
      'age check',
      'id search',
      'consents',
    ].map(fold),
    async hear(context, heard) {
      const t = talkText(context.language);
      if (heard.kind === 'button' && heard.action === 'keep') return [text(t.kept)];
      if (heard.kind === 'button' && (heard.action === 'agree' || heard.action === 'decline')) {
        const isAgreed = heard.action === 'agree';
        const { lineUserId } = context;
        const tap = { requestId: heard.params.get('request') ?? '', lineUserId, isAgreed };
        return [text(t.answered[await answer(deps, deps.openId, tap)])];
      }
      if (heard.kind === 'button' && heard.action === 'withdraw') {
        const consentId = heard.params.get('consent') ?? '';
        return heard.params.get('sure') === 'yes'
          ? withdraw(deps, context, consentId)
          : askForYes(deps, context, consentId);
      }
      return list(deps, context);
    },
  };
}

/** What the person may speak for: subscriptions linked to the LINE account, and all of a linked contractor's. */
async function subscriptionsOf(deps: TalkDeps, context: TalkContext) {
  const sql = runnerOf(context.db);
  const { lineUserId } = context;
  const contractors = await deps.linking.contractorLinksOf(sql, lineUserId);
  const viewers = [
    { lineUserId, contractorId: null },
    ...contractors.map(({ contractorId }) => ({ lineUserId: null, contractorId })),
  ];
  const seen = await Promise.all(viewers.map((viewer) => seenSubscriptions(deps, sql, viewer)));
  return new Map(seen.flatMap((each) => [...each]));
}

/** What stands, and what ended in the last month without the person's doing. */
async function consentsOf(deps: TalkDeps, context: TalkContext) {
  const sql = runnerOf(context.db);
  const subscriptionIds = [...(await subscriptionsOf(deps, context)).keys()];
  const endedSince = context.now.subtract(ENDED_SHOWN);
  const consents = await loadConsents(sql, { subscriptionIds, lineUserId: context.lineUserId, endedSince });
  const ids = consents.map(({ subscriptionId }) => subscriptionId);
  return {
    subscriptions: await deps.contractors.subscriptions(sql, ids),
    standing: consents.filter(({ withdrawnAt, expiresAt }) => withdrawnAt === null && isAfter(expiresAt, context.now)),
    ended: consents.flatMap(({ withdrawnAt, endedBy, ...consent }) =>
      withdrawnAt && endedBy ? [{ ...consent, withdrawnAt, endedBy }] : [],
    ),
  };
}

const isAfter = (one: Temporal.Instant, other: Temporal.Instant) => one.epochNanoseconds > other.epochNanoseconds;

async function list(deps: TalkDeps, context: TalkContext): Promise<Message[]> {
  const { language } = context;
  const t = talkText(language);
  const { subscriptions, standing, ended } = await consentsOf(deps, context);
  const nameOf = (consent: Pick<SeenConsent, 'partnerName' | 'subscriptionId'>) =>
    t.consent(consent.partnerName[language], subscriptions.get(consent.subscriptionId)?.msisdn.slice(-4) ?? '');
  const moment = (at: Temporal.Instant) => formatMoment(at, deps.operator.timeZone, language);
  const over = ended
    .slice(0, SHOWN)
    .map((consent) => t.endedAt(nameOf(consent), t.endedBy[consent.endedBy], moment(consent.withdrawnAt)));
  const endings = over.length > 0 ? [[t.ended, ...over].join('\n')] : [];
  const more = button(t.more, `${deps.publicUrl}/login/line?next=/age-proof`, 'link');
  if (standing.length === 0) {
    return [bubble({ altText: t.none, title: t.title, body: [t.none, ...endings, t.how], buttons: [] })];
  }
  const shown = standing.slice(0, SHOWN);
  return [
    bubble({
      altText: `${t.title}: ${listed(shown.map(nameOf), language)}`,
      title: t.title,
      body: [
        ...shown.map((consent) =>
          [nameOf(consent), t.until(moment(consent.expiresAt)), t.answers(consent.answers)].join('\n'),
        ),
        ...endings,
      ],
      buttons: [
        ...shown.map((consent) =>
          button(
            shown.length === 1 ? t.withdraw : consent.partnerName[language],
            buttonData('age-proof', 'withdraw', { consent: consent.consentId }),
          ),
        ),
        more,
      ],
    }),
  ];
}

async function askForYes(deps: TalkDeps, context: TalkContext, consentId: string): Promise<Message[]> {
  const t = talkText(context.language);
  const { standing } = await consentsOf(deps, context);
  const consent = standing.find((each) => each.consentId === consentId);
  if (!consent) return [text(t.nothing)];
  const question = t.sure(consent.partnerName[context.language]);
  return [
    bubble({
      altText: question,
      title: question,
      body: [t.loses],
      buttons: [
        button(t.yes, buttonData('age-proof', 'withdraw', { consent: consentId, sure: 'yes' }), 'primary'),
        button(t.keep, buttonData('age-proof', 'keep')),
      ],
    }),
  ];
}

/** The same tap heard again finds the consent withdrawn from the talk, and says the same. */
async function withdraw(deps: TalkDeps, context: TalkContext, consentId: string): Promise<Message[]> {
  const { language, lineUserId } = context;
  const t = talkText(language);
  const subscriptionIds = [...(await subscriptionsOf(deps, context)).keys()];
  const actor = { kind: 'line-account' as const, id: lineUserId };
  const owner = { subscriptionIds, lineUserId };
  await withdrawConsent(deps, { consentId, ...owner, from: 'talk', actor });
  const consents = await loadConsents(runnerOf(context.db), {
    ...owner,
    endedSince: context.now.subtract({ hours: 24 }),
  });
  const ended = consents.find((each) => each.consentId === consentId && each.withdrawnAt !== null);
  return [text(ended ? t.withdrawn(ended.partnerName[language]) : t.nothing)];
}
