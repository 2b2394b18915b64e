import type { GiftAnswer, GiftCommand } from './commands.ts';
import { claim } from './decide-claim.ts';
import { direct, offer } from './decide-offer.ts';
import { giveBack } from './decide-return.ts';
import type { Deciding } from './deciding.ts';

/** One gift command on the working copy: asks the rules, moves what they say, notes what is to be saved and told. */
export function decideGift(command: GiftCommand, on: Deciding): GiftAnswer {
  switch (command.kind) {
    case 'offer':
      return offer(command, on);
    case 'direct':
      return direct(command, on);
    case 'claim':
      return claim(command, on);
    case 'return':
      return giveBack(command, on);
  }
}
