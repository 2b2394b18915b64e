import { runnerOf } from '../../../infra/db/runner.ts';
import { Field, RadioCards } from '../../../infra/ui/components.tsx';
import { serviceState } from '../../contractors/index.ts';
import { isMoved, readSim, type SimFault, simFaults, simFields } from '../rules/sim.ts';
import type { ApplicationPageDeps } from './deps.ts';
import type { FieldView, FormStepPage, StepView } from './step.tsx';
import { pageText } from './text.ts';

/** The kind of SIM, the number, and who will use it: three taps for most. */
export function simStep({ db, clock, contractors }: ApplicationPageDeps): FormStepPage<SimFault> {
  return {
    step: 'sim',
    fields: simFields,
    propose: () => ({ number: 'new', user: 'self' }),
    faults: ({ draft, today, offer }) => simFaults(readSim(draft.typed.sim, today, offer)),
    words: (c) => pageText(c.var.language).sim.faults,

    // Only their own numbers: whether one is somebody else's would tell a stranger who is a customer. Sending says it.
    async afterwards(c, _, { contractorId, draft, today, offer }) {
      const sim = readSim(draft.typed.sim, today, offer);
      if (contractorId === null || !isMoved(sim)) return null;
      const own = await contractors.subscriptionsOf(runnerOf(db), contractorId);
      const isHeld = own.some((each) => each.msisdn === sim.phoneNumber && serviceState(each, clock.now()) !== 'ended');
      return isHeld ? { field: 'phoneNumber', text: pageText(c.var.language).sim.ownNumber } : null;
    },

    View,
  };
}

function View(view: StepView) {
  return (
    <>
      <SimKindField {...view} />
      <NumberFields {...view} />
      <CarrierField {...view} />
    </>
  );
}

/** A card or an eSIM. */
export function SimKindField({ c, value, errorOf }: FieldView) {
  const t = pageText(c.var.language).sim;
  return (
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
  );
}

/** A new number, or the one that is brought along and how. */
export function NumberFields({ c, value, errorOf }: FieldView) {
  const t = pageText(c.var.language).sim;
  return (
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
  );
}

/** Whether the contractor or somebody else carries the phone. */
export function CarrierField({ c, value, errorOf }: FieldView) {
  const t = pageText(c.var.language).sim;
  return (
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
  );
}
