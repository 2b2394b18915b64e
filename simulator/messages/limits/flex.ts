import type { messagingApi } from '@line/bot-sdk';
import { checkAction } from './actions.ts';
import { checkFlexValues } from './flex-values.ts';
import { checkMediaUrl, type Report } from './report.ts';

const bubbleBytes = 30 * 1024;
const carouselBytes = 50 * 1024;
const bubblesAtMost = 12;
const deepestBox = 10;

/** What may stand in a box of each layout; a span only in a text, a video only as a hero. */
const allowedIn: Record<string, Set<string>> = {
  baseline: new Set(['icon', 'text', 'filler']),
  horizontal: new Set(['box', 'button', 'image', 'text', 'separator', 'filler']),
  vertical: new Set(['box', 'button', 'image', 'text', 'separator', 'filler']),
};

export function checkFlex(report: Report, pointer: string, container: messagingApi.FlexContainer): void {
  if (container.type === 'bubble') {
    checkBubble(report, pointer, container);
    return;
  }
  const { contents } = container;
  if (contents.length < 1 || contents.length > bubblesAtMost) {
    report(`${pointer}/contents`, `size must be between 1 and ${bubblesAtMost}`);
  }
  if (bytesOf(container) > carouselBytes) report(pointer, 'carousel is too large: at most 50 KB');
  if (new Set(contents.map((bubble) => bubble.size ?? 'mega')).size > 1) {
    report(`${pointer}/contents`, 'bubbles must have the same size');
  }
  contents.forEach((bubble, index) => {
    checkBubble(report, `${pointer}/contents/${index}`, bubble);
  });
}

function checkBubble(report: Report, pointer: string, bubble: messagingApi.FlexBubble): void {
  if (bytesOf(bubble) > bubbleBytes) report(pointer, 'bubble is too large: at most 30 KB');
  if (!bubble.header && !bubble.hero && !bubble.body && !bubble.footer) {
    report(pointer, 'At least one block must be specified');
  }
  if (bubble.action) checkAction(report, `${pointer}/action`, bubble.action, 'flexComponent');
  for (const name of ['header', 'body', 'footer'] as const) {
    const block = bubble[name];
    if (block) checkComponent(report, `${pointer}/${name}`, block, 1);
    const style = bubble.styles?.[name];
    if (style) checkFlexValues(report, `${pointer}/styles/${name}`, style);
  }
  const { hero } = bubble;
  if (!hero) return;
  if (!['box', 'image', 'video'].includes(hero.type)) report(`${pointer}/hero`, 'invalid property');
  else checkComponent(report, `${pointer}/hero`, hero, 1);
}

function checkComponent(report: Report, pointer: string, component: messagingApi.FlexComponent, depth: number): void {
  checkFlexValues(report, pointer, component, component.type);
  if (
    'flex' in component &&
    component.flex !== undefined &&
    (component.flex < 0 || !Number.isInteger(component.flex))
  ) {
    report(`${pointer}/flex`, 'invalid property');
  }
  switch (component.type) {
    case 'box':
      checkBox(report, pointer, component, depth);
      return;
    case 'button':
      checkAction(report, `${pointer}/action`, component.action, 'flexButton');
      return;
    case 'text':
      checkText(report, pointer, component);
      return;
    case 'image':
      checkMediaUrl(report, `${pointer}/url`, component.url);
      if (component.action) checkAction(report, `${pointer}/action`, component.action, 'flexComponent');
      return;
    case 'icon':
      checkMediaUrl(report, `${pointer}/url`, component.url);
      return;
    case 'video':
      checkMediaUrl(report, `${pointer}/url`, component.url);
      checkMediaUrl(report, `${pointer}/previewUrl`, component.previewUrl);
      checkComponent(report, `${pointer}/altContent`, component.altContent, depth);
      return;
  }
}

function checkBox(report: Report, pointer: string, box: messagingApi.FlexBox, depth: number): void {
  if (depth > deepestBox) {
    report(pointer, `boxes may be nested ${deepestBox} deep at most`);
    return;
  }
  if (box.action) checkAction(report, `${pointer}/action`, box.action, 'flexComponent');
  if (box.background) checkFlexValues(report, `${pointer}/background`, box.background);
  box.contents.forEach((child, index) => {
    const at = `${pointer}/contents/${index}`;
    if (!allowedIn[box.layout]?.has(child.type)) report(at, 'invalid property');
    else checkComponent(report, at, child, depth + 1);
  });
}

function checkText(report: Report, pointer: string, text: messagingApi.FlexText): void {
  if (text.action) checkAction(report, `${pointer}/action`, text.action, 'flexComponent');
  if (!text.text && !text.contents?.length) report(`${pointer}/text`, 'must be specified');
  text.contents?.forEach((span, index) => {
    checkFlexValues(report, `${pointer}/contents/${index}`, span, 'span');
    if (!span.text) report(`${pointer}/contents/${index}/text`, 'must be specified');
  });
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
