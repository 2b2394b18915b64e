import { html } from 'htm/preact';
import type { RefObject } from 'preact';
import { control } from '../control.ts';
import { Icon } from '../icons.ts';
import { usePhone } from '../phone-tools.ts';

/** Where one writes: a photo, text, a sticker. Enter sends, Shift+Enter starts a new line. */
export function Composer(props: {
  /** The message that is answered, in a line. */
  quoting: { id: string; summary: string } | null;
  stopQuoting: () => void;
  draft: string;
  setDraft: (text: string) => void;
  input: RefObject<HTMLTextAreaElement>;
}) {
  const { draft, setDraft } = props;
  const { person, words, openSheet, showToast } = usePhone();
  const say = async () => {
    const text = draft.trim();
    if (text === '') return;
    setDraft('');
    props.stopQuoting();
    await control.say(person.userId, text, props.quoting?.id).catch(() => {
      setDraft(text);
      showToast(words('failed'));
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While a Japanese word is being converted, Enter belongs to the conversion.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void say();
  };
  const onSubmit = (event: Event) => {
    event.preventDefault();
    void say();
  };
  const rows = Math.min(4, draft.split('\n').length);
  const { quoting } = props;
  return html`
    ${
      quoting &&
      html`<div class="quoting" data-testid="quoting"><p>${words('answerTo')}: ${quoting.summary}</p>
        <button type="button" class="icon-button" aria-label=${words('cancel')} onClick=${props.stopQuoting}><${Icon} name="close" size=${18} /></button></div>`
    }
    <form class="composer" onSubmit=${onSubmit}>
      <button type="button" class="icon-button" aria-label=${words('photo')} onClick=${() => openSheet({ kind: 'photos' })}><${Icon} name="photo" /></button>
      <textarea ref=${props.input} rows=${rows} maxlength="5000" data-testid="message-input" aria-label=${words('message')}
        placeholder=${words('message')} value=${draft} onKeyDown=${onKeyDown}
        onInput=${(event: InputEvent) => setDraft((event.target as HTMLTextAreaElement).value)}></textarea>
      <button type="button" class="icon-button" aria-label=${words('stickers')} onClick=${() => openSheet({ kind: 'stickers' })}><${Icon} name="smile" /></button>
      <button type="submit" class="icon-button send-button" aria-label=${words('send')} data-testid="send" disabled=${draft.trim() === ''}><${Icon} name="send" /></button>
    </form>`;
}
