import type { Language } from '../../base/language.ts';
import type { Operator } from '../../base/operator.ts';
import { bubble, button } from '../../infra/line/flex.ts';
import type { OutgoingMessage } from '../../infra/line/outbox/outbox.ts';
import { buttonData, type Message } from '../../infra/line/talk.ts';
import type { PointFacts, StickerOrderRow } from './facts.ts';
import { pointText } from './text.ts';
import { stickerName } from './words.ts';

interface MessageDeps {
  readonly operator: Operator;
  readonly publicUrl: string;
}

/** My Page's points, signed in by LINE's automatic login: its address alone would ask for a password. */
export function pointsUrl(publicUrl: string, path = '/points'): string {
  return `${publicUrl}/login/line?next=${path}`;
}

/** Tells whoever ordered stickers what became of them, in the transaction that settles the order. */
export function stickerMessages(facts: PointFacts, deps: MessageDeps): OutgoingMessage[] {
  return [...facts.changes.settled].flatMap((orderId) => {
    const order = facts.orders.get(orderId);
    if (order === undefined) return [];
    const language = facts.languages.get(order.lineUserId) ?? 'ja';
    const messages = [stickerMessage(order, language, deps)];
    return [{ lineUserId: order.lineUserId, messages, dedupeKey: `sticker-order:${orderId}` }];
  });
}

function stickerMessage(order: StickerOrderRow, language: Language, { operator, publicUrl }: MessageDeps): Message {
  const t = pointText(language);
  const name = stickerName(order.stickerCode, operator, language);
  if (order.state === 'delivered') {
    const title = t.delivered(name);
    const how = t.deliveredHow;
    return bubble({
      title,
      altText: `${title} ${how}`,
      body: [how],
      buttons: [button(t.stickers, pointsUrl(publicUrl, '/points/stickers'))],
    });
  }
  const said = t.notDelivered(name, t.amount(order.pricePoints));
  return bubble({
    title: t.title,
    altText: said,
    body: [said],
    buttons: [button(t.open, buttonData('points', 'open'))],
  });
}
