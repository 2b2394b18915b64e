import type { messagingApi } from '@line/bot-sdk';
import { checkAction } from './actions.ts';
import { checkFlex } from './flex.ts';
import { checkMediaUrl, type Report } from './report.ts';
import { checkTemplate } from './templates.ts';

export function checkMessage(report: Report, pointer: string, message: messagingApi.Message): void {
  checkSender(report, `${pointer}/sender`, message.sender);
  checkQuickReply(report, `${pointer}/quickReply`, message.quickReply);
  if ('altText' in message) needLength(report, `${pointer}/altText`, message.altText, 1_500);
  switch (message.type) {
    case 'text':
      needLength(report, `${pointer}/text`, message.text, 5_000);
      checkEmojis(report, pointer, message);
      return;
    case 'textV2':
      needLength(report, `${pointer}/text`, message.text, 5_000);
      checkSubstitution(report, pointer, message);
      return;
    case 'flex':
      checkFlex(report, `${pointer}/contents`, message.contents);
      return;
    case 'template':
      checkTemplate(report, `${pointer}/template`, message.template);
      return;
    case 'image':
    case 'video':
      if ('trackingId' in message && (message.trackingId?.length ?? 0) > 100) {
        report(`${pointer}/trackingId`, 'Length must be between 0 and 100');
      }
      checkMediaUrl(report, `${pointer}/originalContentUrl`, message.originalContentUrl);
      checkMediaUrl(report, `${pointer}/previewImageUrl`, message.previewImageUrl);
      return;
    case 'audio':
      checkMediaUrl(report, `${pointer}/originalContentUrl`, message.originalContentUrl);
      return;
    case 'location':
      needLength(report, `${pointer}/title`, message.title, 100);
      needLength(report, `${pointer}/address`, message.address, 100);
      return;
    case 'imagemap':
      checkMediaUrl(report, `${pointer}/baseUrl`, message.baseUrl);
      if (message.actions.length > 50) report(`${pointer}/actions`, 'Size must be between 0 and 50');
      if (message.baseSize.width !== 1_040) report(`${pointer}/baseSize/width`, 'Must be 1040');
      return;
  }
}

/** LINE's own emoji: twenty at most, each in the place of a `$`. */
function checkEmojis(report: Report, pointer: string, { text, emojis = [] }: messagingApi.TextMessage): void {
  if (emojis.length > 20) report(`${pointer}/emojis`, 'Size must be between 0 and 20');
  emojis.forEach(({ index }, place) => {
    if (index === undefined || text[index] !== '$')
      report(`${pointer}/emojis/${place}/index`, 'Must be the index of a $');
  });
}

/** Outside containers and templates LINE speaks of lengths, not of characters. */
function needLength(report: Report, pointer: string, text: string, most: number): void {
  if (text === '') report(pointer, 'May not be empty');
  if (text.length > most) report(pointer, `Length must be between 0 and ${most}`);
}

function checkSender(report: Report, pointer: string, sender: messagingApi.Sender | undefined): void {
  // The schema counts characters; LINE counts UTF-16 units.
  if ((sender?.name?.length ?? 0) > 20) report(`${pointer}/name`, 'Length must be between 0 and 20');
  if (sender?.name !== undefined && /line/i.test(sender.name)) report(`${pointer}/name`, 'May not contain LINE');
  checkMediaUrl(report, `${pointer}/iconUrl`, sender?.iconUrl);
}

function checkQuickReply(report: Report, pointer: string, quickReply: messagingApi.QuickReply | undefined): void {
  if (!quickReply) return;
  if (!quickReply.items?.length) report(`${pointer}/items`, 'size must be between 1 and 13');
  quickReply.items?.forEach((item, index) => {
    checkAction(report, `${pointer}/items/${index}/action`, item.action, 'quickReply');
    checkMediaUrl(report, `${pointer}/items/${index}/imageUrl`, item.imageUrl);
  });
}

/** Every `{place}` needs something to stand there; `{{` and `}}` are braces. */
function checkSubstitution(report: Report, pointer: string, message: messagingApi.TextMessageV2): void {
  const known = Object.keys(message.substitution ?? {});
  if (known.length > 100) report(`${pointer}/substitution`, 'Size must be between 0 and 100');
  const used = message.text.replace(/\{\{|\}\}/g, '').matchAll(/\{([^{}]*)\}/g);
  for (const [, name = ''] of used) {
    if (!known.includes(name)) report(`${pointer}/substitution`, `there is nothing to substitute for {${name}}`);
  }
}
