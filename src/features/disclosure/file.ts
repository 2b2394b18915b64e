import type { Temporal } from 'temporal-polyfill';
import type { Language } from '../../base/language.ts';
import type { SqlRunner } from '../../infra/db/index.ts';
import type { DisclosureDeps } from './deps.ts';
import { ownAccounts } from './rules/own-accounts.ts';
import { loadLinkedAccounts, loadRecord } from './store.ts';
import { disclosureText } from './text.ts';

export interface FileAsked {
  readonly contractorId: string;
  /** The LINE account of the browser that asks; null for staff. */
  readonly lineUserId: string | null;
  readonly language: Language;
}

/** Everything that is kept of a contractor and may be told, as JSON: a number of statements that does not grow with what they find. */
export async function makeFile(
  deps: DisclosureDeps,
  sql: SqlRunner,
  now: Temporal.Instant,
  { contractorId, lineUserId, language }: FileAsked,
): Promise<string> {
  const t = disclosureText(language);
  const subscriptions = await deps.contractors.subscriptionsOf(sql, contractorId);
  const linked = await loadLinkedAccounts(sql, contractorId);
  const subscriptionIds = subscriptions.map(({ subscriptionId }) => subscriptionId);
  const own = ownAccounts(linked, lineUserId);
  const of = { contractorId, subscriptionIds, ownAccounts: own, key: deps.key, now };
  const sections: Record<string, unknown> = {};
  for (const discloser of deps.disclosers) Object.assign(sections, await discloser.disclose(sql, of));
  const record = (await loadRecord(sql, of)).map(({ action, ...entry }) => ({
    ...entry,
    what: deps.deedText(action, language),
  }));
  const file = {
    about: {
      operator: deps.operator.name[language],
      madeAt: now,
      contractorId,
      explanation: t.file.explanation,
      notInThisFile: [...t.keptBack, ...(own.length === 0 && linked.length > 0 ? [t.file.noTalk] : [])],
    },
    ...sections,
    record,
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}
