import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../../base/clock.ts';
import { type Db, runnerOf } from '../../db/index.ts';
import type { LineAnswer } from '../answer.ts';
import type { LineClient } from '../client.ts';
import type { Message } from '../talk.ts';
import type { Wording } from './outbox.ts';
import { openParcels } from './parcel-store.ts';
import { decideVerdict, decideWay, type Verdict } from './rules.ts';
import { countWaiting, type LeasedRow, leaseRows, type Settlement, settleRows, turnIntoPush } from './store.ts';

/** Messages about to be sent to a person who is in a conversation with staff. */
export interface SentMessages {
  readonly outboxId: string;
  readonly lineUserId: string;
  readonly createdAt: Temporal.Instant;
  readonly messages: readonly Message[];
}

export interface OutboxSenderOptions {
  db: Db;
  clock: Clock;
  line: Pick<LineClient, 'reply' | 'push' | 'linkRichMenu'>;
  /** LINE's id of one of the official account's menus; undefined while it has not been made. */
  richMenuIdOf(name: string): Promise<string | undefined>;
  /** The wordings for facts, by the name under which the facts were written. */
  wordings?: Readonly<Record<string, Wording>>;
  /** Called before each try to send messages to a person who is in a conversation with staff; not for others. */
  onConversation?(sent: SentMessages): Promise<void>;
  /** Called when the outcome of such messages is final: sent, refused, or never to be known. */
  onConversationSettled?(outboxId: string): Promise<void>;
  /** Called for messages that will not arrive (refused by LINE, or outcome unknown), without their content. */
  onLost?(lost: { outboxId: string; state: 'failed' | 'unknown'; why: string }): void;
  onError?(error: unknown): void;
  /** How many are sent at the same time. */
  parallel?: number;
  pollMs?: number;
  chance?: () => number;
}

export interface OutboxSender {
  start(): void;
  /** Something was committed to the outbox. */
  poke(): void;
  /** Sends everything that is due; answers when nothing due is left. */
  flush(): Promise<void>;
  /** Whether nothing waits, in any process. */
  isIdle(): Promise<boolean>;
  /** Waits for what is being sent. */
  stop(): Promise<void>;
}

/** Longer than a refused reply and the push after it may take (5 s each). */
const LEASE_SECONDS = 15;

