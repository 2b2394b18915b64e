export type { Balance } from './balance.ts';
export { usableBytes } from './rules/balance.ts';
export { type Calendar, createCalendar } from './rules/calendar.ts';
export { BUCKET_KINDS, isUsable, kindNow } from './rules/kinds.ts';
export { inUseOrder } from './rules/use-order.ts';
export { bucketNames, dayWords, momentWords, untilDay } from './words.ts';
