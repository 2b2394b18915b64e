import type { Server } from 'node:http';
import { join } from 'node:path';
import type { Hono } from 'hono';
import type { Clock } from './base/clock.ts';
import type { Config } from './config.ts';
import { createAgeProof, partnerConsole, partnersEntry } from './features/age-proof/index.ts';
import { createApplications } from './features/applications/index.ts';
import { assertHeldIsKnown, billItemsConsole, billItemsEntry, createBilling } from './features/billing/index.ts';
import { createContractors } from './features/contractors/index.ts';
import {
  createConversations,
  fetchPictures,
  inboxConsole,
  inboxEntry,
  measuresConsole,
  measuresEntry,
} from './features/conversations/index.ts';
import { type Credentials, createCredentials } from './features/credentials/index.ts';
import { customersConsole, customersEntry, personBeside } from './features/customers/index.ts';
import { createData, dataChecks, dataConsole, dataEntries, giftsRest, prepayApi } from './features/data/index.ts';
import { createGifts, giftChecks } from './features/gifts/index.ts';
import { createHelp, helpConsole, helpEntry } from './features/help/index.ts';
import { createInvitations, entryCodesEntry, type Invitations } from './features/invitations/index.ts';
import { createLinking } from './features/linking/index.ts';
import { createMyPage } from './features/my-page/index.ts';
import {
  allowanceAlarms,
  createNoticeTalk,
  createOfficialAccount,
  lineAccountsOf,
  menuLabelOf,
  messagesConsole,
  messagesEntry,
} from './features/official-account/index.ts';
import { createOrders, ordersEntry } from './features/orders/index.ts';
import { createPoints, pointChecks } from './features/points/index.ts';
import { createStaff } from './features/staff/index.ts';
import { createPasskeys } from './infra/auth/passkeys.ts';
import { auditChainJob } from './infra/db/audit-chain.ts';
import { type EmbeddedPostgres, startEmbedded } from './infra/db/embedded.ts';
import {
  assertDurable,
  byKeySettings,
  type Database,
  type DatabaseOptions,
  migrate,
  openDatabase,
  preparedRunnerOf,
  runnerOf,
} from './infra/db/index.ts';
import { createRateLimits } from './infra/db/rate-limits.ts';
import { createTryLimits } from './infra/db/try-limits.ts';
import { createDoors } from './infra/http/doors.ts';
import { partnerInterfaces } from './infra/http/partner-interfaces.ts';
import { closeServer, startServer, under } from './infra/http/server.ts';
import { createSessions } from './infra/http/session.ts';
import { createWeb } from './infra/http/web.ts';
import type { WebEnv } from './infra/http/web-env.ts';
import { createIdentityProvider } from './infra/identity/over-http.ts';
import { createJobs, type Job } from './infra/jobs/jobs.ts';
import { createLineClient } from './infra/line/client.ts';
import { INSERTS } from './infra/line/event-store.ts';
import { loadLiffEntry } from './infra/line/liff-entry.ts';
import { createLiffTokens } from './infra/line/liff-token.ts';
import { createLineLogin } from './infra/line/login.ts';
import { createOutboxSender } from './infra/line/outbox-sender.ts';
import { createTalkRetention } from './infra/line/retention.ts';
import { createTalkWorker } from './infra/line/talk-worker.ts';
import { createWebhookDoor } from './infra/line/webhook.ts';
import { createLive } from './infra/live/live.ts';
import type { MailTransport } from './infra/mail/mail.ts';
import { mailJob } from './infra/mail/mail-job.ts';
import { smtpTransport } from './infra/mail/smtp.ts';
import type { CompanyAddress, CompanyOptions } from './infra/outside/company.ts';
import { createCardGateway } from './infra/payments/over-http.ts';
import { createProvisioning } from './infra/provisioning/over-http.ts';
import { loadKeys } from './infra/secrets.ts';
import type { Logger } from './infra/telemetry/log.ts';
import { telemetryRoutes } from './infra/telemetry/routes.ts';
import { createLedger, forgetOldAnswers, hourlyReconciliation, makeJournalMonths, reconcile } from './ledger/index.ts';
import { loadFaq } from './operator-folder/load-faq.ts';

export interface AppParts {
  clock: Clock;
  log: Logger;
  /** How mail leaves, in place of SMTP: the demo's own mailbox. */
  mail?: MailTransport;
  /** A database that is already open; else `DATABASE_URL`, else the embedded one. */
  database?: Database;
}

