import type { CheckedMessage } from '../acts/deliver.ts';
import type { Detail } from '../messages/refusal.ts';

interface Item {
  itemKey: string;
  content: string;
}

/** `POST /v2/bot/message/pnp/templated/push`; the SDK has no type for it. */
export interface TemplateNotification {
  to: string;
  templateKey: string;
  body: {
    emphasizedItem?: Item;
    items?: Item[];
    buttons?: { buttonKey: string; url: string }[];
  };
}

type Json = Record<string, unknown>;

/** What LINE would find wrong: at most 15 items and 2 buttons, keys once each, contents of 15 and 300 characters. */
export function checkTemplate(body: unknown): Detail[] {
  const details: Detail[] = [];
  const need = (isRight: boolean, property: string, message: string) => {
    if (!isRight) details.push({ message, property });
  };
  if (!isObject(body)) return [{ message: 'May not be null', property: 'to' }];
  need(isText(body.to), 'to', 'May not be empty');
  need(isText(body.templateKey), 'templateKey', 'May not be empty');
  if (!isObject(body.body)) return [...details, { message: 'May not be null', property: 'body' }];
  const { emphasizedItem, items = [], buttons = [] } = body.body;
  const keys = new Set<unknown>();
  const checkItem = (item: unknown, place: string, longest: number) => {
    if (!isObject(item)) return need(false, place, 'May not be null');
    need(isText(item.itemKey), `${place}.itemKey`, 'May not be empty');
    need(!keys.has(item.itemKey), `${place}.itemKey`, 'itemKey must be unique');
    keys.add(item.itemKey);
    const isRight = isText(item.content) && item.content.length <= longest;
    need(isRight, `${place}.content`, `Length must be between 1 and ${longest}`);
  };
  if (emphasizedItem !== undefined) checkItem(emphasizedItem, 'body.emphasizedItem', 15);
  need(Array.isArray(items) && items.length <= 15, 'body.items', 'Size must be between 0 and 15');
  for (const [index, item] of Array.isArray(items) ? items.entries() : []) {
    checkItem(item, `body.items[${index}]`, 300);
  }
  need(Array.isArray(buttons) && buttons.length <= 2, 'body.buttons', 'Size must be between 0 and 2');
  if (Array.isArray(buttons)) {
    buttons.forEach((button: unknown, index) => {
      const { buttonKey, url } = isObject(button) ? button : {};
      need(isText(buttonKey), `body.buttons[${index}].buttonKey`, 'May not be empty');
      const isRight = isText(url) && url.length <= 1_000 && /^(https?|line|tel):/.test(url);
      need(isRight, `body.buttons[${index}].url`, 'invalid uri');
    });
  }
  return details;
}

/** LINE words each template itself; the phone shows the keys in their place. */
export function showTemplate({ templateKey, body }: TemplateNotification): CheckedMessage {
  const row = ({ itemKey, content }: Item) => ({
    type: 'box',
    layout: 'vertical',
    contents: [
      { type: 'text', text: itemKey, size: 'xs', color: '#888888' },
      { type: 'text', text: content, wrap: true },
    ],
  });
  const emphasized = body.emphasizedItem;
  const strong = emphasized ? [{ type: 'text', text: emphasized.content, size: 'xl', weight: 'bold', wrap: true }] : [];
  const buttons = (body.buttons ?? []).map(({ buttonKey, url }) => ({
    type: 'button',
    action: { type: 'uri', label: buttonKey.slice(0, 40), uri: url },
  }));
  const title = { type: 'text', text: templateKey, weight: 'bold', wrap: true };
  return {
    type: 'flex',
    altText: emphasized ? `${templateKey} ${emphasized.content}` : templateKey,
    contents: {
      type: 'bubble',
      body: {
        type: 'box',
        layout: 'vertical',
        spacing: 'md',
        contents: [title, ...strong, ...(body.items ?? []).map(row), ...buttons],
      },
    },
  };
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
