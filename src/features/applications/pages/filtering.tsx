import { Card, Checkbox, Field, RadioCards } from '../../../infra/ui/components.tsx';
import { type FilteringFault, filteringFaults, filteringFields, readFiltering } from '../rules/filtering.ts';
import { readContractor, readUser } from '../rules/person.ts';
import type { FieldView, FormStepPage, StepView } from './step.tsx';
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
      <GuardianFields
        c={c}
        value={value}
        errorOf={errorOf}
        hasWord={value('guardianAgrees') === 'yes' && open.draft.guardianAgreedAt !== null}
      />
    </>
  );
}

/** Filtering, and the guardian's word. @param prefix before the names of the fields, where other people stand on the page */
export function GuardianFields(view: FieldView & { hasWord: boolean; prefix?: string }) {
  const { c, value, errorOf, hasWord, prefix = '' } = view;
  const t = pageText(c.var.language).filtering;
  const named = (field: string) => ({ name: `${prefix}${field}`, error: errorOf(`${prefix}${field}`) });
  const typed = (field: string) => value(`${prefix}${field}`);
  return (
    <>
      <div class="depending">
        <RadioCards
          {...named('filtering')}
          legend={t.legend}
          value={typed('filtering')}
          options={[
            { value: 'on', ...t.on },
            { value: 'off', ...t.off },
          ]}
        />
        <div class="if-off">
          <Checkbox
            {...named('guardianDeclines')}
            label={t.declines}
            hint={t.declinesHint}
            isChecked={typed('guardianDeclines') === 'yes'}
          />
        </div>
      </div>
      <Field {...named('guardianName')} label={t.guardianName} value={typed('guardianName')} maxlength={100} />
      <Checkbox {...named('guardianAgrees')} label={t.agrees} isChecked={hasWord} />
    </>
  );
}
