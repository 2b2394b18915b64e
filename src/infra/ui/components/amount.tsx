import { formatBytes, type MegabyteSize } from '../../../base/bytes.ts';

/** The one number that matters, large: figure and unit. */
export function Amount(props: { bytes: number; megabyte: MegabyteSize; label?: string }) {
  const [figure, unit] = splitAmount(formatBytes(props.bytes, props.megabyte));
  return (
    <p class="amount">
      {props.label ? <span class="amount-label">{props.label}</span> : null}
      <span class="amount-figure">{figure}</span>
      <span class="amount-unit">{unit}</span>
    </p>
  );
}

function splitAmount(text: string): [figure: string, unit: string] {
  return [text.slice(0, -2), text.slice(-2)];
}
