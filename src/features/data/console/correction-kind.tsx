import { Temporal } from 'temporal-polyfill';
import { formatBytes } from '../../../base/bytes.ts';
import type { Language } from '../../../base/language.ts';
import { lastDayBefore } from '../../../base/operator-month.ts';
import { accept, refuse } from '../../../base/refusal.ts';
import { runnerOf, type SqlRunner } from '../../../infra/db/index.ts';
import { text } from '../../../infra/line/flex.ts';
import { enqueueMessages } from '../../../infra/line/outbox/outbox.ts';
import { formatDay } from '../../../infra/ui/format.ts';
import { uiText } from '../../../infra/ui/text.ts';
import { submitWithin } from '../../../ledger/within.ts';
import type { FourEyesKind, FourEyesRequest } from '../../staff/index.ts';
import type { CorrectCommand } from '../batch/commands.ts';
import { subscriptionName } from '../words.ts';
import { CORRECTION, correctionPayload } from './correction-request.ts';
import type { DataConsole } from './deps.ts';
import { dataConsoleText } from './text.ts';

/** A correction of somebody's data, which a second person applies by approving it. */
export function correctionKind(deps: DataConsole): FourEyesKind {
  const { operator, clock } = deps;
  const amount = (bytes: number) => formatBytes(Math.abs(bytes), operator.megabyte);
  const lastDay = (expiresAt: string, language: Language) =>
    formatDay(lastDayBefore(Temporal.Instant.from(expiresAt), operator.timeZone), language);

  return {
    kind: CORRECTION,

    describe(request, language) {
      const { amountBytes, into, lastFour } = correctionPayload.parse(request.payload);
      const t = dataConsoleText(language);
      const kind = into === null ? [] : [{ term: t.correction.kind, value: uiText(language).kinds[into.bucket] }];
      const end = into === null ? [] : [{ term: t.correction.lastDay, value: lastDay(into.expiresAt, language) }];
      const ledger = `/console/subscriptions/${request.subscriptionId}/ledger`;
      return {
        title: t.correction.asked(amountBytes > 0, amount(amountBytes)),
        rows: [
          { term: t.correction.subscription, value: <a href={ledger}>{`${t.ledger.title} …${lastFour}`}</a> },
          ...kind,
          ...end,
        ],
      };
    },

    async apply(tx, request, decider) {
      const sql = runnerOf(tx);
      const { amountBytes, into } = correctionPayload.parse(request.payload);
      const command: CorrectCommand = {
        kind: 'correct',
        requestId: `correction:${request.requestId}`,
        subscriptionId: request.subscriptionId ?? '',
        amountBytes,
        into,
        reason: request.reason,
        askedBy: request.askedBy,
        approvedBy: decider.staffId,
      };
      const [submitted] = await submitWithin(sql, clock.now(), deps.data.family, [command]);
      if (submitted === undefined) throw new Error('a correction was not answered');
      if (!submitted.ok) return refuse(submitted.code);
      const { answer } = submitted;
      if (answer.result === 'refused') return refuse(answer.code);
      if (answer.result !== 'changed') throw new Error('a correction was answered as something else');
      await tellUsers(sql, request, { amountBytes, into, leftBytes: answer.totalBytes });
      return accept(null);
    },

    refused: (code, language) =>
      Object.entries(dataConsoleText(language).correction.faults).find(([known]) => known === code)?.[1] ?? code,
  };

  /** Whoever carries the phone sees more or less than before, and is told by how much. */
  async function tellUsers(
    sql: SqlRunner,
    { requestId, subscriptionId }: FourEyesRequest,
    done: Pick<CorrectCommand, 'amountBytes' | 'into'> & { leftBytes: number },
  ): Promise<void> {
    if (subscriptionId === null) return;
    const [subscriptions, links] = await Promise.all([
      deps.contractors.subscriptions(sql, [subscriptionId]),
      deps.linking.lineAccountsLinkedTo(sql, [subscriptionId]),
    ]);
    const subscription = subscriptions.get(subscriptionId);
    const lineUserIds = (links.get(subscriptionId) ?? []).map(({ lineUserId }) => lineUserId);
    if (subscription === undefined || lineUserIds.length === 0) return;
    const people = await deps.lineAccountsOf(sql, lineUserIds);
    const messages = lineUserIds.map((lineUserId) => {
      const language = people.get(lineUserId)?.language ?? 'ja';
      const t = dataConsoleText(language).correction;
      const until = done.into === null ? '' : lastDay(done.into.expiresAt, language);
      const whose = subscriptionName(subscription, language);
      const said = t.told(done.amountBytes > 0, whose, amount(done.amountBytes), until, amount(done.leftBytes));
      return {
        lineUserId,
        messages: [text(`${said}\n\n${t.call(operator.support.phone)}`)],
        dedupeKey: `data-correction:${requestId}:${lineUserId}`,
      };
    });
    await enqueueMessages(sql, clock.now(), messages);
  }
}
