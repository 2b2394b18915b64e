import { give } from './gift.ts';
import { callersFor, inTurns, type Measured } from './load.ts';
import type { Question } from './question.ts';
import type { Tally } from './sound.ts';
import type { World } from './world.ts';

/** Gifts of 512 waiting, by who gives to whom. */
export const hotGifts = {
  uniform: (seconds: number, world: World, tally: Tally) => gifts(seconds, world, tally, world.pair),
  /** All give to one. */
  hotReceiver(seconds: number, world: World, tally: Tally) {
    const [to = ''] = world.subscriptions;
    return gifts(seconds, world, tally, () => ({ from: other(world, to), to }));
  },
  /** One gives to all. */
  hotSender(seconds: number, world: World, tally: Tally) {
    const from = world.richest;
    return gifts(seconds, world, tally, () => ({ from, to: other(world, from) }));
  },
};

function gifts(seconds: number, world: World, tally: Tally, sides: World['pair']): Promise<Measured> {
  return callersFor(seconds, 512, () => give(world, tally, sides()));
}

function other(world: World, than: string): string {
  const one = world.one();
  return one === than ? other(world, than) : one;
}

/** What if all give to one, or one gives to all? Against gifts between any two. */
export const giftHot: Question = async (world, tally, { seconds, rounds }) => {
  const { uniform, hotReceiver, hotSender } = await inTurns(rounds, {
    uniform: () => hotGifts.uniform(seconds, world, tally),
    hotReceiver: () => hotGifts.hotReceiver(seconds, world, tally),
    hotSender: () => hotGifts.hotSender(seconds, world, tally),
  });
  const baseline = { name: 'between any two', perSecond: uniform.perSecond };
  const goal = { ratio: 0.5 };
  return [
    { path: 'gift, all to one, 512 waiting', measured: hotReceiver, baseline, goal },
    { path: 'gift, one to all, 512 waiting', measured: hotSender, baseline, goal },
  ];
};
