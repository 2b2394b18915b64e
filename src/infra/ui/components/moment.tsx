import type { Temporal } from 'temporal-polyfill';
import type { Language } from '../../../base/language.ts';
import { formatMoment } from '../format.ts';

/** A moment that breaks between day and time, where a narrow column has to break it. */
export function Moment(props: { at: Temporal.Instant; zone: string; language: Language }) {
  const words = formatMoment(props.at, props.zone, props.language);
  const cut = words.lastIndexOf(' ');
  return (
    <time datetime={props.at.toString()}>
      <span class="figure">{words.slice(0, cut)}</span> <span class="figure">{words.slice(cut + 1)}</span>
    </time>
  );
}
