import type { Action } from '../contract.ts';

/** Something with a label that can be pressed. */
export interface Button {
  label: string;
  action: Action;
}

/**
 * Every pressable thing in a message, in reading order: Flex buttons, texts, images and boxes with an action,
 * template buttons, imagemap areas. What has no label of its own goes by the text it shows.
 */
export function buttonsOf(message: unknown): Button[] {
  const found: Button[] = [];
  collect(message, found);
  return found;
}

function collect(node: unknown, found: Button[]): void {
  if (Array.isArray(node)) {
    for (const item of node) collect(item, found);
    return;
  }
  if (!isRecord(node)) return;
  if (isAction(node.action)) found.push({ label: labelOf(node.action, node), action: node.action });
  if (isAction(node.defaultAction))
    found.push({ label: labelOf(node.defaultAction, node), action: node.defaultAction });
  if (Array.isArray(node.actions)) {
    for (const action of node.actions)
      if (isAction(action)) found.push({ label: labelOf(action, {}), action: toAction(action) });
  }
  for (const [name, value] of Object.entries(node)) {
    const isPressable = ['action', 'actions', 'defaultAction', 'quickReply'].includes(name);
    if (!isPressable && typeof value === 'object') collect(value, found);
  }
}

function labelOf(action: Record<string, unknown>, holder: Record<string, unknown>): string {
  if (typeof action.label === 'string' && action.label !== '') return action.label;
  return textIn(holder).join(' ');
}

function textIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(textIn);
  if (!isRecord(node)) return [];
  const own = typeof node.text === 'string' ? [node.text] : [];
  return [...own, ...textIn(node.contents)];
}

/** Imagemap actions spell a uri `linkUri`. */
function toAction(action: Action): Action {
  return action.type === 'uri' && typeof action.linkUri === 'string' ? { ...action, uri: action.linkUri } : action;
}

function isAction(value: unknown): value is Action {
  return isRecord(value) && typeof value.type === 'string';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
