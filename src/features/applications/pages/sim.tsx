import { Field, RadioCards } from '../../../infra/ui/components.tsx';
import { readSim, type SimFault, simFaults, simFields } from '../rules/sim.ts';
import type { FormStepPage, StepView } from './step.tsx';
import { pageText } from './text.ts';

/** The kind of SIM, the number, and who will use it: three taps for most. */
export const simStep: FormStepPage<SimFault> = {
  step: 'sim',
  fields: simFields,
  propose: () => ({ number: 'new', user: 'self' }),
  faults: ({ draft, today, offer }) => simFaults(readSim(draft.typed.sim, today, offer)),
  words: (c) => pageText(c.var.language).sim.faults,
  View,
};

function View({ c, value, errorOf }: StepView) {
  const t = pageText(c.var.language).sim;
  return (
    <>
      <RadioCards
        name="simKind"
        legend={t.kind}
        value={value('simKind')}
        error={errorOf('simKind')}
        options={[
          { value: 'esim', ...t.kinds.esim },
          { value: 'sim', ...t.kinds.sim },
        ]}
      />
      <div class="depending">
        <RadioCards
          name="number"
          legend={t.number}
          value={value('number')}
          error={errorOf('number')}
          options={[
            { value: 'new', ...t.numbers.new },
            { value: 'one-stop', ...t.numbers['one-stop'] },
            { value: 'reservation', ...t.numbers.reservation },
          ]}
        />
        <div class="if-moved">
          <Field
            name="phoneNumber"
            label={t.phoneNumber}
            hint={t.phoneNumberHint}
            value={value('phoneNumber')}
            error={errorOf('phoneNumber')}
            type="tel"
            inputmode="numeric"
            autocomplete="tel-national"
            maxlength={20}
            required={false}
          />
        </div>
        <div class="if-reserved">
          <Field
            name="reservationNumber"
            label={t.reservationNumber}
            hint={t.reservationNumberHint}
            value={value('reservationNumber')}
            error={errorOf('reservationNumber')}
            inputmode="numeric"
            maxlength={20}
            required={false}
          />
          <Field
            name="validUntil"
            label={t.validUntil}
            hint={t.validUntilHint}
            value={value('validUntil')}
            error={errorOf('validUntil')}
            inputmode="numeric"
            maxlength={20}
            required={false}
          />
        </div>
      </div>
      <RadioCards
        name="user"
        legend={t.user}
        value={value('user')}
        error={errorOf('user')}
        options={[
          { value: 'self', label: t.users.self },
          { value: 'other', label: t.users.other },
        ]}
      />
    </>
  );
}
