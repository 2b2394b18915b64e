import type { Words } from '../../base/language.ts';
import { bubble, button, row } from '../../infra/line/flex.ts';
import type { OutgoingMessage } from '../../infra/line/outbox.ts';
import type { Mail } from '../../infra/mail/mail.ts';
import type { Card } from '../../infra/payments/payments.ts';
import type { Contractor } from '../contractors/index.ts';
import type { Person } from './people-store.ts';

/** Another card pays from now on. */
export interface CardNews {
  readonly visitId: string;
  readonly card: Card;
  readonly phone: string;
  readonly publicUrl: string;
}

const t = {
  title: { ja: () => 'お支払いのカードが変わりました', en: () => 'Another card pays from now on' } satisfies Words,
  card: { ja: () => 'カード', en: () => 'Card' } satisfies Words,
  notYou: {
    ja: (phone) => `お心当たりがないときは、すぐに${phone}へお電話ください。`,
    en: (phone) => `If this was not you, call ${phone} at once.`,
  } satisfies Words<[string]>,
  see: { ja: () => 'お支払い方法を見る', en: () => 'See how you pay' } satisfies Words,
};

/** A card as people know it: never more than its last four digits. */
export const cardName = ({ brand, lastFour }: Card): string => `${brand} •••• ${lastFour}`;

export function cardMessage(
  { visitId, card, phone, publicUrl }: CardNews,
  { lineUserId, language }: Person,
): OutgoingMessage {
  const title = t.title[language]();
  return {
    lineUserId,
    dedupeKey: `card:${visitId}:${lineUserId}`,
    messages: [
      bubble({
        title,
        altText: `${title}\n${cardName(card)}`,
        body: [row(t.card[language](), cardName(card), { isBold: true }), t.notYou[language](phone)],
        buttons: [button(t.see[language](), `${publicUrl}/payment?via=line`, 'primary')],
      }),
    ],
  };
}

export function cardMail(
  { visitId, card, phone }: CardNews,
  contractor: Contractor,
  operator: string,
): Mail & { dedupeKey: string } {
  return {
    to: contractor.email,
    subject: `【${operator}】${t.title.ja()}`,
    text: [`${contractor.name} 様`, `${t.title.ja()}。`, cardName(card), t.notYou.ja(phone), operator].join('\n\n'),
    dedupeKey: `billing:card:${visitId}`,
  };
}
