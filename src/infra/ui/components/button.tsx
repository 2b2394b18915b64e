import type { Child } from 'hono/jsx';
import type { Language } from '../../../base/language.ts';
import { uiText } from '../text.ts';

/** `primary` once a page; `danger` for what cannot be undone; `quiet` for the way out. */
export type ButtonKind = 'primary' | 'secondary' | 'danger' | 'quiet';

/** Sends its form. Give `name` and `value` when a form has several. */
export function Button(props: { kind?: ButtonKind; name?: string; value?: string; children?: Child }) {
  return (
    <button type="submit" class={`button ${props.kind ?? 'primary'}`} name={props.name} value={props.value}>
      {props.children}
    </button>
  );
}

/** Looks like a button, goes somewhere. */
export function LinkButton(props: { href: string; kind?: ButtonKind; children?: Child }) {
  return (
    <a class={`button ${props.kind ?? 'primary'}`} href={props.href}>
      {props.children}
    </a>
  );
}

/** 「LINEでログイン」 as a link: LINE's automatic login needs a real tap. */
export function LineLoginButton(props: { href: string; language: Language }) {
  return (
    <a class="button line-login" href={props.href}>
      <svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
        <path d="M12 3.5c-5 0-9 3.2-9 7.2 0 3.6 3.2 6.6 7.5 7.1v2.7l4-3.3c3.8-1 6.5-3.6 6.5-6.5 0-4-4-7.2-9-7.2z" />
      </svg>
      <span>{uiText(props.language).lineLogin}</span>
    </a>
  );
}

/** Buttons one below the other on a phone, side by side on a computer. */
export function Actions({ children }: { children?: Child }) {
  return <div class="actions">{children}</div>;
}
