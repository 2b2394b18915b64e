import { html } from 'htm/preact';
import type { TalkEntry } from '../../../contract.ts';
import { FlexMessage } from '../flex/flex.ts';
import { usePhone } from '../phone-tools.ts';
import { CouponMessage } from './coupon.ts';
import { FileMessage, Imagemap, LocationMessage, MediaMessage } from './media.ts';
import { StickerMessage } from './sticker.ts';
import { summaryOf } from './summary.ts';
import { TemplateMessage } from './template.ts';
import { TextMessage } from './text-message.ts';

/** One message, drawn by its type; a type we do not know shows its alternative text. */
export function Message({ entry: { message, coupon } }: { entry: TalkEntry }) {
  const { words } = usePhone();
  switch (message.type) {
    case 'text':
    case 'textV2':
      return html`<${TextMessage} message=${message} />`;
    case 'sticker':
      return html`<${StickerMessage} message=${message} />`;
    case 'image':
    case 'video':
    case 'audio':
      return html`<${MediaMessage} message=${message} />`;
    case 'location':
      return html`<${LocationMessage} message=${message} />`;
    case 'file':
      return html`<${FileMessage} message=${message} />`;
    case 'coupon':
      return html`<${CouponMessage} coupon=${coupon} />`;
    case 'imagemap':
      return html`<${Imagemap} message=${message} />`;
    case 'template':
      return html`<${TemplateMessage} message=${message} />`;
    case 'flex':
      return html`<${FlexMessage} message=${message} />`;
    default:
      return html`<div class="bubble bubble-unknown">${words('unknownMessage')}<br />${summaryOf(message, words)}</div>`;
  }
}

/** Cards reach to the edge of the phone and have no coloured bubble. */
export const isWide = (message: TalkEntry['message']) =>
  ['flex', 'template', 'imagemap', 'coupon'].includes(message.type);
