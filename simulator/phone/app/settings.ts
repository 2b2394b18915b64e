import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import type { Language } from '../../contract.ts';
import { AgePart } from './age-part.ts';
import { Avatar } from './avatar.ts';
import { control } from './control.ts';
import { usePhone } from './phone-tools.ts';

/** The person's own account: name, language, date of birth, ID. */
export function SettingsView() {
  const { person, words, showToast } = usePhone();
  const [form, setForm] = useState({
    displayName: person.displayName,
    language: person.language,
    birthDate: person.birthDate ?? '',
    lineId: person.lineId,
  });
  const change = (name: keyof typeof form) => (event: Event) =>
    setForm({ ...form, [name]: (event.target as HTMLInputElement).value });
  const save = async (event: Event) => {
    event.preventDefault();
    await control.changePerson(person.userId, form).then(
      () => showToast(words('saved')),
      () => showToast(words('failed')),
    );
  };
  const languages: Language[] = ['ja', 'en'];
  return html`
    <header class="view-header"><h2>${words('settings')}</h2></header>
    <div class="scroll" tabindex="0" role="region" aria-label=${`${person.displayName}: ${words('settings')}`}>
      <div class="own-card"><${Avatar} person=${person} size=${60} /><div><strong>${words('profile')}</strong><small>${person.displayName}</small></div></div>
      <form class="settings" onSubmit=${save}>
        <label>${words('displayName')}
          <input required maxlength="20" value=${form.displayName} onInput=${change('displayName')} /></label>
        <fieldset><legend>${words('language')}</legend>
          ${languages.map(
            (language) => html`
              <label class="choice"><input type="radio" name=${`language-${person.userId}`} value=${language}
                checked=${form.language === language} onChange=${change('language')} />
                <span lang=${language}>${words(language === 'ja' ? 'japanese' : 'english')}</span></label>`,
          )}
        </fieldset>
        <label>${words('birthday')}
          <input type="date" value=${form.birthDate} onInput=${change('birthDate')} /></label>
        <label>${words('lineId')}
          <input required maxlength="20" pattern="[a-z0-9._\\-]+" value=${form.lineId} onInput=${change('lineId')} /></label>
        <button type="submit" class="primary">${words('save')}</button>
      </form>
      <${AgePart} />
      <${LeavePart} />
      <dl class="facts"><dt>${words('userId')}</dt><dd>${person.userId}</dd></dl>
    </div>`;
}

/** Leaving LINE for good, asked twice: the person, their talks and their friends' view of them go. */
function LeavePart() {
  const { person, words, showToast } = usePhone();
  const [isAsking, setAsking] = useState(false);
  const leave = () => control.leave(person.userId).catch(() => showToast(words('failed')));
  return html`
    <div class="leave">
      ${
        isAsking
          ? html`<p>${words('leaveSure')}</p><div class="buttons">
              <button type="button" class="secondary danger" data-testid="leave-sure" onClick=${leave}>${words('leaveYes')}</button>
              <button type="button" class="secondary" onClick=${() => setAsking(false)}>${words('cancel')}</button></div>`
          : html`<button type="button" class="secondary danger" data-testid="leave" onClick=${() => setAsking(true)}>${words('leave')}</button>`
      }
    </div>`;
}
