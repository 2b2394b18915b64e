import { Temporal } from 'temporal-polyfill';
import { isId } from '../../base/ids.ts';
import { fold, type Language } from '../../base/language.ts';
import { inTransaction, runnerOf } from '../../infra/db/index.ts';
import { bubble, button, row } from '../../infra/line/flex.ts';
import { buttonData, type Message, type TalkContext, type TalkHandler } from '../../infra/line/talk.ts';
import { loadOwnOrder, loadOwnOrders } from './access-store.ts';
import { markLinked } from './activation-store.ts';
import type { OrdersDeps } from './deps.ts';
import { openOrder } from './order.ts';
import { orderPath, shownNumber } from './tell.ts';
import { ordersText } from './text.ts';

const SHOWN = 3;

/** 「申し込み状況」: where this account's orders stand. */
export function ordersTalk(deps: OrdersDeps): TalkHandler {
  return {
    name: 'orders',
    words: ['申し込み状況', '申込状況', '申し込みの状況', '申込番号', 'my application', 'order status'].map(fold),
    async hear(context, heard) {
      if (heard.kind === 'button' && heard.action === 'link') {
        return [await link(deps, context, heard.params.get('order') ?? '')];
      }
      return [await present(deps, context)];
    },
  };
}

/** For so long after its completion an order offers the links; later there are the ways of the menu. */
const OFFER_DAYS = 30;

/**
 * Both links with one tap. Who taps is known from LINE's signature over the webhook, and the order is bound to that account
 * since it was sent: nothing more needs proof. The same tap again says that they are there.
 */
function link(deps: OrdersDeps, { lineUserId, language }: TalkContext, orderId: string): Promise<Message> {
  const t = ordersText(language).link;
  return inTransaction(deps.db, async (tx) => {
    const sql = runnerOf(tx);
    const visitor = { lineUserId, contractorId: null, linkedOrderId: null, sentOrderId: null };
    const row = isId(orderId) ? await loadOwnOrder(sql, visitor, { orderId, isLocked: true }) : null;
    const order = row && openOrder(deps.secrets.show, row);
    const now = deps.clock.now();
    const isOffered =
      order?.state === 'completed' &&
      Temporal.Instant.compare(now, order.changedAt.add({ hours: 24 * OFFER_DAYS })) < 0;
    if (!order || !isOffered || !order.contractorId || !order.subscriptionId) return words(deps, language, t.notNow);
    const { contractor, user } = order.application;
    const isUser = user.kind === 'contractor';
    const made = await deps.linking.linkApplicant(tx, {
      lineUserId,
      contractorId: contractor.kind === 'new' ? order.contractorId : null,
      subscriptionId: isUser ? order.subscriptionId : null,
    });
    const wasThere = [made.contractor, made.user].includes('linked-here-already');
    const failed = [made.contractor, made.user].some((why) => why !== null && why !== 'linked-here-already');
    if (failed) return words(deps, language, t.notNow);
    await markLinked(sql, now, order.orderId);
    if (wasThere) return words(deps, language, t.already);
    return bubble({
      altText: `${t.done} ${t.opened}`,
      title: t.done,
      body: [isUser ? t.both : t.contractorOnly, t.opened],
      buttons: [
        button(t.balance, buttonData('data', 'open'), 'primary'),
        button(t.myPage, `${deps.publicUrl}/login/line?next=/`),
      ],
    });
  });
}

function words({ operator }: OrdersDeps, language: Language, said: string): Message {
  const t = ordersText(language);
  const body = [said, t.page.support(operator.support.phone)];
  return bubble({ altText: said, title: t.link.button, body });
}

async function present({ publicUrl, secrets }: OrdersDeps, context: TalkContext): Promise<Message> {
  const t = ordersText(context.language);
  const visitor = { lineUserId: context.lineUserId, contractorId: null, linkedOrderId: null, sentOrderId: null };
  const rows = await loadOwnOrders(runnerOf(context.db), visitor);
  const orders = rows.slice(0, SHOWN).map((each) => openOrder(secrets.show, each));
  if (orders.length === 0) {
    const apply = [button(t.apply, buttonData('applications', 'open'), 'primary')];
    return bubble({ altText: t.none, title: t.list, body: [t.none], buttons: apply });
  }
  const [only] = orders;
  const path = orders.length === 1 && only ? orderPath(only.orderId) : '/orders';
  const page = `${publicUrl}/login/line?next=${encodeURIComponent(path)}`;
  return bubble({
    altText: orders.map((order) => `${shownNumber(order)} ${t.states[order.state]}`).join('\n'),
    title: t.list,
    body: orders.map((order) => row(shownNumber(order), t.states[order.state])),
    buttons: [button(t.see, page, 'primary')],
  });
}
