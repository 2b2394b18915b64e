import { fetchPictures } from '../features/conversations/index.ts';
import { dataChecks } from '../features/data/index.ts';
import { giftChecks } from '../features/gifts/index.ts';
import { pointChecks } from '../features/points/index.ts';
import { auditChainJob } from '../infra/db/audit-chain.ts';
import { forgetOldRequests } from '../infra/http/answer-once.ts';
import { createJobs, type Job } from '../infra/jobs/jobs.ts';
import { createTalkWorker } from '../infra/line/hearing/worker.ts';
import { createOutboxSender } from '../infra/line/outbox/sender.ts';
import { listenersJob } from '../infra/listeners/deliver.ts';
import { mailJob } from '../infra/mail/mail-job.ts';
import { createRetention } from '../infra/retention.ts';
import { forgetOldAnswers, hourlyReconciliation, makeJournalMonths } from '../ledger/index.ts';
import type { Features } from './features/index.ts';
import type { Ground } from './ground.ts';

/** What the ledger is compared with, beside its own journal. */
export const ledgerChecks = [...dataChecks, ...giftChecks, ...pointChecks];

export type Work = ReturnType<typeof createWork>;

/** What happens behind people's backs: the talk is answered, messages leave, and what is due is done. */
export function createWork(ground: Ground, features: Features) {
  const { clock, log, lanes, line } = ground;
  const { officialAccount, conversations, gifts } = features;

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
  const { jobs, upkeep, journalMonths } = createTimers(ground, features);

  return {
    outbox,
    talk,
    jobs,
    async start(): Promise<void> {
      await officialAccount.menus.sync().catch((err: unknown) => log.error({ err }, 'LINE has no menus yet'));
      await journalMonths.run().catch((err: unknown) => log.error({ job: journalMonths.name, err }, 'a job failed'));
      outbox.start();
      talk.start();
      jobs.start();
      upkeep.start();
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
    /** No job begins any more; resolves when those under way have come to the end of their portions. */
    async stopJobs(): Promise<void> {
      await Promise.all([jobs.stop(), upkeep.stop()]);
    },
    /** The talk and the messages, once no job leaves any more. */
    async stop(): Promise<void> {
      await talk.stop();
      await outbox.stop();
    },
  };
}

function createTimers(ground: Ground, features: Features) {
  const { clock, log, db, line, mail, secrets, lanes, publicUrl } = ground;
  const { officialAccount } = features;
  const locks = lanes.locks.db;
  const onError = (job: string, err: unknown) => log.error({ job, err }, 'a job failed');

  const reconciliation = hourlyReconciliation({
    db,
    checks: ledgerChecks,
    onChecked(findings) {
      if (findings.length > 0) log.error({ findings: findings.slice(0, 20) }, 'the ledger does not agree: gifts rest');
    },
  });
  const onMailLost = (lost: object) => log.warn(lost, 'a mail did not arrive');
  const jobs = createJobs({
    locks,
    clock,
    jobs: [
      ...features.staff.jobs,
      ...features.contractors.jobs,
      ...features.linking.jobs,
      ...features.data.jobs,
      ...features.billing.jobs,
      ...features.gifts.jobs,
      ...features.prepay.jobs,
      ...features.points.jobs,
      ...features.invitations.jobs,
      ...features.ageProof.jobs,
      ...features.help.jobs,
      ...features.conversations.jobs,
      fetchPictures({ db, line, pictureKey: secrets.show }),
      ...features.credentials.jobs,
      ...features.orders.jobs,
      ...features.applications.jobs,
      ...(mail ? [mailJob({ db, transport: mail, onLost: onMailLost })] : []),
      reconciliation,
      listenersJob({ db, publicUrl, secrets }),
      auditChainJob({ db, onHead: (head) => log.info(head, 'the audit log has a new head') }),
    ],
    onError,
  });

  const menus: Job = {
    name: 'official-account.menus',
    everySeconds: 600,
    async run() {
      await officialAccount.menus.sync();
      return 0;
    },
  };
  const journalMonths = makeJournalMonths({ db });
  // Apart from what is due by the clock: LINE allows few looks at its menus, and tables are made by the machine's.
  const upkeep = createJobs({
    locks,
    clock,
    jobs: [
      menus,
      ...officialAccount.upkeep,
      createRetention({ db }),
      forgetOldAnswers({ db }),
      forgetOldRequests({ db }),
      journalMonths,
    ],
    onError,
  });
  return { jobs, upkeep, journalMonths };
}
