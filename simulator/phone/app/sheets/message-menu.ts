import { html } from 'htm/preact';
import { control } from '../control.ts';
import { copy } from '../perform.ts';
import { type Sheet, usePhone } from '../phone-tools.ts';
import { SheetFrame } from './sheet.ts';

/** What one can do with a message: answer it, copy it; take one's own back. */
export function MessageMenuSheet({ sheet }: { sheet: Extract<Sheet, { kind: 'message-menu' }> }) {
  const tools = usePhone();
  const { person, words, openSheet, showToast } = tools;
  const onCopy = () => {
    void copy(sheet.text ?? '', tools);
    openSheet(null);
  };
  const onQuote = () => {
    openSheet(null);
    sheet.onQuote?.();
  };
  const onUnsend = async () => {
    await control.unsend(person.userId, sheet.messageId).catch(() => showToast(words('failed')));
    openSheet(null);
  };
  return html`
    <${SheetFrame} title=${words('aMessage')}>
      <div class="sheet-actions">
        ${sheet.onQuote && html`<button type="button" class="secondary" data-testid="quote" onClick=${onQuote}>${words('quote')}</button>`}
        ${sheet.text !== null && html`<button type="button" class="secondary" onClick=${onCopy}>${words('copy')}</button>`}
        ${sheet.canUnsend && html`<button type="button" class="secondary danger" onClick=${onUnsend}>${words('unsend')}</button>`}
      </div>
    <//>`;
}
