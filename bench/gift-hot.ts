import { give } from './gift.ts';
import { callersFor, inTurns } from './load.ts';
import type { Question } from './question.ts';

/** What if all give to one, or one gives to all? Against gifts between any two. */
export const giftHot: Question = async (world, tally, { seconds, rounds }) => {
  const { richest } = world;
  const [receiver = ''] = world.subscriptions;
  const other = (than: string): string => {
    const one = world.one();
    return one === than ? other(than) : one;
  };
  const run = (sides: () => { from: string; to: string }) => () =>
    callersFor(seconds, 512, () => give(world, tally, sides()));
  const { uniform, hotReceiver, hotSender } = await inTurns(rounds, {
    uniform: run(world.pair),
    hotReceiver: run(() => ({ from: other(receiver), to: receiver })),
    hotSender: run(() => ({ from: richest, to: other(richest) })),
  });
  const baseline = { name: 'between any two', perSecond: uniform.perSecond };
  return [
    { path: 'gift, all to one, 512 waiting', measured: hotReceiver, baseline },
    { path: 'gift, one to all, 512 waiting', measured: hotSender, baseline },
  ];
};
