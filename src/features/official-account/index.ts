import type { Job } from '../../infra/jobs/jobs.ts';
import { createTalk, type OfficialAccountDeps } from './actions.ts';
import { type AllowanceDeps, allowanceJob } from './allowance.ts';
import { createMenus, type Menus, type MenusDeps } from './menus.ts';

export { allowanceAlarms } from './console/allowance.tsx';
export { messagesConsole, messagesEntry } from './console/index.tsx';
export { lineAccountDiscloser } from './disclose-store.ts';
export { createNoticeTalk, type NoticeKind } from './notices.ts';
export { menuLabelOf } from './rules/menu.ts';
export { lineAccountsOf, refreshMenu } from './store.ts';
export type OfficialAccount = ReturnType<typeof createTalk> & {
  readonly menus: Menus;
  readonly upkeep: readonly Job[];
};

/** The operator's account on LINE: who answers in the talk, and which menu each person sees. */
export function createOfficialAccount(
  deps: OfficialAccountDeps & { line: MenusDeps['line'] & OfficialAccountDeps['line'] & AllowanceDeps['line'] },
): OfficialAccount {
  const { db, clock, line, publicUrl, operator } = deps;
  const menus = createMenus({ db, clock, line, publicUrl, brand: operator.brand });
  return { ...createTalk(deps), menus, upkeep: [allowanceJob({ db, line })] };
}
