import { describe, expect, test } from 'vitest';
import { fold } from '../../../base/language.ts';
import { allMenus, menuAreas, menuTargetOf } from './menu.ts';

const labels = (...given: Parameters<typeof menuAreas>) => menuAreas(...given).map((area) => area.label);
const common = ['データプレゼント', 'データ残量確認', 'いつでもヘルプ', '新規申し込み'];

describe('the menu', () => {
  test.each([
    ['nobody', ['契約者連携', '利用者連携', ...common]],
    ['contractor', ['マイページ', '利用者連携', ...common]],
    ['user', ['契約者連携', '連携済み', ...common]],
    ['both', ['マイページ', '連携済み', ...common]],
  ] as const)('of somebody with the links of %s', (state, expected) =>
    expect(labels(state, 'ja', 'https://x')).toEqual(expected),
  );

  test('opens My Page signed in, once the contractor is linked', () =>
    expect(menuAreas('contractor', 'ja', 'https://x')[0]?.target).toBe('https://x/login/line?next=/'));

  test('leads every other area to a function of the talk', () =>
    expect(menuAreas('nobody', 'en', 'https://x').map((area) => area.target)).toEqual([
      'link-contractor.open',
      'link-user.open',
      'gifts.open',
      'data.open',
      'help.open',
      'applications.open',
    ]));

  test.each(['ja', 'en'] as const)('does the same for whoever writes its words (%s)', (language) => {
    for (const { label, target } of menuAreas('user', language, 'https://x')) {
      expect(menuTargetOf(fold(label)), label).toBe(target);
    }
    expect(menuTargetOf(fold(menuAreas('both', language, 'https://x')[0]?.label ?? ''))).toBeNull();
  });

  test('is there for every state in both languages, each label short enough to be read aloud whole', () => {
    expect(allMenus.map((menu) => menu.name)).toHaveLength(new Set(allMenus.map((menu) => menu.name)).size);
    expect(allMenus).toHaveLength(8);
    for (const { state, language } of allMenus) {
      for (const label of labels(state, language, 'https://x')) expect(label.length).toBeLessThanOrEqual(20);
    }
  });
});
