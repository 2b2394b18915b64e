import type { TapResult } from '../contract.ts';
import type { Platform } from '../platform.ts';
import type { PersonRecord } from '../world/people.ts';
import { type Button, buttonsOf } from './buttons.ts';
import { press } from './press.ts';
import { screenOf } from './screen.ts';

/** Presses the newest visible thing with that label, or says which labels there are. */
export function tap(
  platform: Platform,
  person: PersonRecord,
  label: string,
): { isFound: true; result: TapResult } | { isFound: false; labels: string[] } {
  const buttons = visibleButtons(platform, person);
  const found = buttons.find((button) => button.label === label);
  if (!found) return { isFound: false, labels: [...new Set(buttons.map((button) => button.label))] };
  return { isFound: true, result: press(platform, person, found.action) };
}

/** Quick replies, then buttons from the newest message back, then the menu at the bottom. */
function visibleButtons(platform: Platform, person: PersonRecord): Button[] {
  const { quickReplies, talk, richMenu } = screenOf(platform, person);
  const fromAccount = talk.filter((entry) => entry.from === 'account').reverse();
  return [...quickReplies, ...fromAccount.flatMap((entry) => buttonsOf(entry.message)), ...(richMenu?.areas ?? [])];
}