/** Connections for locks: more than there are jobs. Only those at work are open. */
const MOST_JOBS = 50;

/** The whole of Renkei, composed by hand. */
export type App = Awaited<ReturnType<typeof createApp>>;

/**
 * Puts every part together. Nothing listens and nothing runs before `listen()`.
 *
 * @throws when the database cannot be trusted with data, or was written by a newer program.
 */
export async function createApp(config: Config, parts: AppParts) {
  const { clock, log } = parts;
  const { operator, publicUrl } = config;
  const isSecure = publicUrl.startsWith('https://');

  const ground = await layGround(config, parts);
  const { database, db, lanes, keys, sessions, limits, rates, line, lineLogin, liff, companies } = ground;
  const ledger = createLedger({ pool: lanes.ledger.pool, clock, log });
  const passkeys = createPasskeys({ db, clock, publicUrl, name: operator.name.ja });
  const staff = createStaff({
    db,
    clock,
    operator,
    limits,
    secrets: keys,
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

  // Features, lower ones first. What a lower one must cause in a higher one is handed to it as a hook.
  const contractors = createContractors({
    db,
    clock,
    operator,
    limits,
    secrets: keys,
    apiKey: config.apiKey,
    onSubscriptionOpened: [
      async (tx, subscription) => {
        await linking.linkCodes.issue(tx, subscription.subscriptionId, 'opened');
      },
      (tx, subscription) => data.grantFirstMonth(tx, subscription),
    ],
  });
  const shared = { db, clock, operator, publicUrl, sessions, apiKey: config.apiKey };
  const linking = createLinking({
    ...shared,
    line,
    contractors,
    limits,
    secrets: keys,
    secondFactor: {
      waysToLink: (contractorId) => credentials.linkProof.waysToLink(contractorId),
      ask: (prover, name) => credentials.linkProof.ask(prover, name),
      isAsked: (prover) => credentials.linkProof.isAsked(prover),
      prove: (prover, given) => credentials.linkProof.prove(prover, given),
      passkeyOptions: (contractorId) => credentials.linkProof.passkeyOptions(contractorId),
    },
    changeFirstPassword: (c, first) => credentials.firstPassword.begin(c, { ...first, from: 'link' }),
    onContractorLink: (sql, change) => credentials.mailOfLink(sql, change),
    accessBaseUrl: config.line.accessBaseUrl,
    lostWithContractorLink: (sql, link, language) => points.lostWithLink(sql, link, language),
  });
  const mail = parts.mail ?? (config.mail && smtpTransport({ url: config.mail.smtpUrl, from: config.mail.from }));
  const credentials: Credentials = createCredentials({
    ...shared,
    limits,
    secrets: keys,
    isSecure,
    passkeys,
    canMail: mail !== null,
    contractors,
    linking,
    lineAccountsOf,
  });
  const orders = createOrders({
    ...shared,
    secrets: keys,
    isSecure,
    canMail: mail !== null,
    contractors,
    linking,
    provisioning: ground.companies.provisioning,
    onCompleted: [
      async (tx, { orderId, contractorId, subscriptionId, application, changedAt }) => {
        const isWaived = await invitations.isFeeWaived(runnerOf(tx), orderId);
        const feeYen = isWaived ? 0 : operator.orders.registrationFeeYen;
        const begun = { orderId, contractorId, subscriptionId, now: changedAt, feeYen, card: application.payment };
        await billing.beginSubscription(tx, begun);
      },
    ],
    onWithdrawn: [
      (tx, { orderId, contractorId, subscriptionId, changedAt }) =>
        billing.giveBackMonthlyFees(tx, { orderId, contractorId, subscriptionId, now: changedAt }),
    ],
    isFeeWaived: (sql, { orderId }) => invitations.isFeeWaived(sql, orderId),
    checkCodes: (tx, application) => invitations.checkForOrder(tx, application),
    onChanged: [
      async (tx, { application }, { toState, fromState }) => {
        const isOver = toState === 'rejected' || (toState === 'cancelled' && fromState !== 'completed');
        if (isOver && application.payment) await billing.forgetCards(tx, [application.payment.reference]);
      },
      async (tx, { application }, { before }) => {
        const old = before?.payment;
        if (old && old.reference !== application.payment?.reference) await billing.forgetCards(tx, [old.reference]);
      },
      (tx, order, change) => invitations.onOrderChanged(tx, order, change),
    ],
  });
  const data = createData({
    ...shared,
    reads: preparedRunnerOf(database.pool),
    ledger,
    linking,
    contractors,
    giftsOf: (sql, ids) => gifts.giftsOf(sql, ids),
  });
  const billing = createBilling({
    ...shared,
    ledger,
    linking,
    contractors,
    data,
    requireAwake: credentials.requireAwake(),
    gateway: companies.payments,
    canMail: mail !== null,
    pointsFor: (tx, month, bills) => points.useOnBills(tx, month, bills),
  });
  const points = createPoints({ ...shared, ledger, line, requireAwake: credentials.requireAwake() });
  const invitations: Invitations = createInvitations({
    ...shared,
    secrets: keys,
    contractors,
    linking,
    lineAccountsOf,
    points,
  });
  const applications = createApplications({
    ...shared,
    limits,
    secrets: keys,
    isSecure,
    isOffered: mail !== null && Object.values(companies).every((company) => company !== null),
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
    secrets: keys,
    recordFees: billing.recordGiftFees,
  });
  const ageProof = createAgeProof({
    ...shared,
    sql: preparedRunnerOf(database.pool),
    limits,
    rates,
    trustedProxies: config.trustedProxies,
    secrets: keys,
    contractors,
    linking,
    data,
    onError: (err) => log.error({ err }, 'the OpenID provider stumbled'),
  });
  const myPage = createMyPage({
    ...shared,
    tokens: keys.tokens,
    lineLogin,
    liff,
    contractors,
    linking,
    credentials,
    data,
    billing,
    points,
    lineAccountsOf,
    canMail: mail !== null,
    isSecure,
  });
  const conversations = createConversations({
    db,
    clock,
    operator,
    publicUrl,
    menuLabelOf,
    linkStateOf: linking.linkStateOf,
    colleagues: staff.colleagues,
    publicNamesOf: staff.publicNamesOf,
    sessions,
    pictureKey: keys.show,
    onSent: () => outbox.poke(),
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
    db: lanes.talk.db,
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

  const outbox = createOutboxSender({
    db: lanes.talk.db,
    clock,
    line,
    richMenuIdOf: officialAccount.menus.idOf,
    wordings: gifts.wordings,
    onConversation: conversations.noteSent,
    onConversationSettled: conversations.noteSettled,
    onLost: (lost) => log.warn(lost, 'a message did not arrive'),
    onError: (err) => log.error({ err }, 'the outbox stumbled'),
  });
  const talk = createTalkWorker({
    db: lanes.talk.db,
    clock,
    handle: officialAccount.handleEvent,
    apologise: officialAccount.apologise,
    onAnswered: () => outbox.poke(),
    onError: (event, err) => log.error({ event, err }, 'an event could not be handled'),
  });
  const menus: Job = {
    name: 'official-account.menus',
    everySeconds: 600,
    async run() {
      await officialAccount.menus.sync();
      return 0;
    },
  };
  const checks = [...dataChecks, ...giftChecks, ...pointChecks];
  const reconciliation = hourlyReconciliation({
    db,
    checks,
    onChecked(findings) {
      if (findings.length > 0) log.error({ findings: findings.slice(0, 20) }, 'the ledger does not agree: gifts rest');
    },
  });
  const auditChain = auditChainJob({ db, onHead: (head) => log.info(head, 'the audit log has a new head') });
  const onMailLost = (lost: object) => log.warn(lost, 'a mail did not arrive');
  const mailJobs = mail ? [mailJob({ db, transport: mail, onLost: onMailLost })] : [];
  const onError = (job: string, err: unknown) => log.error({ job, err }, 'a job failed');
  const jobs = createJobs({
    locks: lanes.locks.db,
    clock,
    jobs: [
      ...contractors.jobs,
      ...linking.jobs,
      ...data.jobs,
      ...billing.jobs,
      ...gifts.jobs,
      ...points.jobs,
      ...invitations.jobs,
      ...ageProof.jobs,
      ...help.jobs,
      ...conversations.jobs,
      fetchPictures({ db, line, pictureKey: keys.show }),
      ...credentials.jobs,
      ...orders.jobs,
      ...applications.jobs,
      ...mailJobs,
      reconciliation,
      auditChain,
    ],
    onError,
  });
  const journalMonths = makeJournalMonths({ db });
  // Apart from what is due by the clock: LINE allows few looks at its menus, and tables are made by the machine's.
  const upkeep = createJobs({
    locks: lanes.locks.db,
    clock,
    jobs: [menus, ...officialAccount.upkeep, createTalkRetention({ db }), forgetOldAnswers({ db }), journalMonths],
    onError,
  });

  const live = createLive({
    url: database.url,
    topics: ['conversation', 'product_order'],
    onError: (err) => log.error({ err }, 'pages hear of no changes until this passes'),
  });
  const web = createWeb({
    sessions,
    operator,
    log,
    publicUrl,
    lineAccessBaseUrl: config.line.accessBaseUrl,
    trustedProxies: config.trustedProxies,
  });
  web.route('/', telemetryRoutes({ db, metrics: data.metrics }));
  const { channelSecrets } = config.line;
  const doors = [
    createWebhookDoor({ sql: preparedRunnerOf(lanes.door.pool), clock, channelSecrets, onStored: talk.poke }),
    gifts.door(),
  ];
  web.route(
    '/',
    partnerInterfaces([
      contractors.api(),
      linking.api(),
      data.api(),
      billing.api(),
      gifts.api(),
      orders.api(config.apiKey),
      prepayApi({ ...shared, data, contractors }),
      ageProof.api(),
    ]),
  );
  for (const pages of [
    linking.pages(),
    data.pages(),
    billing.pages(),
    gifts.pages(),
    credentials.pages(),
    points.pages(),
    invitations.pages(),
    ageProof.pages(),
    myPage.pages(),
    help.pages(),
    orders.pages(),
    applications.pages(),
    conversations.pages(),
  ]) {
    web.route('/', pages);
  }
  const desk = { db, clock, operator, staff, contractors, linking, data, lineAccountsOf };
  const ofOrders = orders.console({ staff, live });
  const ofPoints = points.console({ staff, contractors });
  const ofBills = billItemsConsole(desk);
  const ofData = dataConsole({
    ...desk,
    giftsUnderWay: gifts.underWayOf,
    lookAgain: () => reconcile(db, clock.now(), { more: checks, from: 'last-look' }),
  });
  web.route(
    '/',
    staff.console({
      pages: [
        inboxConsole({
          ...desk,
          publicUrl,
          live,
          acts: conversations.staff,
          beside: personBeside(desk),
          tellLeft: data.tellLeft,
          pictureKey: keys.show,
        }),
        customersConsole(desk),
        ofData.pages,
        ofOrders.pages,
        invitations.console(staff),
        linking.console(staff),
        ofPoints.pages,
        ofBills.pages,
        messagesConsole(desk),
        measuresConsole({ ...desk, questionsInTalk: help.questionsInTalk }),
        helpConsole({ ...desk, faq: help.faq }),
        partnerConsole({ ...desk, publicUrl }),
      ],
      kinds: [...ofData.kinds, ...ofOrders.kinds, ...ofPoints.kinds, ...ofBills.kinds],
    }),
  );

  let server: Server | undefined;

  return {
    config,
    database,
    web,
    /** Where programs post beside the web. */
    doors: doors.map(({ path }) => path),
    companies,
    staff,
    contractors,
    conversations,
    linking,
    data,
    billing,
    gifts,
    ageProof,
    points,
    orders,
    applications,
    jobs,
    /** Adds routes before listening: the demo's. */
    mount(routes: Hono<WebEnv>) {
      web.route('/', routes);
    },
    /** Makes the menus, starts the work of this process's roles, and answers on its port. */
    async listen(): Promise<{ url: string }> {
      help.faq.start();
      if (config.roles.has('jobs')) {
        await officialAccount.menus.sync().catch((err: unknown) => log.error({ err }, 'LINE has no menus yet'));
        await journalMonths.run().catch((err: unknown) => onError(journalMonths.name, err));
        outbox.start();
        talk.start();
        jobs.start();
        upkeep.start();
      }
      if (config.roles.has('web')) {
        live.start();
        server = await startServer(config, web, [
          createDoors({ doors, log, isSecure }),
          under('/oidc', ageProof.openId.answer),
        ]);
      }
      return { url: publicUrl };
    },
    /**
     * Whether everything that was caused has happened: events answered, messages gone, nothing left that people wait for.
     * What looks once a minute or less waits for its hour, and the clock that moves to it runs it.
     */
    async isIdle(): Promise<boolean> {
      await talk.drain();
      await jobs.runDue(59);
      await outbox.flush();
      return (await talk.isIdle()) && (await outbox.isIdle());
    },
    /** Finishes what is under way, in order: no new requests, no new work, then the database. */
    async stop(): Promise<void> {
      help.faq.stop();
      // Streams would keep the server open.
      await live.stop();
      if (server) await closeServer(server);
      await Promise.all([jobs.stop(), upkeep.stop()]);
      await talk.stop();
      await outbox.stop();
      await ledger.stop();
      await ground.close();
    },
  };
}

/** What every part stands on: the database with its lanes, the keys, sessions, limits, and the ways to LINE. */
async function layGround(config: Config, { clock, log, database: given }: AppParts) {
  const { publicUrl } = config;
  const opened = given ? { database: given } : await openOwnDatabase(config, log);
  const { database } = opened;
  const { db } = database;
  await assertDurable(database.pool);
  await migrate(database.pool);
  await assertHeldIsKnown(runnerOf(db), config.operator, clock.now());
  // Lanes of their own: busy pages can starve neither the ledger, nor LINE's door, which must answer within two seconds, nor
  // the talk.
  const lane = (applicationName: string, poolSize: number, options: Partial<DatabaseOptions> = {}) =>
    openDatabase({
      url: database.url,
      poolSize,
      applicationName,
      ...options,
      onConnectionError: (err) => log.error({ err }, 'a database connection broke'),
    });
  const lanes = {
    ledger: lane('renkei ledger', 6, { settings: byKeySettings }),
    door: lane('renkei webhook', INSERTS),
    // What waits is looked for by walking along an index: a bitmap would bring back all that has been done since the last vacuum.
    talk: lane('renkei talk', 8, { settings: { ...byKeySettings, enable_bitmapscan: 'off' }, prepares: true }),
    locks: lane('renkei job locks', MOST_JOBS),
  };

  const keys = loadKeys(config.keys === null ? {} : { RENKEI_KEYS: config.keys }, config.dataDir, {
    mayCreate: config.isDemo,
  });
  const sessions = createSessions({ db, clock, isSecure: publicUrl.startsWith('https://') });
  const limits = createTryLimits({ clock, key: keys.limits });
  const rates = createRateLimits({ db, clock, key: keys.limits });
  const line = createLineClient({ ...config.line, channelSecret: config.line.channelSecrets[0] ?? '', clock });
  const lineLogin = createLineLogin({
    clientId: config.line.loginChannelId,
    clientSecret: config.line.loginChannelSecret,
    accessBaseUrl: config.line.accessBaseUrl,
    apiBaseUrl: config.line.apiBaseUrl,
    redirectUri: `${publicUrl}/login/line/callback`,
    clock,
  });

  const liff = config.line.liffId
    ? {
        id: config.line.liffId,
        tokens: createLiffTokens({ clientId: config.line.loginChannelId, apiBaseUrl: config.line.apiBaseUrl, clock }),
        script: await loadLiffEntry(),
      }
    : null;

  const connect = <Port>(create: (options: CompanyOptions) => Port, address: CompanyAddress | null): Port | null => {
    const onTrouble = (facts: object) => log.warn(facts, 'a company outside gave no answer to go on with');
    return address && create({ ...address, onTrouble });
  };
  const companies = {
    identity: connect(createIdentityProvider, config.companies.identity),
    payments: connect(createCardGateway, config.companies.payments),
    provisioning: connect(createProvisioning, config.companies.provisioning),
  };

  return {
    database,
    db,
    lanes,
    companies,
    keys,
    sessions,
    limits,
    rates,
    line,
    lineLogin,
    liff,
    /** Closes what was opened here, the lanes first. */
    async close(): Promise<void> {
      await Promise.all(Object.values(lanes).map((each) => each.close()));
      if (!given) await database.close();
      if ('embedded' in opened) await opened.embedded?.stop();
    },
  };
}

async function openOwnDatabase(
  config: Config,
  log: Logger,
): Promise<{ database: Database; embedded?: EmbeddedPostgres }> {
  const onConnectionError = (err: Error) => log.error({ err }, 'a database connection broke');
  if (config.databaseUrl) return { database: openDatabase({ url: config.databaseUrl, onConnectionError }) };
  const embedded = await startEmbedded(join(config.dataDir, 'postgres'));
  return { embedded, database: openDatabase({ url: await embedded.databaseUrl('renkei'), onConnectionError }) };
}
