import type { Temporal } from 'temporal-polyfill';
import type { Operator } from '../../base/operator.ts';
import { enqueueMessages } from '../../infra/line/outbox/outbox.ts';
import type { Family, Json } from '../../ledger/family.ts';
import type { PointAnswer, PointCommand } from './commands.ts';
import { decidePoints } from './decide.ts';
import type { PointFacts } from './facts.ts';
import { loadPointFacts } from './load-store.ts';
import { stickerMessages } from './messages.ts';
import { endAfterDays, tellingMoment } from './rules/calendar.ts';
import { savePointFacts } from './save-store.ts';

export type PointFamily = Family<PointCommand, PointFacts, PointAnswer>;

/** Points as a family of the ledger. They belong to the contractor; what is set aside for stickers to the order itself. */
export function createPointFamily(deps: { operator: Operator; publicUrl: string }): PointFamily {
  const { operator } = deps;
  const earnedUntil = createEnds(operator);
  return {
    scope: 'point',
    owners,
    isRepeatable: ({ kind }) => REPEATABLE.has(kind),
    // Granted and ended for everybody at once: people go first.
    isPatient: ({ kind }) => kind === 'grant' || kind === 'expire',
    body,
    load: (sql, commands) => loadPointFacts(sql, commands, operator.timeZone),
    decide: (command, facts, book, now) =>
      decidePoints(command, { facts, book, now, operator, earnedUntil: earnedUntil(now) }),
    async save(sql, facts, now) {
      await Promise.all([
        savePointFacts(sql, facts, { now, tellAt: tellingMoment(now, operator.timeZone) }),
        enqueueMessages(sql, now, stickerMessages(facts, deps)),
      ]);
    },
  };
}

/** The end of what is earned at a moment, remembered: all commands of a batch ask for the same, and it takes 70 µs. */
function createEnds({ points, timeZone }: Operator): (now: Temporal.Instant) => Temporal.Instant {
  let last: { now: Temporal.Instant; end: Temporal.Instant } | undefined;
  return (now) => {
    if (last?.now !== now) last = { now, end: endAfterDays(now, points.daysToLive, timeZone) };
    return last.end;
  };
}

/** Its own row says that it is done: a month granted, an order settled, nothing left that has ended. */
const REPEATABLE: ReadonlySet<PointCommand['kind']> = new Set(['grant', 'settle-sticker', 'expire']);

function owners(command: PointCommand): readonly string[] {
  const isSticker = command.kind === 'order-sticker' || command.kind === 'settle-sticker';
  return isSticker ? [command.contractorId, command.orderId] : [command.contractorId];
}

/** What was asked: the id of a new order is ours, and a repeat comes with another. */
function body(command: PointCommand): Json {
  if (command.kind === 'order-sticker') {
    const { kind, contractorId, lineUserId, stickerCode } = command;
    return { kind, contractorId, lineUserId, stickerCode };
  }
  const { requestId: _, ...asked } = command;
  return asked;
}
