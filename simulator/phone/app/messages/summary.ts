import type { PhoneWords } from '../words.ts';

/** One line for the talk list and for screen readers. */
export function summaryOf(message: { type: string } & Record<string, unknown>, words: PhoneWords): string {
  switch (message.type) {
    case 'text':
    case 'textV2':
      return String(message.text ?? '');
    case 'sticker':
      return `[${words('sticker')}]`;
    case 'image':
      return `[${words('image')}]`;
    case 'video':
      return `[${words('video')}]`;
    case 'audio':
      return `[${words('audio')}]`;
    case 'file':
      return `[${words('file')}] ${message.fileName ?? ''}`;
    case 'coupon':
      return `[${words('coupon')}]`;
    case 'location':
      return `${message.title ?? ''}`;
    default:
      return typeof message.altText === 'string' ? message.altText : message.type;
  }
}
