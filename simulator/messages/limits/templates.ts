import type { messagingApi } from '@line/bot-sdk';
import { checkAction } from './actions.ts';
import { checkLength, checkMediaUrl, type Report } from './report.ts';

export function checkTemplate(report: Report, pointer: string, template: messagingApi.Template): void {
  switch (template.type) {
    case 'buttons':
      checkCard(report, pointer, template, { text: 160, textBesidePicture: 60, actions: 4 });
      return;
    case 'confirm':
      checkLength(report, { pointer: `${pointer}/text`, text: template.text, most: 240, isNeeded: true });
      checkSize(report, `${pointer}/actions`, template.actions, 2, 2);
      template.actions.forEach((action, index) => {
        checkAction(report, `${pointer}/actions/${index}`, action, 'template');
      });
      return;
    case 'carousel':
      checkCarousel(report, pointer, template);
      return;
    case 'image_carousel':
      checkSize(report, `${pointer}/columns`, template.columns, 1, 10);
      template.columns.forEach((column, index) => {
        checkMediaUrl(report, `${pointer}/columns/${index}/imageUrl`, column.imageUrl);
        checkAction(report, `${pointer}/columns/${index}/action`, column.action, 'imageCarousel');
      });
  }
}

function checkCarousel(report: Report, pointer: string, template: messagingApi.CarouselTemplate): void {
  const { columns } = template;
  checkSize(report, `${pointer}/columns`, columns, 1, 10);
  columns.forEach((column, index) => {
    checkCard(report, `${pointer}/columns/${index}`, column, { text: 120, textBesidePicture: 60, actions: 3 });
  });
  const [first] = columns;
  const isUneven = columns.some(
    (column) =>
      column.actions.length !== first?.actions.length ||
      Boolean(column.title) !== Boolean(first.title) ||
      Boolean(column.thumbnailImageUrl) !== Boolean(first.thumbnailImageUrl),
  );
  if (isUneven) report(`${pointer}/columns`, 'the number of actions, and the use of title and image, must be the same');
}

type Card = Pick<messagingApi.CarouselColumn, 'thumbnailImageUrl' | 'title' | 'text' | 'defaultAction' | 'actions'>;

function checkCard(
  report: Report,
  pointer: string,
  card: Card,
  most: { text: number; textBesidePicture: number; actions: number },
): void {
  const hasMore = Boolean(card.title) || Boolean(card.thumbnailImageUrl);
  const textLimit = hasMore ? most.textBesidePicture : most.text;
  checkLength(report, { pointer: `${pointer}/text`, text: card.text, most: textLimit, isNeeded: true });
  checkLength(report, { pointer: `${pointer}/title`, text: card.title, most: 40 });
  checkMediaUrl(report, `${pointer}/thumbnailImageUrl`, card.thumbnailImageUrl);
  checkSize(report, `${pointer}/actions`, card.actions, 1, most.actions);
  card.actions.forEach((action, index) => {
    checkAction(report, `${pointer}/actions/${index}`, action, 'template');
  });
  if (card.defaultAction) checkAction(report, `${pointer}/defaultAction`, card.defaultAction, 'flexComponent');
}

function checkSize(report: Report, pointer: string, items: unknown[], least: number, most: number): void {
  if (items.length < least || items.length > most) report(pointer, `size must be between ${least} and ${most}`);
}
