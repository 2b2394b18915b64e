import type { Config } from '../config.ts';
import { createAgeProof, partnersEntry } from '../features/age-proof/index.ts';
import { createApplications } from '../features/applications/index.ts';
import { billItemsEntry, createBilling } from '../features/billing/index.ts';
import { createContractors } from '../features/contractors/index.ts';
import { createConversations, inboxEntry, measuresEntry } from '../features/conversations/index.ts';
import { type Credentials, createCredentials } from '../features/credentials/index.ts';
import { customersEntry } from '../features/customers/index.ts';
import { createData, dataEntries, giftsRest, networkBehind, simulatedNetwork } from '../features/data/index.ts';
import { createGifts } from '../features/gifts/index.ts';
import { createHelp, helpEntry } from '../features/help/index.ts';
import { createInvitations, entryCodesEntry, type Invitations } from '../features/invitations/index.ts';
import { createLinking } from '../features/linking/index.ts';
import { createMyPage } from '../features/my-page/index.ts';
import {
  allowanceAlarms,
  createNoticeTalk,
  createOfficialAccount,
  lineAccountsOf,
  menuLabelOf,
  messagesEntry,
} from '../features/official-account/index.ts';
import { createOrders, ordersEntry } from '../features/orders/index.ts';
import { createPoints } from '../features/points/index.ts';
import { createPrepay } from '../features/prepay/index.ts';
import { createStaff } from '../features/staff/index.ts';
import { preparedRunnerOf } from '../infra/db/index.ts';
import { createStandardWebhook } from '../infra/outside/standard-webhook.ts';
import { loadFaq } from '../operator-folder/load-faq.ts';
import type { Ground } from './ground.ts';
import { orderHooks } from './order-hooks.ts';

export type Features = ReturnType<typeof createFeatures>;

/**
 * Every feature, lower ones first. What a lower one must cause in a higher one is handed to it as a hook, which runs only
 * once all of them are there.
 */
