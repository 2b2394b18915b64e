import { formatBytes, type MegabyteSize } from '../../../base/bytes.ts';
import type { Language } from '../../../base/language.ts';
import type { BucketKind } from '../../../base/operator.ts';
import { formatShortDay } from '../format.ts';
import { uiText } from '../text.ts';

export interface MeterBucket {
  readonly kind: BucketKind;
  readonly remainingBytes: number;
  /** The last day on which it can be used, `YYYY-MM-DD`. */
  readonly lastDay?: string;
}

const WIDTH = 1000;

/**
 * What is left, kind by kind, as one bar and a list that says the same in words. The bar is the whole of
 * `capacityBytes` (for instance what the month began with), or of what is left when that is more.
 */
export function BucketMeter(props: {
  buckets: readonly MeterBucket[];
  capacityBytes: number;
  megabyte: MegabyteSize;
  language: Language;
}) {
  const t = uiText(props.language);
  return (
    <div class="meter">
      <MeterBar buckets={props.buckets} capacityBytes={props.capacityBytes} />
      <ul>
        {props.buckets.map((bucket) => (
          <li>
            <span class={`dot kind-${bucket.kind}`} aria-hidden="true"></span>
            <span class="meter-kind">
              {t.kinds[bucket.kind]}
              {bucket.lastDay ? (
                <span class="muted">{t.until(formatShortDay(bucket.lastDay, props.language))}</span>
              ) : null}
            </span>
            <span class="figure">{formatBytes(bucket.remainingBytes, props.megabyte)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The bar alone, for a glance: what it shows is said in words beside it. */
export function MeterBar(props: {
  buckets: readonly Pick<MeterBucket, 'kind' | 'remainingBytes'>[];
  capacityBytes: number;
}) {
  const total = props.buckets.reduce((sum, bucket) => sum + bucket.remainingBytes, 0);
  const whole = Math.max(total, props.capacityBytes, 1);
  let start = 0;
  const bars = props.buckets.map((bucket) => {
    const bar = { kind: bucket.kind, x: start, width: Math.round((bucket.remainingBytes / whole) * WIDTH) };
    start += bar.width;
    return bar;
  });
  return (
    <svg class="meter-bar" viewBox={`0 0 ${WIDTH} 16`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <rect class="meter-ground" width={WIDTH} height="16" />
      {bars.map((bar) => (
        <rect class={`kind-${bar.kind}`} x={bar.x} width={bar.width} height="16" />
      ))}
    </svg>
  );
}
