import { catalogue } from '../../base/language.ts';
import type { Bilingual } from '../../base/operator.ts';
import { bubble, button, row } from '../../infra/line/flex.ts';
import type { OutgoingMessage } from '../../infra/line/outbox/outbox.ts';
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

const ja = {
  title: 'お支払いのカードが変わりました',
  card: 'カード',
  notYou: (phone: string) => `お心当たりがないときは、すぐに${phone}へお電話ください。`,
  see: 'お支払い方法を見る',
  mail: {
    subject: (operator: string) => `【${operator}】お支払いのカードが変わりました`,
    dear: (name: string) => `${name} 様`,
    changed: 'お支払いのカードが変わりました。',
  },
};

const en: typeof ja = {
  title: 'Another card pays from now on',
  card: 'Card',
  notYou: (phone) => `If this was not you, call ${phone} at once.`,
  see: 'See how you pay',
  mail: {
    subject: (operator) => `${operator}: another card pays from now on`,
    dear: (name) => `Dear ${name},`,
    changed: 'Another card pays from now on.',
  },
};

const cardText = catalogue(ja, en);

/** A card as people know it: never more than its last four digits. */
export const cardName = ({ brand, lastFour }: Card): string => `${brand} •••• ${lastFour}`;

export function cardMessage(
  { visitId, card, phone, publicUrl }: CardNews,
  { lineUserId, language }: Person,
): OutgoingMessage {
  const t = cardText(language);
  const title = t.title;
  return {
    lineUserId,
    dedupeKey: `card:${visitId}:${lineUserId}`,
    messages: [
      bubble({
        title,
        altText: `${title}\n${cardName(card)}`,
        body: [row(t.card, cardName(card), { isBold: true }), t.notYou(phone)],
        buttons: [button(t.see, `${publicUrl}/payment?via=line`, 'primary')],
      }),
    ],
  };
}

export function cardMail(
  { visitId, card, phone }: CardNews,
  contractor: Contractor,
  operator: Bilingual,
): Mail & { dedupeKey: string } {
  const language = contractor.language ?? 'ja';
  const t = cardText(language);
  return {
    to: contractor.email,
    subject: t.mail.subject(operator[language]),
    text: [t.mail.dear(contractor.name), t.mail.changed, cardName(card), t.notYou(phone), operator[language]].join(
      '\n\n',
    ),
    dedupeKey: `billing:card:${visitId}`,
  };
}
