import { type CheckedMessage, chatOf, deliver, type Recipient } from '../acts/deliver.ts';
import type { Platform } from '../platform.ts';
import type { PersonRecord } from '../world/people.ts';
import { acceptOnce, checkedRetryKey, refuseRetryKey } from './accept-once.ts';
import { checkedBody } from './body.ts';
import type { Answer, Asked, Operation, Operations } from './operation.ts';
import { refuse } from './refusal.ts';

const userIdShape = /^U[0-9a-f]{32}$/;
const groupShape = /^[CR][0-9a-f]{32}$/;

interface PushBody {
  messages: CheckedMessage[];
  customAggregationUnits?: string[];
}

/** Reply, push, multicast, broadcast, and the validation of each kind of sending. */
export function sendOperations(platform: Platform): Operations {
  const { world } = platform;

  function reply(asked: Asked): Answer {
    refuseRetryKey(retryKeyOf(asked));
    const body = checkedBody<{ replyToken: string; messages: CheckedMessage[] }>(asked, 'Reply');
    const now = world.clock.now();
    const chatId = world.replyTokens.find(body.replyToken, now);
    const recipient = chatId === null ? undefined : (world.people.find(chatId) ?? world.groups.find(chatId));
    if (!recipient) throw refuse(400, 'Invalid reply token');
    checkQuotes(chatId, body.messages);
    world.replyTokens.use(body.replyToken);
    world.quota.count('reply', 1, now);
    return { status: 200, body: { sentMessages: deliver(platform, [recipient], body.messages) } };
  }

  function push(asked: Asked): Answer {
    const retryKey = checkedRetryKey(retryKeyOf(asked));
    const body = checkedBody<PushBody & { to: string }>(asked, 'Push');
    return acceptOnce(platform, { requestId: asked.requestId, retryKey }, () => {
      const recipient = groupShape.test(body.to) ? groupAt(body.to) : personAt(body.to, 'to');
      checkQuotes(chatOf(recipient), body.messages);
      return {
        kind: 'push',
        recipients: [recipient],
        messages: body.messages,
        units: body.customAggregationUnits ?? [],
      };
    });
  }

  function multicast(asked: Asked): Answer {
    const retryKey = checkedRetryKey(retryKeyOf(asked));
    const body = checkedBody<PushBody & { to: string[] }>(asked, 'Multicast');
    checkQuotes(null, body.messages);
    return acceptOnce(platform, { requestId: asked.requestId, retryKey }, () => ({
      kind: 'multicast',
      recipients: body.to.map((userId, index) => personAt(userId, `to[${index}]`)),
      messages: body.messages,
      units: body.customAggregationUnits ?? [],
    }));
  }

  function broadcast(asked: Asked): Answer {
    const retryKey = checkedRetryKey(retryKeyOf(asked));
    const body = checkedBody<{ messages: CheckedMessage[] }>(asked, 'Broadcast');
    checkQuotes(null, body.messages);
    return acceptOnce(platform, { requestId: asked.requestId, retryKey }, () => ({
      kind: 'broadcast',
      recipients: world.people.all().filter((person) => world.people.isReachable(person)),
      messages: body.messages,
      units: [],
    }));
  }

  function validate(asked: Asked): Answer {
    refuseRetryKey(retryKeyOf(asked));
    checkedBody(asked, 'Validate');
    return { status: 200, body: {} };
  }

  function personAt(userId: string, property: string): PersonRecord {
    if (!userIdShape.test(userId)) {
      throw refuse(400, `The property, '${property}', in the request body is invalid (line: -, column: -)`);
    }
    const person = world.people.find(userId);
    if (!person) throw refuse(400, 'Failed to send messages');
    return person;
  }

  /** A group the account is not in is no more to it than one that does not exist. */
  function groupAt(groupId: string): Recipient {
    const group = world.groups.find(groupId);
    if (!group?.hasAccount) throw refuse(400, 'Failed to send messages');
    return group;
  }

  /** @param chatId null: sent to many, where nothing can be quoted */
  function checkQuotes(chatId: string | null, messages: CheckedMessage[]): void {
    messages.forEach(({ quoteToken }, index) => {
      if (typeof quoteToken !== 'string') return;
      if (chatId !== null && world.quotes.messageIn(chatId, quoteToken) !== null) return;
      const property = `messages[${index}].quoteToken`;
      throw refuse(400, 'The request body has 1 error(s)', [{ message: 'Invalid quote token', property }]);
    });
  }

  const sendings: [string, Operation][] = [
    ['POST /v2/bot/message/reply', reply],
    ['POST /v2/bot/message/push', push],
    ['POST /v2/bot/message/multicast', multicast],
    ['POST /v2/bot/message/broadcast', broadcast],
  ];
  const kinds = ['reply', 'push', 'multicast', 'narrowcast', 'broadcast'];
  return new Map([
    ...sendings,
    ...kinds.map((kind): [string, Operation] => [`POST /v2/bot/message/validate/${kind}`, validate]),
  ]);
}

function retryKeyOf({ headers }: Asked): string | undefined {
  const key = headers['x-line-retry-key'];
  return Array.isArray(key) ? key[0] : key;
}
