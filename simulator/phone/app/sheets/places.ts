import { html } from 'htm/preact';
import { control } from '../control.ts';
import { Icon } from '../icons.ts';
import { usePhone } from '../phone-tools.ts';
import { SheetFrame } from './sheet.ts';

const PLACES = [
  {
    title: { ja: '東京駅', en: 'Tokyo Station' },
    address: '東京都千代田区丸の内1-9-1',
    latitude: 35.681236,
    longitude: 139.767125,
  },
  {
    title: { ja: '大阪城', en: 'Osaka Castle' },
    address: '大阪府大阪市中央区大阪城1-1',
    latitude: 34.687315,
    longitude: 135.526201,
  },
  {
    title: { ja: '札幌時計台', en: 'Sapporo Clock Tower' },
    address: '北海道札幌市中央区北1条西2丁目',
    latitude: 43.062562,
    longitude: 141.353636,
  },
];

/** Say where one is: this phone has no position of its own, so it offers some. */
export function PlacesSheet() {
  const { person, words, openSheet, showToast } = usePhone();
  const send = async ({ title, ...place }: (typeof PLACES)[number]) => {
    openSheet(null);
    await control
      .location(person.userId, { ...place, title: title[person.language] })
      .catch(() => showToast(words('failed')));
  };
  return html`
    <${SheetFrame} title=${words('location')} testId="places-sheet">
      <ul class="list sheet-scroll">
        ${PLACES.map(
          (place) => html`
            <li key=${place.address}><button type="button" class="row" onClick=${() => send(place)}>
              <${Icon} name="pin" /><span class="row-text"><strong>${place.title[person.language]}</strong><small lang="ja">${place.address}</small></span>
            </button></li>`,
        )}
      </ul>
    <//>`;
}
