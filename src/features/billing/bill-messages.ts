import { bubble, button, row } from '../../infra/line/flex.ts';
import type { OutgoingMessage } from '../../infra/line/outbox/outbox.ts';
import { formatMonth, formatYen } from '../../infra/ui/format.ts';
import type { UntoldBill } from './bill-store.ts';
import type { Person } from './people-store.ts';
import { stopButton, talkText } from './text.ts';

/** To a contractor: a month's bill is closed, what it comes to, what points paid of it, and the way to it. */
export function billMessage(bill: UntoldBill, { lineUserId, language }: Person, publicUrl: string): OutgoingMessage {
  const t = talkText(language);
  const title = t.billClosed(formatMonth(bill.month, language));
  const total = formatYen(bill.totalYen, language);
  const points = bill.pointsYen === 0 ? null : formatYen(bill.pointsYen, language);
  return {
    lineUserId,
    dedupeKey: `bill:${bill.billId}:${lineUserId}`,
    messages: [
      bubble({
        title,
        altText: [title, `${t.billTotal} ${total}`, ...(points ? [`${t.billPoints} ${points}`] : [])].join('\n'),
        body: [row(t.billTotal, total, { isBold: true }), ...(points ? [row(t.billPoints, points)] : [])],
        buttons: [
          button(t.seeBill, `${publicUrl}/bills/${bill.month}?via=line`, 'primary'),
          stopButton('bill', language),
        ],
      }),
    ],
  };
}
