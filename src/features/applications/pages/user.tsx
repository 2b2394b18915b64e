import { readUser, type UserFault, userFaults, userFields } from '../rules/person.ts';
import { readKana } from '../rules/typed.ts';
import { PersonFields } from './person-fields.tsx';
import type { FormStepPage, StepView } from './step.tsx';
import { pageText } from './text.ts';

/** Who carries the phone, where that is not the contractor. */
export const userStep: FormStepPage<UserFault> = {
  step: 'user',
  fields: userFields,
  // Mostly a child of the same name.
  propose: ({ draft: { typed } }) => ({
    familyName: typed.contractor?.familyName ?? '',
    familyKana: readKana(typed.contractor?.familyKana),
  }),
  faults: ({ draft, today }) => userFaults(readUser(draft.typed.user, today)),
  words: (c) => pageText(c.var.language).person.faults,
  View,
};

function View(view: StepView) {
  const t = pageText(view.c.var.language).user;
  return (
    <>
      <p>{t.lead}</p>
      <PersonFields {...view} isOwner={false} />
      <p class="muted">{t.minor}</p>
    </>
  );
}
