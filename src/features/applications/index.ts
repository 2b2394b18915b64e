import type { Operator } from '../../base/operator.ts';
import type { TalkHandler } from '../../infra/line/talk.ts';
import { createApplicationsTalk } from './chat.ts';

/** What somebody hears who wants a contract. */
export function createApplications(deps: { operator: Pick<Operator, 'support' | 'plans' | 'megabyte'> }): {
  talk: TalkHandler;
} {
  return { talk: createApplicationsTalk(deps.operator) };
}
