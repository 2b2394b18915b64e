/** A coupon as the bot described it, and what became of it. */
export interface Coupon {
  couponId: string;
  /** The request that made it. */
  body: CouponBody;
  createdAtMs: number;
  isClosed: boolean;
}

export interface CouponBody extends Record<string, unknown> {
  title: string;
  startTimestamp: number;
  endTimestamp: number;
  maxUseCountPerTicket: number;
  imageUrl?: string;
  reward?: { type: string; priceInfo?: Record<string, unknown> };
  acquisitionCondition: { type: string; maxAcquireCount?: number };
}

/** Coupons by id, oldest first. */
export class Coupons {
  readonly #coupons = new Map<string, Coupon>();

  add(coupon: Coupon): void {
    this.#coupons.set(coupon.couponId, coupon);
  }

  find(couponId: string): Coupon | undefined {
    return this.#coupons.get(couponId);
  }

  /** Newest first. */
  all(): Coupon[] {
    return [...this.#coupons.values()].reverse();
  }

  dump(): Coupon[] {
    return [...this.#coupons.values()];
  }

  load(coupons: Coupon[]): void {
    this.reset();
    for (const coupon of coupons) this.add(coupon);
  }

  reset(): void {
    this.#coupons.clear();
  }
}
