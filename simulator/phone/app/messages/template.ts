import { html } from 'htm/preact';
import type { Action } from '../../../contract.ts';
import { useAction } from '../perform.ts';
import { isRecord, type Json, record, records, text } from '../read-value.ts';
import { Carousel } from './carousel.ts';
import { Picture } from './picture.ts';

/** The four template messages. */
export function TemplateMessage({ message }: { message: Json }) {
  const template = record(message.template);
  const label = text(message.altText);
  if (template.type === 'carousel') {
    const shape = { imageAspectRatio: template.imageAspectRatio, imageSize: template.imageSize };
    return html`<${Carousel} label=${label}>${records(template.columns).map((column) => html`<${Card} card=${{ ...shape, ...column }} />`)}<//>`;
  }
  if (template.type === 'image_carousel') {
    return html`<${Carousel} label=${label}>${records(template.columns).map((column) => html`<${ImageColumn} column=${column} />`)}<//>`;
  }
  return html`<${Card} card=${template} />`;
}

const asAction = (value: unknown): Action | null =>
  isRecord(value) && typeof value.type === 'string' ? { ...value, type: value.type } : null;

function Card({ card }: { card: Json }) {
  const perform = useAction();
  const main = asAction(card.defaultAction);
  const image = text(card.thumbnailImageUrl);
  const isSquare = card.imageAspectRatio === 'square';
  const fit = card.imageSize === 'contain' ? 'contain' : 'cover';
  const style = `aspect-ratio:${isSquare ? '1' : '1.51'};object-fit:${fit};background:${text(card.imageBackgroundColor) || '#fff'}`;
  const content = html`
    ${image && html`<${Picture} src=${image} alt="" style=${style} />`}
    <span class="card-text">${card.title && html`<strong>${text(card.title)}</strong>`}<span class="card-body">${text(card.text)}</span></span>`;
  return html`
    <div class=${`card ${card.type === 'confirm' ? 'card-confirm' : ''}`}>
      ${main ? html`<button type="button" class="card-main" onClick=${() => perform(main)}>${content}</button>` : content}
      <div class="card-actions">
        ${records(card.actions).map((value) => {
          const action = asAction(value);
          return action && html`<button type="button" onClick=${() => perform(action)}>${action.label ?? ''}</button>`;
        })}
      </div>
    </div>`;
}

function ImageColumn({ column }: { column: Json }) {
  const perform = useAction();
  const action = asAction(column.action);
  return html`
    <button type="button" class="image-column" onClick=${() => action && perform(action)}>
      <${Picture} src=${text(column.imageUrl)} alt="" />
      ${action?.label && html`<span>${action.label}</span>`}
    </button>`;
}
