import { html } from 'htm/preact';
import { Icon } from '../icons.ts';
import { useAction } from '../perform.ts';
import { usePhone } from '../phone-tools.ts';
import { type Json, number, record, records, text } from '../read-value.ts';
import { Picture } from './picture.ts';

/** Pictures, films and sounds. */
export function MediaMessage({ message }: { message: Json }) {
  const { words, openSheet } = usePhone();
  const url = text(message.originalContentUrl);
  const preview = text(message.previewImageUrl) || url;
  if (message.type === 'audio') {
    return html`<div class="bubble"><audio controls preload="none" src=${url} aria-label=${words('audio')}></audio></div>`;
  }
  if (message.type === 'video') {
    return html`<video class="media" controls preload="none" poster=${preview} src=${url} aria-label=${words('video')}></video>`;
  }
  return html`
    <button type="button" class="media media-button" aria-label=${words('image')} onClick=${() => openSheet({ kind: 'picture', url })}>
      <${Picture} src=${preview} alt="" />
    </button>`;
}

export function FileMessage({ message }: { message: Json }) {
  const size = number(message.fileSize) ?? 0;
  return html`
    <a class="bubble file" href=${text(message.originalContentUrl)} download=${text(message.fileName)}>
      <strong>${text(message.fileName)}</strong><small>${size.toLocaleString('en')} B</small></a>`;
}

export function LocationMessage({ message }: { message: Json }) {
  return html`
    <div class="card location"><div class="location-map"><${Icon} name="pin" size=${34} /></div>
      <div class="card-text"><strong>${text(message.title)}</strong><p>${text(message.address)}</p></div></div>`;
}

/** A picture with areas that can be pressed. */
export function Imagemap({ message }: { message: Json }) {
  const perform = useAction();
  const { width = 1040, height = 1040 } = record(message.baseSize) as { width?: number; height?: number };
  return html`
    <div class="imagemap" style=${`aspect-ratio:${width}/${height}`}>
      <${Picture} src=${`${text(message.baseUrl)}/700`} alt=${text(message.altText)} />
      ${records(message.actions).map((action) => {
        const area = record(action.area);
        return html`<button type="button" class="area" style=${areaStyle(area, { width, height })}
          aria-label=${text(action.label) || text(action.text) || text(action.linkUri)}
          onClick=${() => perform(action.type === 'uri' ? { ...action, type: 'uri', uri: action.linkUri } : { ...action, type: text(action.type) })}></button>`;
      })}
    </div>`;
}

export function areaStyle(area: Json, size: { width: number; height: number }): string {
  const percent = (value: unknown, of: number) => `${((number(value) ?? 0) / of) * 100}%`;
  return [
    `left:${percent(area.x, size.width)}`,
    `top:${percent(area.y, size.height)}`,
    `width:${percent(area.width, size.width)}`,
    `height:${percent(area.height, size.height)}`,
  ].join(';');
}
