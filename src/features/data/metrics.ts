import { Counter, Gauge, type Metric } from 'prom-client';
import type { SqlRunner } from '../../infra/db/runner.ts';
import { lastMonthTurns } from './turn/progress-store.ts';
import type { RecordOutcome } from './usage/feed.ts';

/** What those who watch the feed and the turn of the month want to see. */
export function createDataMetrics(sql: SqlRunner) {
  const records = new Counter({
    name: 'renkei_usage_records_total',
    help: 'Records of the usage feed, by what became of them; of this process',
    labelNames: ['outcome'],
    registers: [],
  });
  for (const outcome of ['accepted', 'duplicate', 'conflict', 'refused'] satisfies RecordOutcome['status'][]) {
    records.inc({ outcome }, 0);
  }
  const ofTheTurn = (name: string, help: string, read: (turn: { done: number; total: number }) => number) =>
    new Gauge({
      name,
      help,
      registers: [],
      async collect() {
        const [last] = await lastMonthTurns(sql, 1);
        this.set(last === undefined ? 0 : read(last));
      },
    });
  const metrics: readonly Metric[] = [
    records,
    ofTheTurn('renkei_month_turn_done', 'Subscriptions turned into the last month', ({ done }) => done),
    ofTheTurn('renkei_month_turn_remaining', 'Subscriptions that wait for it', ({ done, total }) => total - done),
  ];
  return {
    metrics,
    count(outcomes: readonly RecordOutcome[]): void {
      for (const { status } of outcomes) records.inc({ outcome: status });
    },
  };
}
