import type { Operator } from '../../base/operator.ts';
import { LineCallFailed } from '../../infra/line/answer.ts';
import type { LineClient } from '../../infra/line/client.ts';
import { notInGroups } from './messages.ts';
import type { Group } from './rules/routing.ts';

/**
 * A balance, a bill or a name has no place where others read along: one sentence says where to ask instead, and the account
 * goes. Repeatable without a note of ours: LINE takes the token once, and who has left leaves no more.
 */
export async function leaveGroup(
  { line, operator }: { line: Pick<LineClient, 'reply' | 'leaveGroup'>; operator: Operator },
  group: Group,
  replyToken: string | null,
): Promise<void> {
  const answers = [
    ...(replyToken === null ? [] : [await line.reply(replyToken, notInGroups(operator))]),
    await line.leaveGroup(group),
  ];
  // What LINE refuses it would refuse again; of anything else nobody knows what became of it.
  const failed = answers.find(
    (answer) => answer.kind === 'no-answer' || (answer.kind === 'refused' && answer.status >= 429),
  );
  if (failed && failed.kind !== 'ok') throw new LineCallFailed('leaving a group', failed);
}
