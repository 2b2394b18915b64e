import { Card, Checkbox, Field, RadioCards } from '../../../infra/ui/components.tsx';
import { type FilteringFault, filteringFaults, filteringFields, readFiltering } from '../rules/filtering.ts';
import { readContractor, readUser } from '../rules/person.ts';
import type { FormStepPage, StepView } from './step.tsx';
import { pageText } from './text.ts';

/** For a user under 18: what filtering is, on unless the guardian declares otherwise, and the guardian's word. */
export const filteringStep: FormStepPage<FilteringFault> = {
  step: 'filtering',
  fields: filteringFields,
  propose({ draft, today }) {
    const { familyName, givenName } = readContractor(draft.typed.contractor, today);
    return { filtering: 'on', guardianName: `${familyName} ${givenName}`.trim() };
  },
  faults: ({ draft }) => filteringFaults(readFiltering(draft.typed.filtering)),
  words: (c) => pageText(c.var.language).filtering.faults,
  save: (draft, now) => ({
    ...draft,
    guardianAgreedAt: readFiltering(draft.typed.filtering).hasWord ? now : null,
  }),
  View,
};

function View({ c, open, value, errorOf }: StepView) {
  const t = pageText(c.var.language).filtering;
  const { givenName } = readUser(open.draft.typed.user, open.today);
  return (
    <>
      <p class="lead">{t.lead(givenName)}</p>
      <Card title={t.whatTitle}>
        <ul class="plain">
          {t.what.map((sentence) => (
            <li>{sentence}</li>
          ))}
        </ul>
      </Card>
      <div class="depending">
        <RadioCards
          name="filtering"
          legend={t.legend}
          value={value('filtering')}
          error={errorOf('filtering')}
          options={[
            { value: 'on', ...t.on },
            { value: 'off', ...t.off },
          ]}
        />
        <div class="if-off">
          <Checkbox
            name="guardianDeclines"
            label={t.declines}
            hint={t.declinesHint}
            isChecked={value('guardianDeclines') === 'yes'}
            error={errorOf('guardianDeclines')}
          />
        </div>
      </div>
      <Field
        name="guardianName"
        label={t.guardianName}
        value={value('guardianName')}
        error={errorOf('guardianName')}
        maxlength={100}
      />
      <Checkbox
        name="guardianAgrees"
        label={t.agrees}
        isChecked={value('guardianAgrees') === 'yes' && open.draft.guardianAgreedAt !== null}
        error={errorOf('guardianAgrees')}
      />
    </>
  );
}
