import { readForm } from '../../../infra/http/form.ts';
import { Field, Notice } from '../../../infra/ui/components.tsx';
import { formatMoment } from '../../../infra/ui/format.ts';
import { addressOf } from '../addresses.ts';
import { type ContractorFault, contractorFaults, contractorFields, readContractor } from '../rules/person.ts';
import { readPlan } from '../rules/plan.ts';
import { readDigits, readLine } from '../rules/typed.ts';
import type { ApplicationPageDeps } from './deps.ts';
import { PersonFields } from './person-fields.tsx';
import type { FieldView, FormStepPage, StepView } from './step.tsx';
import { pageText } from './text.ts';

/** Who signs and pays. The postal code fills the address: by a button, or by itself where it was left out. */
export function contractorStep({ mail, operator }: ApplicationPageDeps): FormStepPage<ContractorFault> {
  return {
    step: 'contractor',
    fields: contractorFields,
    faults: ({ draft, today }) => contractorFaults(readContractor(draft.typed.contractor, today)),
    words: (c) => pageText(c.var.language).person.faults,

    complete(typed, go, c) {
      const t = pageText(c.var.language).contractor;
      const isAsked = go === 'look-up';
      if (!isAsked && readLine(typed.address) !== '') return null;
      const address = addressOf(readDigits(typed.postalCode));
      if (address !== null) return { typed: { ...typed, address }, note: t.filled };
      return isAsked ? { typed, note: t.unknown } : null;
    },

    async afterwards(c, before, after) {
      const { mail: address } = readContractor(after.draft.typed.contractor, after.today);
      const isSame = readContractor(before.draft.typed.contractor, before.today).mail === address;
      if (after.draft.verifiedMail === address || (isSame && mail.isCodeAlive(before))) return null;
      const { language } = c.var;
      const requestId = (await readForm(c))('requestId');
      const sent = await mail.sendCode(after, { address: c.var.address, language, requestId });
      if (sent.ok) return null;
      const until = formatMoment(sent.until, operator.timeZone, language);
      return { field: 'mail', text: pageText(language).contractor.tooMany(until) };
    },

    View,
  };
}

function View(view: StepView) {
  const { c, open, value, errorOf, note } = view;
  const t = pageText(c.var.language).contractor;
  const { plan } = readPlan(open.draft.typed.plan, open.offer);
  return (
    <>
      <p>{plan?.hasVoice ? t.lead : t.leadDataOnly}</p>
      <PersonFields {...view} isOwner />
      <AddressFields {...view} note={note} />
      <PhoneField {...view} />
      <Field
        name="mail"
        value={value('mail')}
        error={errorOf('mail')}
        label={t.mail}
        hint={t.mailHint}
        type="email"
        inputmode="email"
        autocomplete="email"
        maxlength={254}
      />
    </>
  );
}

/** The postal code with its button, and the address. @param note what came of the look-up */
export function AddressFields({ c, value, errorOf, note }: FieldView & { note: string | null }) {
  const t = pageText(c.var.language).contractor;
  const typed = (name: string) => ({ name, value: value(name), error: errorOf(name) });
  return (
    <>
      <div class="with-button" id="address-of">
        <Field
          {...typed('postalCode')}
          label={t.postalCode}
          hint={t.postalCodeHint}
          inputmode="numeric"
          autocomplete="postal-code"
          maxlength={10}
        />
        <button class="button secondary" type="submit" name="go" value="look-up">
          {t.lookUp}
        </button>
      </div>
      {note === null ? null : (
        <Notice kind="info">
          <p role="status">{note}</p>
        </Notice>
      )}
      <Field {...typed('address')} label={t.address} autocomplete="off" maxlength={150} />
      <Field {...typed('building')} label={t.building} autocomplete="off" maxlength={150} />
    </>
  );
}

/** Where the person can be called. */
export function PhoneField({ c, value, errorOf }: FieldView) {
  const t = pageText(c.var.language).contractor;
  return (
    <Field
      name="phone"
      value={value('phone')}
      error={errorOf('phone')}
      label={t.phone}
      hint={t.phoneHint}
      type="tel"
      inputmode="tel"
      autocomplete="tel-national"
      maxlength={20}
    />
  );
}
