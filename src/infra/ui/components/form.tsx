import type { Child } from 'hono/jsx';
import type { Language } from '../../../base/language.ts';
import { uiText } from '../text.ts';

/** One thing wrong: which field (its name), and what to do. */
export interface FieldError {
  readonly field: string;
  readonly text: string;
}

/**
 * A form that posts to a path of ours. `requestId` makes a double tap harmless: the use case answers a repeat with
 * what it answered before. One that is answered with a file leaves the page there: its button wakes again.
 */
export function Form(props: {
  action: string;
  requestId?: string;
  isAnsweredWithFile?: boolean | undefined;
  children?: Child;
}) {
  return (
    <form method="post" action={props.action} data-file={props.isAnsweredWithFile || undefined} novalidate>
      {props.requestId ? <input type="hidden" name="requestId" value={props.requestId} /> : null}
      {props.children}
    </form>
  );
}

/** On top of a page whose form was refused: what is wrong, each a link to its field. Empty list, nothing shown. */
export function ErrorSummary(props: { errors: readonly FieldError[]; language: Language }) {
  if (props.errors.length === 0) return null;
  return (
    <div class="error-summary" role="alert" tabindex={-1} aria-labelledby="error-summary-title">
      <h2 id="error-summary-title">{uiText(props.language).errorTitle}</h2>
      <ul>
        {props.errors.map((error) => (
          <li>
            <a href={`#${error.field}`}>{error.text}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

export interface FieldProps {
  name: string;
  label: string;
  hint?: string | undefined;
  /** What was typed before, kept when the form was refused. Never for passwords. */
  value?: string | undefined;
  error?: string | undefined;
  type?: 'text' | 'password' | 'email' | 'tel' | 'date';
  autocomplete?: string;
  inputmode?: 'text' | 'numeric' | 'tel' | 'email';
  required?: boolean;
  maxlength?: number;
  class?: string;
}

/** One line to type, with its label, hint and error tied to it for screen readers. */
export function Field(props: FieldProps) {
  const { name, hint, error } = props;
  return (
    <div class={error ? 'field wrong' : 'field'}>
      <label for={name}>{props.label}</label>
      <FieldNotes name={name} hint={hint} error={error} />
      <input
        class={props.class}
        id={name}
        name={name}
        type={props.type ?? 'text'}
        value={props.type === 'password' ? undefined : props.value}
        autocomplete={props.autocomplete ?? 'off'}
        inputmode={props.inputmode}
        maxlength={props.maxlength}
        required={props.required ?? true}
        autocapitalize="none"
        spellcheck={false}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={notesOf(name, hint, error)}
      />
    </div>
  );
}

/** Several lines to type. Where a page has several of one name, each has an id of its own. */
export function TextArea(
  props: Pick<FieldProps, 'name' | 'label' | 'hint' | 'value' | 'error' | 'maxlength'> & { id?: string; rows?: number },
) {
  const { name, hint, error, id = name } = props;
  return (
    <div class={error ? 'field wrong' : 'field'}>
      <label for={id}>{props.label}</label>
      <FieldNotes name={id} hint={hint} error={error} />
      <textarea
        id={id}
        name={name}
        rows={props.rows ?? 5}
        maxlength={props.maxlength}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={notesOf(id, hint, error)}
      >
        {props.value}
      </textarea>
    </div>
  );
}

/**
 * One field for a whole code (16 digits, 12 digits), wide enough for it in groups of four; takes full-width digits,
 * blanks and hyphens, so its `maxlength` leaves room for them.
 */
export function CodeField(props: Omit<FieldProps, 'type' | 'inputmode' | 'maxlength' | 'class'>) {
  return <Field {...props} inputmode="numeric" maxlength={60} class="code-input" />;
}

/** A yes or no. */
export function Checkbox(props: {
  name: string;
  label: Child;
  hint?: string;
  isChecked?: boolean;
  error?: string | undefined;
}) {
  const { hint, error } = props;
  return (
    <div class={error ? 'field choice wrong' : 'field choice'}>
      <input
        type="checkbox"
        id={props.name}
        name={props.name}
        value="yes"
        checked={props.isChecked ?? false}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={notesOf(props.name, hint, error)}
      />
      <div>
        <label for={props.name}>{props.label}</label>
        <FieldNotes name={props.name} hint={hint} error={error} />
      </div>
    </div>
  );
}

/** One of many, as a list that folds out. The empty value is "any" or "none", as its label says. */
export function Select(props: {
  name: string;
  label: string;
  options: readonly { readonly value: string; readonly label: string }[];
  value?: string | undefined;
  hint?: string;
  error?: string | undefined;
}) {
  const { name, hint, error } = props;
  return (
    <div class={error ? 'field wrong' : 'field'}>
      <label for={name}>{props.label}</label>
      <FieldNotes name={name} hint={hint} error={error} />
      <select id={name} name={name} aria-describedby={notesOf(name, hint, error)}>
        {props.options.map((option) => (
          <option value={option.value} selected={option.value === props.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

export interface RadioOption {
  readonly value: string;
  readonly label: Child;
  readonly hint?: Child;
  readonly isDisabled?: boolean;
}

/** One of several, each a card to tap. The first has the name as its id, so an error can lead to it. */
export function RadioCards(props: {
  name: string;
  legend: string;
  options: readonly RadioOption[];
  hint?: string | undefined;
  value?: string | undefined;
  error?: string | undefined;
  /** A word or two each, such as amounts: they stand side by side. */
  isShort?: boolean;
}) {
  const { name, hint, error } = props;
  return (
    <fieldset class={error ? 'field wrong' : 'field'} aria-describedby={notesOf(name, hint, error)}>
      <legend>{props.legend}</legend>
      <FieldNotes name={name} hint={hint} error={error} />
      <div class={props.isShort ? 'radio-cards short' : 'radio-cards'}>
        {props.options.map((option, index) => (
          <label class="radio-card">
            <input
              type="radio"
              id={index === 0 ? name : `${name}-${index + 1}`}
              name={name}
              value={option.value}
              checked={option.value === props.value}
              disabled={option.isDisabled ?? false}
            />
            <span>
              <span class="radio-label">{option.label}</span>
              {option.hint ? <span class="muted">{option.hint}</span> : null}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function FieldNotes(props: { name: string; hint: string | undefined; error: string | undefined }) {
  return (
    <>
      {props.hint ? (
        <p class="hint" id={`${props.name}-hint`}>
          {props.hint}
        </p>
      ) : null}
      {props.error ? (
        <p class="error" id={`${props.name}-error`}>
          {props.error}
        </p>
      ) : null}
    </>
  );
}

function notesOf(name: string, hint: string | undefined, error: string | undefined): string | undefined {
  const ids = [hint ? `${name}-hint` : '', error ? `${name}-error` : ''].filter((id) => id !== '');
  return ids.length > 0 ? ids.join(' ') : undefined;
}
