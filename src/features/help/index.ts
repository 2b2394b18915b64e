import type { Operator } from '../../base/operator.ts';
import type { TalkHandler } from '../../infra/line/talk.ts';
import { createHelpTalk } from './chat.ts';

/** Anytime help in the talk. */
export function createHelp(deps: { operator: Pick<Operator, 'support'> }): { talk: TalkHandler } {
  return { talk: createHelpTalk(deps.operator) };
}
