import type { messagingApi } from '@line/bot-sdk';
import { checkLength, type Report } from './report.ts';

/** Where an action stands decides its label's length and which kinds are allowed. */
export type Holder = 'template' | 'imageCarousel' | 'quickReply' | 'flexButton' | 'flexComponent' | 'richMenu';

const labels: Record<Holder, { most: number; isNeeded: boolean }> = {
  template: { most: 20, isNeeded: true },
  imageCarousel: { most: 12, isNeeded: false },
  quickReply: { most: 20, isNeeded: true },
  flexButton: { most: 40, isNeeded: true },
  flexComponent: { most: 40, isNeeded: false },
  richMenu: { most: 20, isNeeded: false },
};

const onlyInQuickReplies = new Set(['camera', 'cameraRoll', 'location']);

export function checkAction(
  report: Report,
  pointer: string,
  action: messagingApi.Action | undefined,
  holder: Holder,
): void {
  if (!action) {
    report(pointer, 'must be specified');
    return;
  }
  if (onlyInQuickReplies.has(action.type) && holder !== 'quickReply') report(`${pointer}/type`, 'invalid property');
  if (action.type === 'richmenuswitch' && holder !== 'richMenu') report(`${pointer}/type`, 'invalid property');
  checkLength(report, { pointer: `${pointer}/label`, text: action.label, ...labels[holder] });
  checkContent(report, pointer, action);
}

function checkContent(report: Report, pointer: string, action: messagingApi.Action): void {
  const need = (name: string, text: string | undefined, most: number, counts: 'letters' | 'units' = 'units') =>
    checkLength(report, { pointer: `${pointer}/${name}`, text, most, isNeeded: true, counts });
  switch (action.type) {
    case 'postback':
      need('data', action.data, 300);
      checkLength(report, { pointer: `${pointer}/displayText`, text: action.displayText, most: 300 });
      checkLength(report, { pointer: `${pointer}/text`, text: action.text, most: 300 });
      checkLength(report, { pointer: `${pointer}/fillInText`, text: action.fillInText, most: 300 });
      if (action.displayText !== undefined && action.text !== undefined) {
        report(`${pointer}/text`, 'text and displayText may not be specified together');
      }
      if (action.fillInText !== undefined && action.inputOption !== 'openKeyboard') {
        report(`${pointer}/fillInText`, 'inputOption must be openKeyboard');
      }
      return;
    case 'message':
      need('text', action.text, 300, 'letters');
      return;
    case 'uri':
      checkUri(report, `${pointer}/uri`, action.uri);
      return;
    case 'richmenuswitch':
      need('richMenuAliasId', action.richMenuAliasId, 32);
      need('data', action.data, 300);
      return;
    case 'datetimepicker':
      need('data', action.data, 300);
      checkPicker(report, pointer, action);
      return;
    default:
      return;
  }
}

function checkUri(report: Report, pointer: string, uri: string | undefined): void {
  if (!uri) {
    report(pointer, 'must be specified');
    return;
  }
  if (uri.length > 1_000) report(pointer, 'size must be between 0 and 1000');
  if (!/^(https?|line|tel):/i.test(uri)) report(pointer, 'invalid uri scheme');
  else if (/^https?:/i.test(uri) && !URL.canParse(uri)) report(pointer, 'invalid uri');
}

const pickerShapes: Record<string, RegExp> = {
  date: /^\d{4}-\d{2}-\d{2}$/,
  time: /^\d{2}:\d{2}$/,
  datetime: /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}$/,
};

function checkPicker(report: Report, pointer: string, action: messagingApi.DatetimePickerAction): void {
  const shape = pickerShapes[action.mode ?? ''];
  if (!shape) {
    report(`${pointer}/mode`, 'must be specified');
    return;
  }
  for (const name of ['initial', 'min', 'max'] as const) {
    const value = action[name];
    if (value !== undefined && !shape.test(value)) report(`${pointer}/${name}`, 'invalid date format');
  }
  if (action.min !== undefined && action.max !== undefined && action.min >= action.max) {
    report(`${pointer}/max`, 'max must be later than min');
  }
}
