import type { Operator } from '../../../base/operator.ts';
import type { Family, Json } from '../../../ledger/family.ts';
import { createCalendar } from '../rules/calendar.ts';
import { type DataAnswer, type DataCommand, subscriptionsOf } from './commands.ts';
import { decideData } from './decide.ts';
import type { Deciding } from './deciding.ts';
import type { DataFacts } from './facts.ts';
import { loadDataFacts, saveDataFacts } from './store.ts';

export type DataFamily = Family<DataCommand, DataFacts, DataAnswer>;

/** Use, grants, top-ups, corrections and slices as a family of the ledger: but for use each touches one subscription. */
export function createDataFamily(operator: Operator): DataFamily {
  const calendar = createCalendar(operator.timeZone);
  const baseBytesOf = baseBytesIn(operator);
  const notedPercents = operator.notices.leftPercents;
  const tellsEmpty = notedPercents.includes(0);
  return {
    scope: 'data',
    owners,
    body,
    isPatient: ({ kind }) => kind === 'use' || kind === 'turn' || kind === 'end',
    size: (command) => (command.kind === 'use' ? command.uses.length : 1),
    // Each use is known by itself; the month's row says that it was turned; what was taken out is not there any more.
    isRepeatable: ({ kind }) => kind === 'use' || kind === 'turn' || kind === 'end',
    load: (sql, commands, now, opened) => loadDataFacts(sql, commands, { month: calendar.monthOf(now), opened }),
    decide: (command, facts, book, now) =>
      decideData(command, {
        facts,
        book,
        now,
        calendar,
        baseBytesOf,
        notedPercents,
        keptDays: operator.usage.keptDays,
      }),
    save: (sql, facts, now) =>
      saveDataFacts(sql, facts, { now, monthEnd: calendar.endOf(calendar.monthOf(now)), tellsEmpty }),
  };
}

/** The monthly volumes of an operator's plans. */
export function baseBytesIn(operator: Operator): Deciding['baseBytesOf'] {
  const baseBytes = new Map(operator.plans.map((plan) => [plan.code, plan.monthlyBytes]));
  return (planCode) => baseBytes.get(planCode) ?? 0;
}

/** What is on loan is owned by its reservation. */
function owners(command: DataCommand): readonly string[] {
  return 'reservationId' in command ? [command.subscriptionId, command.reservationId] : subscriptionsOf(command);
}

/** What was asked: the id of a new reservation is ours, and a repeat comes with another. */
function body(command: DataCommand): Json {
  // Told apart use by use.
  if (command.kind === 'use') return null;
  const { requestId: _, ...asked } = command;
  if (asked.kind !== 'reserve') return asked;
  const { reservationId: __, ...slice } = asked;
  return slice;
}
