import { createTalk, type OfficialAccountDeps } from './actions.ts';
import { createMenus, type Menus, type MenusDeps } from './menus.ts';

export { messagesConsole, messagesEntry } from './console/index.tsx';
export { createNoticeTalk, type NoticeKind } from './notices.ts';
export { menuLabelOf } from './rules/menu.ts';
export { lineAccountsOf, refreshMenu } from './store.ts';
export type OfficialAccount = ReturnType<typeof createTalk> & { readonly menus: Menus };

/** The operator's account on LINE: who answers in the talk, and which menu each person sees. */
export function createOfficialAccount(
  deps: OfficialAccountDeps & { line: MenusDeps['line'] & OfficialAccountDeps['line'] },
): OfficialAccount {
  const { db, clock, line, publicUrl, operator } = deps;
  return { ...createTalk(deps), menus: createMenus({ db, clock, line, publicUrl, brand: operator.brand }) };
}
