import { bubble, button, row } from '../../infra/line/flex.ts';
import type { OutgoingMessage } from '../../infra/line/outbox.ts';
import { formatMonth, formatYen } from '../../infra/ui/format.ts';
import type { Bill } from './bill-store.ts';
import type { Person } from './people-store.ts';
import { stopButton, talkText } from './text.ts';

/** To a contractor: a month's bill is closed, what it comes to, and the way to it. */
export function billMessage(bill: Bill, { lineUserId, language }: Person, publicUrl: string): OutgoingMessage {
  const t = talkText(language);
  const title = t.billClosed(formatMonth(bill.month, language));
  const total = formatYen(bill.totalYen, language);
  return {
    lineUserId,
    dedupeKey: `bill:${bill.billId}:${lineUserId}`,
    messages: [
      bubble({
        title,
        altText: `${title}\n${t.billTotal} ${total}`,
        body: [row(t.billTotal, total, { isBold: true })],
        buttons: [
          button(t.seeBill, `${publicUrl}/bills/${bill.month}?via=line`, 'primary'),
          stopButton('bill', language),
        ],
      }),
    ],
  };
}
