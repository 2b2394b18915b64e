import { partnersEntry } from '../../features/age-proof/index.ts';
import { billItemsEntry } from '../../features/billing/index.ts';
import type { ContractorsDeps } from '../../features/contractors/index.ts';
import { createContractors } from '../../features/contractors/index.ts';
import { inboxEntry, measuresEntry } from '../../features/conversations/index.ts';
import { type Credentials, createCredentials } from '../../features/credentials/index.ts';
import { customersEntry, deedText } from '../../features/customers/index.ts';
import { dataEntries, giftsRest } from '../../features/data/index.ts';
import { helpEntry } from '../../features/help/index.ts';
import { entryCodesEntry } from '../../features/invitations/index.ts';
import type { Linking, LinkingDeps } from '../../features/linking/index.ts';
import { createLinking } from '../../features/linking/index.ts';
import { listenersEntry } from '../../features/listeners/index.ts';
import { allowanceAlarms, lineAccountsOf, messagesEntry } from '../../features/official-account/index.ts';
import { ordersEntry } from '../../features/orders/index.ts';
import { createStaff } from '../../features/staff/index.ts';
import { createStandardWebhook } from '../../infra/outside/standard-webhook.ts';
import type { Ground } from '../ground.ts';
import { sharedBy } from './shared.ts';

/** What people cause in features above them. */
interface Above {
  /** Gives new subscriptions their first data, in the transaction that opens them. */
  readonly onSubscriptionsOpened: ContractorsDeps['onSubscriptionsOpened'][number];
  /** Ends what was about the user before. */
  readonly onUserChanged: ContractorsDeps['onUserChanged'];
  /** Ends what the person of an undone user link has allowed. */
  readonly onUserUnlinked: LinkingDeps['onUserUnlinked'];
  /** Forgets a contractor's card, and why things were asked for of their subscriptions. */
  readonly onForgotten: ContractorsDeps['onForgotten'];
  readonly lostWithContractorLink: Linking['lostWithContractorLink'];
}

export type People = ReturnType<typeof createPeople>;

/** Who is who: staff, the operator's contractors, their LINE accounts, and how they sign in. */
export function createPeople(ground: Ground, above: Above) {
  const { config, db, clock, operator, limits, secrets, passkeys, isSecure, line } = ground;
  const shared = sharedBy(ground);
  const { apiKey } = shared;
  const staff = createStaff({
    db,
    clock,
    operator,
    limits,
    secrets,
    passkeys,
    isSecure,
    entries: [
      inboxEntry,
      customersEntry,
      ordersEntry,
      entryCodesEntry,
      billItemsEntry,
      ...dataEntries,
      messagesEntry,
      measuresEntry,
      helpEntry,
      partnersEntry,
      listenersEntry,
    ],
    alarms: [giftsRest, ...allowanceAlarms],
    deedText,
  });

  const contractors = createContractors({
    db,
    clock,
    operator,
    limits,
    secrets,
    apiKey,
    tellChange: config.changeEvents && createStandardWebhook(config.changeEvents),
    onSubscriptionsOpened: [
      (tx, subscriptions) =>
        linking.linkCodes.issueAll(
          tx,
          subscriptions.map(({ subscriptionId }) => subscriptionId),
        ),
      above.onSubscriptionsOpened,
    ],
    onUserChanged: above.onUserChanged,
    onForgotten: [
      (tx, former) => linking.forget(tx, former),
      (tx, { contractorId }) => credentials.forget(tx, contractorId),
      ...above.onForgotten,
    ],
  });

  const linking = createLinking({
    ...shared,
    line,
    contractors,
    limits,
    secrets,
    secondFactor: () => credentials.linkProof,
    changeFirstPassword: (c, first) => credentials.firstPassword.begin(c, { ...first, from: 'link' }),
    onContractorLink: (sql, change) => credentials.mailOfLink(sql, change),
    onUserUnlinked: above.onUserUnlinked,
    accessBaseUrl: config.line.accessBaseUrl,
    lostWithContractorLink: above.lostWithContractorLink,
  });

  const credentials: Credentials = createCredentials({
    ...shared,
    limits,
    secrets,
    isSecure,
    passkeys,
    canMail: ground.mail !== null,
    contractors,
    linking,
    lineAccountsOf,
  });

  return { staff, contractors, linking, credentials };
}
