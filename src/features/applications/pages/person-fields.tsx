import { Field } from '../../../infra/ui/components.tsx';
import type { FieldView } from './step.tsx';
import { pageText } from './text.ts';

type PersonView = FieldView & {
  /** Whether the browser's owner is meant; what it knows of them is offered only then. */
  readonly isOwner: boolean;
  /** Before the names of the fields, where a page asks about two people. */
  readonly prefix?: string;
};

/** Name, reading and birth date. */
export function PersonFields(view: PersonView) {
  return (
    <>
      <NameFields {...view} />
      <BirthDateField {...view} />
    </>
  );
}

export function NameFields({ c, value, errorOf, isOwner, prefix = '' }: PersonView) {
  const t = pageText(c.var.language).person;
  const field = (name: 'familyName' | 'givenName' | 'familyKana' | 'givenKana') => ({
    name: `${prefix}${name}`,
    label: t[name],
    value: value(`${prefix}${name}`),
    error: errorOf(`${prefix}${name}`),
    maxlength: 50,
  });
  return (
    <>
      <div class="side-by-side">
        <Field {...field('familyName')} autocomplete={isOwner ? 'family-name' : 'off'} />
        <Field {...field('givenName')} autocomplete={isOwner ? 'given-name' : 'off'} />
      </div>
      <div class="side-by-side">
        <Field {...field('familyKana')} />
        <Field {...field('givenKana')} />
      </div>
    </>
  );
}

export function BirthDateField({ c, value, errorOf, isOwner, prefix = '' }: PersonView) {
  const t = pageText(c.var.language).person;
  const name = `${prefix}birthDate`;
  return (
    <Field
      name={name}
      label={t.birthDate}
      hint={t.birthDateHint}
      value={value(name)}
      error={errorOf(name)}
      inputmode="numeric"
      autocomplete={isOwner ? 'bday' : 'off'}
      maxlength={20}
    />
  );
}
