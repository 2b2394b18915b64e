import { createHash } from 'node:crypto';
import type { messagingApi } from '@line/bot-sdk';
import type { Clock } from '../../base/clock.ts';
import { type Db, inTransaction, runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import { type LineAnswer, LineCallFailed } from '../../infra/line/answer.ts';
import type { LineClient } from '../../infra/line/client.ts';
import { action } from '../../infra/line/flex.ts';
import { inOneProcess, isSomebodyMoving, loadMenus, saveMenu } from './menu-store.ts';
import { drawRichMenu, MENU_SIZE, richMenuSvg } from './rich-menu-picture.ts';
import { allMenus, type MenuArea, type MenuName, menuAreas, menuName } from './rules/menu.ts';
import { accountText } from './text.ts';

export interface MenusDeps {
  db: Db;
  clock: Clock;
  line: Pick<
    LineClient,
    'createRichMenu' | 'uploadRichMenuPicture' | 'setDefaultRichMenu' | 'listRichMenus' | 'deleteRichMenu'
  >;
  publicUrl: string;
  brand: { color: string; onColor: string };
}

export interface Menus {
  /** Makes LINE's menus what they should be; quick when nothing changed. Safe in several processes at once. */
  sync(): Promise<void>;
  /** LINE's id of a menu, once it has been made. */
  idOf(name: string): Promise<string | undefined>;
}

interface WantedMenu {
  readonly name: MenuName;
  readonly request: messagingApi.RichMenuRequest;
  readonly svg: string;
  readonly fingerprint: string;
}

/** Menus of ours are told by this; an operator's other menus are left alone. */
const PREFIX = 'renkei ';
const DEFAULT_MENU = menuName('nobody', 'ja');

export function createMenus(deps: MenusDeps): Menus {
  const { db, clock, line } = deps;

  async function syncAlone(): Promise<void> {
    const sql = runnerOf(db);
    const onLine = new Set(expectOk('list of menus', await line.listRichMenus()).map((menu) => menu.richMenuId));
    const made = await loadMenus(sql);
    for (const { name, state, language } of allMenus) {
      const wanted = describeMenu(
        name,
        menuAreas(state, language, deps.publicUrl),
        accountText(language).chatBar,
        deps.brand,
      );
      const present = made.get(name);
      const isCurrent = present?.fingerprint === wanted.fingerprint && onLine.has(present.lineRichMenuId);
      if (!isCurrent) await make(wanted);
    }
    const current = await loadMenus(sql);
    const everyone = current.get(DEFAULT_MENU);
    if (everyone) expectOk('default menu', await line.setDefaultRichMenu(everyone.lineRichMenuId));
    await sweep(sql, new Set([...current.values()].map((menu) => menu.lineRichMenuId)));
  }

  async function make(wanted: WantedMenu): Promise<void> {
    const richMenuId = expectOk('new menu', await line.createRichMenu(wanted.request));
    expectOk('menu picture', await line.uploadRichMenuPicture(richMenuId, drawRichMenu(wanted.svg)));
    await inTransaction(db, (tx) => saveMenu(runnerOf(tx), clock.now(), wanted, richMenuId));
  }

  /** Menus that were replaced, once nobody is still being moved off them. */
  async function sweep(sql: SqlRunner, inUse: ReadonlySet<string>): Promise<void> {
    if (await isSomebodyMoving(sql)) return;
    for (const menu of expectOk('list of menus', await line.listRichMenus())) {
      if (menu.name.startsWith(PREFIX) && !inUse.has(menu.richMenuId)) await line.deleteRichMenu(menu.richMenuId);
    }
  }

  return {
    sync: () => inOneProcess(db, syncAlone),
    async idOf(name) {
      return (await loadMenus(runnerOf(db))).get(name)?.lineRichMenuId;
    },
  };
}

function describeMenu(
  name: MenuName,
  areas: readonly MenuArea[],
  barText: string,
  brand: MenusDeps['brand'],
): WantedMenu {
  const svg = richMenuSvg(areas, brand);
  const columns = 3;
  const width = MENU_SIZE.width / columns;
  const height = MENU_SIZE.height / (areas.length / columns);
  const shape = {
    size: MENU_SIZE,
    selected: true,
    chatBarText: barText,
    areas: areas.map((area, place) => ({
      bounds: { x: (place % columns) * width, y: Math.floor(place / columns) * height, width, height },
      action: action(area.label, area.target),
    })),
  };
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([shape, svg]))
    .digest('hex');
  return { name, svg, fingerprint, request: { ...shape, name: `${PREFIX}${name} ${fingerprint.slice(0, 8)}` } };
}

function expectOk<Value>(call: string, answer: LineAnswer<Value>): Value {
  if (answer.kind !== 'ok') throw new LineCallFailed(call, answer);
  return answer.value;
}
