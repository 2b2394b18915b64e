import { html } from 'htm/preact';
import { control } from '../control.ts';
import { StickerFace } from '../messages/sticker.ts';
import { usePhone } from '../phone-tools.ts';
import { SheetFrame } from './sheet.ts';

interface StickerSet {
  packageId: string;
  stickerIds: string[];
}

/** A set every LINE user has, by its published ids. */
const COMMON: StickerSet = {
  packageId: '446',
  stickerIds: Array.from({ length: 16 }, (_, index) => `${1988 + index}`),
};

/** A set the account gave the person; what is in it is LINE's affair, so eight faces stand for it. */
const givenSet = (packageId: string): StickerSet => ({
  packageId,
  stickerIds: Array.from({ length: 8 }, (_, index) => `${packageId}${index + 1}`),
});

/** The person's stickers, newest set first. */
export function StickersSheet() {
  const { person, words, openSheet, showToast } = usePhone();
  const sets = [...(person.stickerProducts ?? []).map(givenSet).reverse(), COMMON];
  const send = async (packageId: string, stickerId: string) => {
    openSheet(null);
    await control.sticker(person.userId, { packageId, stickerId }).catch(() => showToast(words('failed')));
  };
  return html`
    <${SheetFrame} title=${words('stickers')}>
      <div class="sheet-scroll">
        ${sets.map(
          ({ packageId, stickerIds }) => html`
            ${packageId !== COMMON.packageId && html`<h3 class="list-title">${words('givenStickers')} ${packageId}</h3>`}
            <div class="sticker-grid" key=${packageId}>
              ${stickerIds.map(
                (id, index) => html`
                  <button type="button" key=${id} aria-label=${`${words('sticker')} ${packageId}-${index + 1}`} data-testid="sticker"
                    onClick=${() => send(packageId, id)}><${StickerFace} seed=${`${packageId}:${id}`} /></button>`,
              )}
            </div>`,
        )}
      </div>
    <//>`;
}