export function createFeatures(ground: Ground, { onSent }: { onSent: () => void }) {
  const { config, clock, log, operator, publicUrl, isSecure, database, db, ledger, secrets, sessions, limits } = ground;
  const { line, companies, passkeys } = ground;
  const canMail = ground.mail !== null;
  const { apiKey } = config;
  const shared = { db, clock, operator, publicUrl, sessions, apiKey };

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
    ],
    alarms: [giftsRest, ...allowanceAlarms],
  });
  const contractors = createContractors({
    db,
    clock,
    operator,
    limits,
    secrets,
    apiKey,
    tellChange: config.changeEvents && createStandardWebhook(config.changeEvents),
    onSubscriptionOpened: [
      async (tx, subscription) => {
        await linking.linkCodes.issue(tx, subscription.subscriptionId, 'opened');
      },
      (tx, subscription) => data.grantFirstMonth(tx, subscription),
    ],
    onUserChanged: (tx, subscription) => ageProof.userChanged(tx, subscription),
    onForgotten: [
      (tx, former) => linking.forget(tx, former),
      (tx, { contractorId }) => credentials.forget(tx, contractorId),
      (tx, { contractorId }) => billing.forgetCardOf(tx, contractorId),
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
    accessBaseUrl: config.line.accessBaseUrl,
    lostWithContractorLink: (sql, link, language) => points.lostWithLink(sql, link, language),
  });
  const credentials: Credentials = createCredentials({
    ...shared,
    limits,
    secrets,
    isSecure,
    passkeys,
    canMail,
    contractors,
    linking,
    lineAccountsOf,
  });
  const orders = createOrders({
    ...shared,
    secrets,
    isSecure,
    canMail,
    contractors,
    linking,
    provisioning: companies.provisioning,
    ...orderHooks(operator, () => ({ billing, invitations })),
  });
  const data = createData({
    ...shared,
    reads: preparedRunnerOf(database.pool),
    ledger,
    linking,
    contractors,
    giftsOf: (sql, ids) => gifts.giftsOf(sql, ids),
    network: networkOf(config),
  });
  const billing = createBilling({
    ...shared,
    ledger,
    linking,
    contractors,
    data,
    requireAwake: credentials.requireAwake(),
    gateway: companies.payments,
    canMail,
    pointsFor: (tx, month, bills) => points.useOnBills(tx, month, bills),
  });
  const points = createPoints({ ...shared, ledger, line, requireAwake: credentials.requireAwake() });
  const invitations: Invitations = createInvitations({
    ...shared,
    secrets,
    contractors,
    linking,
    lineAccountsOf,
    points,
  });
  const applications = createApplications({
    ...shared,
    limits,
    secrets,
    isSecure,
    isOffered: canMail && Object.values(companies).every((company) => company !== null),
    identity: companies.identity,
    payments: companies.payments,
    forgetCards: (tx, references) => billing.forgetCards(tx, references),
    contractors,
    credentials,
    orders,
    invitations,
  });
  const gifts = createGifts({
    ...shared,
    ledger,
    linking,
    data,
    limits,
    secrets,
    recordFees: billing.recordGiftFees,
  });
  const prepay = createPrepay({ ...shared, secrets, contractors, data, gifts, staff });
  const ageProof = createAgeProof({
    ...shared,
    sql: preparedRunnerOf(database.pool),
    limits,
    rates: ground.rates,
    trustedProxies: config.trustedProxies,
    secrets,
    contractors,
    linking,
    data,
    onError: (err) => log.error({ err }, 'the OpenID provider stumbled'),
  });
  const myPage = createMyPage({
    ...shared,
    tokens: secrets.tokens,
    lineLogin: ground.lineLogin,
    liff: ground.liff,
    contractors,
    linking,
    credentials,
    data,
    billing,
    points,
    lineAccountsOf,
    canMail,
    isSecure,
  });
  const conversations = createConversations({
    db,
    talkDb: ground.lanes.talk.db,
    clock,
    operator,
    publicUrl,
    menuLabelOf,
    linkStateOf: linking.linkStateOf,
    colleagues: staff.colleagues,
    publicNamesOf: staff.publicNamesOf,
    sessions,
    pictureKey: secrets.show,
    onSent,
  });
  const help = createHelp({
    ...shared,
    limits,
    source: { ...config.faq, read: () => loadFaq(config.faq.folder) },
    onFault: (err) => log.error({ err }, 'the FAQ on disk has a fault: the one before stays'),
    linkStateOf: linking.linkStateOf,
    facts: {
      'data-left': data.tellLeft,
      'link-code': linking.tellCodes,
      'gift-waiting': gifts.tellWaiting,
      'top-up': billing.tellTopUps,
    },
    askForStaff: (context) => conversations.talk.hear(context, { kind: 'word', word: 'operator' }),
  });
  const officialAccount = createOfficialAccount({
    db: ground.lanes.talk.db,
    clock,
    line,
    operator,
    publicUrl,
    handlers: [
      ...linking.talk,
      credentials.talk,
      data.talk,
      ...billing.talk,
      createNoticeTalk({
        kinds: [...data.noticeKinds, ...billing.noticeKinds, ...points.noticeKinds],
        linkStateOf: linking.linkStateOf,
      }),
      gifts.talk,
      ageProof.talk,
      help.talk,
      conversations.talk,
      points.talk,
      invitations.talk,
      orders.talk,
      applications.talk,
    ],
    linkStateOf: linking.linkStateOf,
    ears: conversations.ears,
    onQuestion: help.talk.answer,
    onAccountLink: linking.accountLinked,
  });
  return {
    staff,
    contractors,
    linking,
    credentials,
    orders,
    data,
    billing,
    points,
    invitations,
    applications,
    gifts,
    prepay,
    ageProof,
    myPage,
    conversations,
    help,
    officialAccount,
  };
}

/** Who tells the network of slowing and lifting: the operator's own program, in the demo nobody. */
function networkOf({ networkEvents, isDemo }: Config) {
  if (networkEvents) return networkBehind(createStandardWebhook(networkEvents));
  return isDemo ? simulatedNetwork : null;
}
