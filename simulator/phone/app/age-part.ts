import { html } from 'htm/preact';
import { useEffect } from 'preact/hooks';
import type { AgeProofState } from '../../contract.ts';
import { control } from './control.ts';
import { usePhone } from './phone-tools.ts';
import type { PhoneWord } from './words.ts';

/** What is known of a person's age, in words. */
export const AGE_WORDS: Record<AgeProofState, PhoneWord> = {
  unproven: 'ageUnproven',
  adult: 'ageAdult',
  minor: 'ageMinor',
  unknown: 'ageUnknown',
  withdrawn: 'ageWithdrawn',
};

/** 年齢確認: what the operator said, asked again each time the settings are opened, and the way to be asked. */
export function AgePart() {
  const { person, words, openUrl } = usePhone();
  useEffect(() => {
    control.askAge(person.userId).catch(() => undefined);
  }, [person.userId]);
  const isAdult = person.ageProof === 'adult';
  const titleId = `age-${person.userId}`;
  return html`
    <section class="settings" aria-labelledby=${titleId} data-testid="age-proof">
      <h3 id=${titleId}>${words('ageProof')} <span class="pill">${words(isAdult ? 'idSearchYes' : 'idSearchNo')}</span></h3>
      <p aria-live="polite">${words(AGE_WORDS[person.ageProof])}${!isAdult && words('ageProofHint')}</p>
      ${
        !isAdult &&
        html`<button type="button" class="secondary" data-testid="age-proof-start"
          onClick=${() => openUrl('https://access.line.me/age-verification')}>${words('ageProofStart')}</button>`
      }
    </section>`;
}
