import type { DataAnswer, DataCommand, TopUpCommand } from './commands.ts';
import { correct } from './decide-correction.ts';
import { reserve, returnSlice, settleSlice } from './decide-slice.ts';
import { end, turnUpTo } from './decide-turn.ts';
import { decideUses } from './decide-use.ts';
import { type Deciding, refused } from './deciding.ts';
import { addTopUp } from './top-up.ts';

/** One command of the data ledger, on the working copy: asks the rules and moves what they say. */
export function decideData(command: DataCommand, on: Deciding): DataAnswer {
  if (command.kind === 'use') return { result: 'counted', outcomes: decideUses(command.uses, on) };
  const subscription = on.facts.subscriptions.get(command.subscriptionId);
  if (subscription === undefined) return refused('unknown-subscription');
  switch (command.kind) {
    case 'turn':
      return { result: 'turned', months: turnUpTo(command.month, subscription, on) };
    case 'top-up':
      return topUp(command, on);
    case 'correct':
      return correct(command, subscription, on);
    case 'end':
      return end(command.subscriptionId, on);
    case 'reserve':
      return reserve(command, subscription, on);
    case 'settle':
      return settleSlice(command, subscription, on);
    case 'return-slice':
      return returnSlice(command, on);
  }
}

function topUp({ subscriptionId, amountBytes }: TopUpCommand, { facts, book, now, calendar }: Deciding): DataAnswer {
  if (!Number.isSafeInteger(amountBytes) || amountBytes <= 0) return refused('not-an-amount');
  const { totalBytes } = addTopUp(book, { subscriptionId, amountBytes, now, calendar });
  facts.changes.filled.add(subscriptionId);
  return { result: 'changed', totalBytes };
}
