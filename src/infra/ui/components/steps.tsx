import type { Language } from '../../../base/language.ts';
import { uiText } from '../text.ts';

/** Where we are in a journey of a few steps; `current` counts from 0. */
export function Steps(props: { steps: readonly string[]; current: number; language: Language }) {
  return (
    <ol class="steps" aria-label={uiText(props.language).step(props.current + 1, props.steps.length)}>
      {props.steps.map((step, index) => (
        <li
          class={index < props.current ? 'done' : index === props.current ? 'now' : 'later'}
          aria-current={index === props.current ? 'step' : undefined}
        >
          <span>{step}</span>
        </li>
      ))}
    </ol>
  );
}
