import type { messagingApi } from '@line/bot-sdk';
import { checkAction } from './actions.ts';
import type { Report } from './report.ts';

/** The SDK's type requires nothing; LINE requires all of it. */
export function checkRichMenu(report: Report, menu: messagingApi.RichMenuRequest): void {
  for (const name of ['size', 'selected', 'areas'] as const) {
    if (menu[name] === undefined) report(`/${name}`, 'May not be null');
  }
  for (const name of ['name', 'chatBarText'] as const) if (!menu[name]) report(`/${name}`, 'May not be empty');
  if ((menu.areas?.length ?? 0) > 20) report('/areas', 'Size must be between 0 and 20');
  const width = menu.size?.width ?? 0;
  const height = menu.size?.height ?? 0;
  if (menu.size) checkSize(report, width, height);
  menu.areas?.forEach(({ bounds, action }, index) => {
    const at = `/areas/${index}`;
    checkAction(report, `${at}/action`, action, 'richMenu');
    if (!bounds) {
      report(`${at}/bounds`, 'May not be null');
      return;
    }
    const { x = 0, y = 0, width: wide = 0, height: high = 0 } = bounds;
    if (wide === 0 || high === 0 || x + wide > width || y + high > height) {
      report(`${at}/bounds`, 'The area must lie within the rich menu');
    }
  });
}

function checkSize(report: Report, width: number, height: number): void {
  if (width < 800 || width > 2_500) report('/size/width', 'Must be between 800 and 2500');
  if (height < 250) report('/size/height', 'Must be greater than or equal to 250');
  if (height > 0 && width / height < 1.45) report('/size', 'The aspect ratio (width / height) must be at least 1.45');
}
