import { html } from 'htm/preact';
import { control } from '../control.ts';
import { StickerFace } from '../messages/sticker.ts';
import { usePhone } from '../phone-tools.ts';
import { SheetFrame } from './sheet.ts';

/** A set every LINE user has, by its published ids. */
const PACKAGE = '446';
const STICKERS = Array.from({ length: 24 }, (_, index) => String(1988 + index));

export function StickersSheet() {
  const { person, words, openSheet, showToast } = usePhone();
  const send = async (stickerId: string) => {
    openSheet(null);
    await control.sticker(person.userId, { packageId: PACKAGE, stickerId }).catch(() => showToast(words('failed')));
  };
  return html`
    <${SheetFrame} title=${words('stickers')}>
      <div class="sticker-grid sheet-scroll">
        ${STICKERS.map(
          (id, index) => html`
            <button type="button" key=${id} aria-label=${`${words('sticker')} ${index + 1}`} data-testid="sticker" onClick=${() => send(id)}>
              <${StickerFace} seed=${`${PACKAGE}:${id}`} /></button>`,
        )}
      </div>
    <//>`;
}
