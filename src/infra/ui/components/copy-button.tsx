import type { Language } from '../../../base/language.ts';
import { uiText } from '../text.ts';

/** Copies a text. Without JavaScript it stays away; the text itself stands selectable beside it. */
export function CopyButton(props: { text: string; language: Language; label?: string }) {
  const t = uiText(props.language);
  return (
    <button type="button" class="button secondary copy" data-copy={props.text} data-copied={t.copied} hidden>
      {props.label ?? t.copy}
    </button>
  );
}

/** A code to read out or copy, in groups of four: `1234 5678 9012 3456`. */
export function Code({ code }: { code: string }) {
  return <span class="code">{code.match(/.{1,4}/g)?.join(' ') ?? ''}</span>;
}
