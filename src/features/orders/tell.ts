import { randomBytes } from 'node:crypto';
import type { Temporal } from 'temporal-polyfill';
import { type Db, runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import { bubble, button, row } from '../../infra/line/flex.ts';
import { enqueueMessages } from '../../infra/line/outbox/outbox.ts';
import { buttonData, type Message } from '../../infra/line/talk.ts';
import { enqueueMail } from '../../infra/mail/mail.ts';
import { digest } from '../../infra/secrets.ts';
import { formatDay } from '../../infra/ui/format.ts';
import { insertLink } from './access-store.ts';
import type { OrdersDeps } from './deps.ts';
import type { Order, OrderChange } from './order.ts';
import { wholeName } from './rules/application.ts';
import { answerLastDay, withdrawalLastDay } from './rules/deadlines.ts';
import { ordersText } from './text.ts';

/** What words need to know. */
type Speaker = Pick<OrdersDeps, 'operator' | 'publicUrl'>;

/** A mailed link opens its order's page for so long. */
const LINK_DAYS = 30;

/** People read a number in two halves: `1234-5678`. */
export const shownNumber = ({ orderNumber }: Pick<Order, 'orderNumber'>): string =>
  `${orderNumber.slice(0, 4)}-${orderNumber.slice(4)}`;

/** Where an order is seen by its applicant. */
export const orderPath = (orderId: string): string => `/orders/${orderId}`;

/** Where a question is answered with corrected values; the form's pages. */
export const correctPath = (orderId: string): string => `${orderPath(orderId)}/correct`;

/**
 * Tells the applicant what happened to their order and what comes next: in the talk they applied from, and by mail. In the
 * transaction of the change.
 */
export async function tellApplicant(deps: OrdersDeps, tx: Db, order: Order, change: OrderChange): Promise<void> {
  // Taken over by a colleague, it stays what it was.
  if (change.fromState === change.toState) return;
  const sql = runnerOf(tx);
  const { lineUserId, orderId } = order;
  if (lineUserId) {
    const messages = [talkMessage(deps, order, change)];
    await enqueueMessages(sql, change.at, [{ lineUserId, messages, dedupeKey: `orders:${orderId}:${change.version}` }]);
  }
  if (deps.canMail) await mail(deps, sql, order, change);
}

/** What happened, what was said with it, and what comes next: one paragraph each. */
function wordsOf(
  deps: Speaker,
  order: Order,
  change: OrderChange,
  where: 'talk' | 'mail',
): { title: string; body: string[] } {
  const { language, number } = order.application;
  const t = ordersText(language);
  const { title, next } = t.told[change.event];
  const body = change.note === null || change.actorKind === 'system' ? [] : saidWith(change, order);
  const isPorting = number.kind !== 'new' && (change.event === 'place' || change.event === 'approve');
  const until = deadline(deps, order, change);
  const offer = change.event === 'complete' && where === 'talk' ? [t.link.offer] : [];
  return { title, body: [...body, next, ...offer, ...(isPorting ? [t.porting] : []), ...(until ? [until] : [])] };
}

function saidWith({ event, note }: OrderChange, order: Order): string[] {
  const t = ordersText(order.application.language);
  if (note === null || event === 'answer' || event === 'correct') return [];
  return [`${event === 'ask' ? t.question : t.reason}: ${note}`];
}

function deadline({ operator }: Speaker, order: Order, change: OrderChange): string | null {
  const { language } = order.application;
  const t = ordersText(language);
  const zone = operator.timeZone;
  const { answerDays, withdrawalDays } = operator.orders;
  if (change.event === 'ask')
    return t.answerUntil(formatDay(answerLastDay(change.at, { days: answerDays, zone }), language));
  if (change.event !== 'complete') return null;
  return t.withdrawUntil(formatDay(withdrawalLastDay(change.at, { days: withdrawalDays, zone }), language));
}

/** What the talk says of a change: one card with what happened, what comes next, and the way there. */
export function talkMessage(deps: Speaker, order: Order, change: OrderChange): Message {
  const t = ordersText(order.application.language);
  const { title, body } = wordsOf(deps, order, change, 'talk');
  return bubble({
    altText: [title, ...body].join('\n'),
    title,
    body: [row(t.number, shownNumber(order)), ...body],
    buttons: buttonsOf(deps, order, change),
  });
}

/** One tap makes both links: this account applied. Then everything else on the order's page. */
function buttonsOf({ publicUrl }: Speaker, order: Order, { event, about }: OrderChange) {
  const t = ordersText(order.application.language);
  const pageOf = (path: string) => `${publicUrl}/login/line?next=${encodeURIComponent(path)}`;
  if (event === 'ask' && about.length > 0) {
    return [button(t.correct, pageOf(correctPath(order.orderId)), 'primary')];
  }
  if (event !== 'complete') {
    return [button(event === 'ask' ? t.answer : t.see, pageOf(orderPath(order.orderId)), 'primary')];
  }
  return [
    button(t.link.button, buttonData('orders', 'link', { order: order.orderId }), 'primary'),
    button(t.welcome.open, pageOf(`${orderPath(order.orderId)}/welcome`)),
  ];
}

async function mail(deps: OrdersDeps, sql: SqlRunner, order: Order, change: OrderChange): Promise<void> {
  const to = await applicantOf(deps, sql, order);
  if (!to) return;
  const { language } = order.application;
  const t = ordersText(language).mail;
  const operator = deps.operator.name[language];
  const { title, body } = wordsOf(deps, order, change, 'mail');
  const url = `${deps.publicUrl}/orders/link/${await newLink(sql, order.orderId, change.at)}`;
  const text = t.frame({
    name: to.name,
    body: [title, ...body].join('\n\n'),
    number: shownNumber(order),
    isComplete: change.event === 'complete',
    url,
    operator,
  });
  const dedupeKey = `orders:${order.orderId}:${change.version}`;
  await enqueueMail(sql, change.at, { to: to.mail, subject: t.subject(operator, title), text, dedupeKey });
}

/** A secret that opens the order's page; only its hash is kept. */
async function newLink(sql: SqlRunner, orderId: string, now: Temporal.Instant): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await insertLink(sql, { tokenHash: digest(token), orderId, expiresAt: now.add({ hours: 24 * LINK_DAYS }) });
  return token;
}

/** Who applied, and where mail reaches them. */
async function applicantOf(
  { contractors }: OrdersDeps,
  sql: SqlRunner,
  { application: { contractor } }: Order,
): Promise<{ name: string; mail: string } | null> {
  if (contractor.kind === 'new') return { name: wholeName(contractor.name), mail: contractor.mail };
  const known = await contractors.contractor(sql, contractor.contractorId);
  return known && { name: known.name, mail: known.email };
}
