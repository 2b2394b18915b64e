export type SendingKind = 'reply' | 'push' | 'multicast' | 'narrowcast' | 'broadcast' | 'pnp';

/** Messages sent this month, and per day and kind, counted in Japan's time zone as LINE counts them. */
export class Quota {
  readonly #perMonth = new Map<string, number>();
  readonly #perDay = new Map<string, number>();
  /** Null: as many as one likes. */
  limitPerMonth: number | null;

  constructor(limitPerMonth: number | null) {
    this.limitPerMonth = limitPerMonth;
  }

  usedInMonth(nowMs: number): number {
    return this.#perMonth.get(dayInJapan(nowMs).slice(0, 6)) ?? 0;
  }

  /** Whether that many more would pass the month's limit. */
  wouldExceed(count: number, nowMs: number): boolean {
    return this.limitPerMonth !== null && this.usedInMonth(nowMs) + count > this.limitPerMonth;
  }

  /** Replies are free, and notification messages are billed apart: they count for the day, not for the month. */
  count(kind: SendingKind, recipients: number, nowMs: number): void {
    const day = dayInJapan(nowMs);
    this.#perDay.set(`${kind} ${day}`, this.sentOn(kind, day) + recipients);
    if (kind !== 'reply' && kind !== 'pnp') this.#perMonth.set(day.slice(0, 6), this.usedInMonth(nowMs) + recipients);
  }

  /** @param day `yyyyMMdd` */
  sentOn(kind: string, day: string): number {
    return this.#perDay.get(`${kind} ${day}`) ?? 0;
  }

  reset(): void {
    this.#perMonth.clear();
    this.#perDay.clear();
  }
}

const dayMs = 24 * 3_600_000;
let written = { day: Number.NaN, text: '' };

/** `yyyyMMdd` in UTC+9. */
export function dayInJapan(ms: number): string {
  const day = Math.floor((ms + 9 * 3_600_000) / dayMs);
  if (day !== written.day) {
    written = { day, text: new Date(day * dayMs).toISOString().slice(0, 10).replaceAll('-', '') };
  }
  return written.text;
}