/** Sends the outbox: each person's rows in order, many people at once, each row accepted by LINE once. */
export function createOutboxSender(options: OutboxSenderOptions): OutboxSender {
  const { db, clock, line, wordings = {}, parallel = 64, pollMs = 200, chance = Math.random } = options;
  const sql = runnerOf(db);
  const underWay = new Set<Promise<void>>();
  let settlements: { row: Settlement; written: () => void; failed: (error: unknown) => void }[] = [];
  let isSettling = false;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = true;
  let looking: Promise<number> | undefined;
  let mustLookAgain = false;

  /** The outcomes of tries are written together: all that came in while the write before was running. */
  function settle(row: Settlement): Promise<void> {
    return new Promise((written, failed) => {
      settlements.push({ row, written, failed });
      if (!isSettling) {
        isSettling = true;
        setImmediate(writeSettlements);
      }
    });
  }

  async function writeSettlements(): Promise<void> {
    while (settlements.length > 0) {
      const batch = settlements;
      settlements = [];
      try {
        await settleRows(
          sql,
          clock.now(),
          batch.map((entry) => entry.row),
        );
        for (const entry of batch) entry.written();
      } catch (error) {
        for (const entry of batch) entry.failed(error);
      }
    }
    isSettling = false;
  }

  async function send(row: LeasedRow): Promise<void> {
    const way = decideWay(row, clock.now());
    if (way === 'drop') return end(row, { next: 'settle', state: 'dropped' }, null);
    if (way === 'give-up') {
      return end(row, { next: 'settle', state: 'unknown', why: 'tried for a day without an answer' }, null);
    }
    const answer = await call(row, way);
    const verdict = decideVerdict(row, way, answer, clock.now(), chance());
    if (verdict.next !== 'push') return end(row, verdict, answer);

    await turnIntoPush(sql, row.outboxId);
    const pushed = await call(row, 'push');
    const second = decideVerdict({ ...row, hasReplyToken: false }, 'push', pushed, clock.now(), chance());
    return end(row, second, pushed);
  }

  async function call(row: LeasedRow, way: 'reply' | 'push' | 'link-menu'): Promise<LineAnswer<unknown>> {
    if ('menu' in row.content) {
      const richMenuId = await options.richMenuIdOf(row.content.menu);
      if (richMenuId === undefined) {
        return { kind: 'no-answer', isCertainlyUnsent: true, message: 'the menu has not been made yet' };
      }
      return line.linkRichMenu(row.lineUserId, richMenuId);
    }
    const messages = wordsOf(row, row.content);
    if (row.isInConversation) await options.onConversation?.({ ...row, messages });
    if (way === 'reply' && row.replyToken !== null) return line.reply(row.replyToken, messages);
    return line.push(row.lineUserId, messages, row.outboxId);
  }

  function wordsOf(row: LeasedRow, content: Exclude<LeasedRow['content'], { menu: string }>): readonly Message[] {
    if ('messages' in content) return content.messages;
    const wording = wordings[content.wording];
    if (wording === undefined) throw new Error(`nobody has words for ${content.wording}`);
    return wording(content.facts, row);
  }

  async function end(row: LeasedRow, verdict: Verdict, answer: LineAnswer<unknown> | null): Promise<void> {
    if (verdict.next === 'push') throw new Error('a push cannot turn into a push');
    const requestId =
      answer?.kind === 'ok'
        ? answer.requestId
        : answer?.kind === 'refused'
          ? (answer.acceptedRequestId ?? answer.requestId)
          : null;
    const isOver = verdict.next === 'settle';
    await settle({
      outboxId: row.outboxId,
      state: isOver ? verdict.state : 'waiting',
      retryAt: isOver ? null : verdict.at,
      isReplyUncertain: isOver ? false : verdict.isReplyUncertain,
      requestId,
      error: verdict.why ?? null,
    });
    if (isOver && row.isInConversation) await options.onConversationSettled?.(row.outboxId);
    if (isOver && (verdict.state === 'failed' || verdict.state === 'unknown')) {
      options.onLost?.({ outboxId: row.outboxId, state: verdict.state, why: verdict.why ?? '' });
    }
  }

  /** Leases as many rows as there is room for; answers how many were begun. */
  async function look(): Promise<number> {
    let begun = 0;
    do {
      mustLookAgain = false;
      const room = parallel - underWay.size;
      if (room <= 0) return begun;
      await openParcels(db);
      const rows = await leaseRows(sql, clock.now(), { limit: room, leaseSeconds: LEASE_SECONDS });
      begun += rows.length;
      for (const row of rows) {
        // If we fail ourselves, the row stays leased and is tried again when the lease has run out.
        const work: Promise<void> = send(row)
          .catch((error: unknown) => options.onError?.(error))
          .then(() => {
            underWay.delete(work);
            // The person's next row or others may be due; look when there is room for a good number of them.
            if (!isStopped && underWay.size <= parallel / 2) void poke();
          });
        underWay.add(work);
      }
    } while (mustLookAgain);
    return begun;
  }

  function poke(): Promise<number> {
    mustLookAgain = true;
    looking ??= look()
      .catch((error: unknown) => {
        options.onError?.(error);
        return 0;
      })
      .finally(() => {
        looking = undefined;
      });
    return looking;
  }

  return {
    start() {
      isStopped = false;
      timer = setInterval(poke, pollMs);
      void poke();
    },
    poke() {
      if (!isStopped) void poke();
    },
    async flush() {
      for (;;) {
        const begun = await poke();
        await Promise.all(underWay);
        if (begun === 0 && underWay.size === 0) return;
      }
    },
    async isIdle() {
      return underWay.size === 0 && (await countWaiting(sql)) === 0;
    },
    async stop() {
      isStopped = true;
      clearInterval(timer);
      await looking;
      await Promise.all(underWay);
    },
  };
}
