/** Seconds until a delivery to somebody else's program that failed is tried again; after the last one it is given up. */
const RETRY_SECONDS = [10, 60, 300, 1_800, 7_200, 21_600] as const;

/** When to try again after so many failures, or null: no more. */
export function retryAfterSeconds(failures: number): number | null {
  return RETRY_SECONDS[failures - 1] ?? null;
}
