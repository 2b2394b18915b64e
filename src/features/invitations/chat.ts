import { fold, type Language } from '../../base/language.ts';
import { lastDayBefore } from '../../base/operator-month.ts';
import { runnerOf } from '../../infra/db/runner.ts';
import { bubble, button } from '../../infra/line/flex.ts';
import { buttonData, type Message, type TalkHandler } from '../../infra/line/talk.ts';
import { formatDay } from '../../infra/ui/format.ts';
import { shareUrl } from '../../infra/ui/share.ts';
import type { InvitationsDeps } from './deps.ts';
import { type Invitation, inviteOfToday, inviteToday } from './invitations.ts';
import { invitationText, pointsText } from './text.ts';

/** 紹介 in the talk: what an invitation brings, and today's link with LINE's own way to send it. */
export function invitationTalk(deps: InvitationsDeps): TalkHandler {
  const { operator } = deps;
  return {
    name: 'invitations',
    words: [
      '紹介',
      '招待',
      '友だち紹介',
      '友達紹介',
      'お友だちを紹介する',
      'invite',
      'invitation',
      'invite a friend',
    ].map(fold),
    async hear({ db, lineUserId, language }, heard) {
      const sql = runnerOf(db);
      const [link] = await deps.linking.contractorLinksOf(sql, lineUserId);
      if (!link) return [notLinked(language)];
      if (heard.kind !== 'button' || heard.action !== 'make') {
        const todays = await inviteOfToday(deps, link.contractorId);
        return [todays ? linkMessage(language, todays) : offer(language)];
      }
      const made = await inviteToday(deps, sql, link.contractorId);
      return made.ok ? [linkMessage(language, made.value)] : [notLinked(language)];
    },
  };

  function offer(language: Language): Message {
    const t = invitationText(language);
    const { points, afterMonths } = operator.invitations;
    const lead = t.lead(pointsText(points, language), afterMonths);
    return bubble({
      title: t.title,
      altText: `${t.title} ${lead}`,
      body: [lead, t.oneADay],
      buttons: [
        button(t.make, buttonData('invitations', 'make'), 'primary'),
        button(t.list, `${deps.publicUrl}/invitations?via=line`),
      ],
    });
  }

  function linkMessage(language: Language, { url, expiresAt, orderId }: Invitation): Message {
    const t = invitationText(language);
    const state =
      orderId === null ? t.until(formatDay(lastDayBefore(expiresAt, operator.timeZone), language)) : t.states.held;
    return bubble({
      title: t.todays,
      altText: `${t.todays} ${url}`,
      body: [t.oneADay, state],
      buttons: [
        ...(orderId === null
          ? [button(t.share, shareUrl(t.shareText(operator.name[language], url)), 'primary' as const)]
          : []),
        button(t.list, `${deps.publicUrl}/invitations?via=line`),
      ],
    });
  }
}

function notLinked(language: Language): Message {
  const { title, why, linkInTalk } = invitationText(language).notLinked;
  return bubble({
    title,
    altText: `${title} ${why}`,
    body: [why],
    buttons: [button(linkInTalk, buttonData('link-contractor', 'open'), 'primary')],
  });
}
