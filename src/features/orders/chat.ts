import { fold } from '../../base/language.ts';
import { runnerOf } from '../../infra/db/index.ts';
import { bubble, button, quickReply, row } from '../../infra/line/flex.ts';
import { buttonData, type Message, type TalkContext, type TalkHandler } from '../../infra/line/talk.ts';
import { loadOwnOrders } from './access-store.ts';
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
    hear: async (context) => [await present(deps, context)],
  };
}

async function present({ publicUrl, secrets }: OrdersDeps, context: TalkContext): Promise<Message> {
  const t = ordersText(context.language);
  const visitor = { lineUserId: context.lineUserId, contractorId: null, linkedOrderId: null };
  const rows = await loadOwnOrders(runnerOf(context.db), visitor);
  const orders = rows.slice(0, SHOWN).map((each) => openOrder(secrets.show, each));
  const menu = [quickReply(t.link.menu, 'menu.open')];
  if (orders.length === 0) {
    const apply = [button(t.apply, buttonData('applications', 'open'), 'primary')];
    return bubble({ altText: t.none, title: t.list, body: [t.none], buttons: apply, quickReplies: menu });
  }
  const [only] = orders;
  const path = orders.length === 1 && only ? orderPath(only.orderId) : '/orders';
  const page = `${publicUrl}/login/line?next=${encodeURIComponent(path)}`;
  return bubble({
    altText: orders.map((order) => `${shownNumber(order)} ${t.states[order.state]}`).join('\n'),
    title: t.list,
    body: orders.map((order) => row(shownNumber(order), t.states[order.state])),
    buttons: [button(t.see, page, 'primary')],
    quickReplies: menu,
  });
}
