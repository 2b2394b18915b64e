import { html } from 'htm/preact';
import { control } from '../control.ts';
import { Icon } from '../icons.ts';
import { usePhone } from '../phone-tools.ts';
import { paintPhoto, SAMPLE_PHOTOS } from './sample-photos.ts';
import { SheetFrame } from './sheet.ts';

/** Send a picture: one from this computer, or a sample. */
export function PhotosSheet() {
  const { person, words, openSheet, showToast } = usePhone();
  const send = async (image: Blob) => {
    openSheet(null);
    await control.image(person.userId, image).catch(() => showToast(words('failed')));
  };
  const onFile = (event: Event) => {
    const file = (event.target as HTMLInputElement).files?.[0];
    if (file) void send(file);
  };
  return html`
    <${SheetFrame} title=${words('photo')}>
      <div class="photos sheet-scroll">
        <label class="secondary file-button">${words('chooseFile')}<input type="file" accept="image/jpeg,image/png" onChange=${onFile} /></label>
        <h3 class="list-title">${words('samplePhotos')}</h3>
        <div class="photo-grid">
          ${SAMPLE_PHOTOS.map(
            (photo, index) => html`
              <button type="button" key=${photo.name} aria-label=${`${words('samplePhotos')} ${index + 1}`} style=${`background:linear-gradient(${photo.colors.join(',')})`}
                onClick=${async () => send(await paintPhoto(photo))}></button>`,
          )}
        </div>
        <button type="button" class="secondary places-button" onClick=${() => openSheet({ kind: 'places' })}><${Icon} name="pin" />${words('location')}</button>
      </div>
    <//>`;
}
