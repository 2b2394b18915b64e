import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../../infra/db/index.ts';
import { botSolved, type Cut, type Period, share, slotsOf } from '../rules/measures.ts';
import {
  type AskedFigures,
  type ClosedFigures,
  loadAskedFigures,
  loadClosedFigures,
  type Span,
} from './measures-store.ts';

/** Questions to the bot within an hour, as the help feature counts them. */
interface QuestionHour {
  readonly hour: Temporal.Instant;
  readonly answered: number;
  readonly unanswered: number;
}

export type QuestionsInTalk = (
  sql: SqlRunner,
  span: { from: Temporal.Instant; until: Temporal.Instant },
) => Promise<readonly QuestionHour[]>;

/** All measures of one day, one hour of the clock, or the whole period. What cannot be known is null. */
export interface Measures extends AskedFigures, ClosedFigures {
  readonly name: string;
  readonly questions: number;
  readonly unanswered: number;
  /** 0–1. */
  readonly botSolved: number | null;
  readonly rated: number;
  /** How many of those who said something said "good"; 0–1. */
  readonly satisfied: number | null;
}

export interface MeasuresOfPeriod {
  readonly whole: Measures;
  readonly slots: readonly Measures[];
}

/** Three set-based statements, whatever the period: conversations asked for, conversations closed, questions. */
export async function loadMeasures(
  sql: SqlRunner,
  questionsInTalk: QuestionsInTalk,
  { period, cut, zone }: { period: Period; cut: Cut; zone: string },
): Promise<MeasuresOfPeriod> {
  const slots = slotsOf(period, cut, zone);
  const [first, last] = [slots.hours[0], slots.hours.at(-1)];
  if (!first || !last) throw new Error('a period has hours');
  const span: Span = { slots, from: first.startsAt, until: last.startsAt.add({ hours: 1 }) };
  const [asked, closed, questions] = await Promise.all([
    loadAskedFigures(sql, span),
    loadClosedFigures(sql, span),
    questionsInTalk(sql, span),
  ]);
  const slotOf = new Map(slots.hours.map(({ startsAt, slot }) => [startsAt.epochMilliseconds, slot]));
  const measuresOf = (name: string, slot: number | null) =>
    together(name, {
      asked: asked.get(slot) ?? NOBODY_ASKED,
      closed: closed.get(slot) ?? NONE_CLOSED,
      questions: questions.filter(({ hour }) => slot === null || slotOf.get(hour.epochMilliseconds) === slot),
    });
  return { whole: measuresOf('', null), slots: slots.names.map((name, slot) => measuresOf(name, slot)) };
}

const NOBODY_ASKED: AskedFigures = {
  wishes: 0,
  taken: 0,
  leftBefore: 0,
  waitedMedian: null,
  waitedMost: null,
  answeredMedian: null,
  messageAnsweredMedian: null,
};
const NONE_CLOSED: ClosedFigures = { closed: 0, good: 0, fair: 0, poor: 0 };

function together(
  name: string,
  { asked, closed, questions }: { asked: AskedFigures; closed: ClosedFigures; questions: readonly QuestionHour[] },
): Measures {
  const sum = (of: 'answered' | 'unanswered') => questions.reduce((total, hour) => total + hour[of], 0);
  const [answered, unanswered] = [sum('answered'), sum('unanswered')];
  const rated = closed.good + closed.fair + closed.poor;
  return {
    name,
    ...asked,
    ...closed,
    questions: answered + unanswered,
    unanswered,
    botSolved: botSolved({ answered, unanswered, wishes: asked.wishes }),
    rated,
    satisfied: share(closed.good, rated),
  };
}
