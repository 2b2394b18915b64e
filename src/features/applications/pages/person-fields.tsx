import { Field } from '../../../infra/ui/components.tsx';
import type { StepView } from './step.tsx';
import { pageText } from './text.ts';

/** Name, reading and birth date. What the browser knows of its owner is offered only where the owner is meant. */
export function PersonFields({ c, value, errorOf, isOwner }: StepView & { isOwner: boolean }) {
  const t = pageText(c.var.language).person;
  const field = (name: 'familyName' | 'givenName' | 'familyKana' | 'givenKana') => ({
    name,
    label: t[name],
    value: value(name),
    error: errorOf(name),
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
      <Field
        name="birthDate"
        label={t.birthDate}
        hint={t.birthDateHint}
        value={value('birthDate')}
        error={errorOf('birthDate')}
        inputmode="numeric"
        autocomplete={isOwner ? 'bday' : 'off'}
        maxlength={20}
      />
    </>
  );
}
