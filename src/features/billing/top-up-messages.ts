import { formatBytes } from '../../base/bytes.ts';
import type { Operator } from '../../base/operator.ts';
import { bubble, button, row } from '../../infra/line/flex.ts';
import type { OutgoingMessage } from '../../infra/line/outbox/outbox.ts';
import { buttonData, type Message } from '../../infra/line/talk.ts';
import { formatMonth, formatYen } from '../../infra/ui/format.ts';
import { type Calendar, subscriptionName, untilDay } from '../data/index.ts';
import type { Person } from './people-store.ts';
import { stopButton, talkText } from './text.ts';
import type { Bought } from './top-up.ts';

interface Wording {
  readonly operator: Operator;
  readonly calendar: Calendar;
}

/** Who bought reads what it costs; who carries the phone reads only what came. */
export function topUpMessages(bought: Bought, wording: Wording): OutgoingMessage[] {
  const { chargeId } = bought.charge;
  const to = (person: Person, message: Message): OutgoingMessage => ({
    lineUserId: person.lineUserId,
    messages: [message],
    dedupeKey: `top-up:${chargeId}:${person.lineUserId}`,
  });
  return [
    ...bought.contractorPeople.map((person) => to(person, message(bought, person, { ...wording, showsPrice: true }))),
    ...bought.users.map((person) => to(person, message(bought, person, { ...wording, showsPrice: false }))),
  ];
}

function message(bought: Bought, { language }: Person, wording: Wording & { showsPrice: boolean }): Message {
  const t = talkText(language);
  const { operator, calendar, showsPrice } = wording;
  const amountOf = (bytes: number) => formatBytes(bytes, operator.megabyte);
  const amount = amountOf(bought.pack.bytes);
  const title = (showsPrice ? t.toppedUp : t.toppedUpForYou)(amount);
  const rows = [
    ...(showsPrice ? [[t.subscription, subscriptionName(bought.subscription, language)] as const] : []),
    [t.usable, untilDay(bought.expiresAt, calendar, language)] as const,
    [t.leftNow, amountOf(bought.totalBytes)] as const,
    ...(showsPrice ? [[t.price, formatYen(bought.pack.priceYen, language)] as const] : []),
  ];
  const onBill = showsPrice ? [t.onBillOf(formatMonth(bought.month, language))] : [];
  return bubble({
    title,
    altText: [title, ...rows.map(([name, value]) => `${name} ${value}`), ...onBill].join('\n'),
    body: [...rows.map(([name, value]) => row(name, value, { isBold: true })), ...onBill],
    buttons: [button(t.seeBalance, buttonData('data', 'open'), 'primary'), stopButton('top-up', language)],
  });
}
