import { randomInt } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { isId, newId } from '../../base/ids.ts';
import { accept, type Decision, refuse } from '../../base/refusal.ts';
import { type AuditEntry, audit, type Db, inTransaction, runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import type { Session } from '../../infra/http/session.ts';
import { hasSecondProof } from '../../infra/http/session-rules.ts';
import { keyedHash, keyedHashes, seal, unseal } from '../../infra/secrets.ts';
import {
  type CodeRow,
  countReissuesSince,
  insertCodes,
  loadLiveCode,
  lockSubscription,
  revokeLiveCodes,
} from './code-store.ts';
import type { LinkingDeps } from './deps.ts';
import { concernedBy, subscriptionLabel, tell } from './notices.ts';
import { reissueOnce } from './reissue-once.ts';
import { canReissue } from './rules/attempt.ts';
import { REISSUES_PER_DAY } from './rules/limits.ts';
import { type LinkCode, makeLinkCode } from './rules/link-code.ts';
import { undoUserLinks } from './unlink.ts';

type IssuedBy = 'opened' | 'contractor' | 'staff' | 'provisioning';

export interface IssuedCode {
  readonly linkCodeId: string;
  readonly code: LinkCode;
  readonly lastFour: string;
  readonly issuedAt: Temporal.Instant;
}

/** Who asks: the owner, who reaches own subscriptions only, a member of staff, or the back office. */
type Asker = { readonly contractorId: string } | { readonly staff: string } | { readonly isProvisioning: true };

export type ReissueRefusal = 'not-found' | 'ended' | 'too-many-reissues';

export type ReissueRequest = Asker & {
  readonly subscriptionId: string;
  /** Also undo the present link: the phone is lost, or somebody else has it. */
  readonly undoLink: boolean;
  readonly reason: string | null;
};

export interface LinkCodes {
  /** The last four digits of the live code and since when it is; null without one. */
  shownMasked(subscriptionId: string): Promise<{ lastFour: string; issuedAt: Temporal.Instant } | null>;
  /** The whole code, to its contractor, within five minutes of a second proof. Recorded and told. */
  reveal(request: {
    contractorId: string;
    subscriptionId: string;
    session: Session;
  }): Promise<Decision<IssuedCode, 'not-found' | 'second-proof-missing'>>;
  /** A new code; the old one is dead at once. At most five a day per subscription. */
  reissue(request: ReissueRequest, tx?: Db): Promise<Decision<IssuedCode, ReissueRefusal>>;
  /** The same by a form, once for each that was shown, however often it is sent. */
  reissueOnce(request: ReissueRequest & { readonly requestId: string }): Promise<Decision<null, ReissueRefusal>>;
  /** A code for each in the caller's transaction, without limit or notice: for subscriptions that are being opened. */
  issueAll(tx: Db, subscriptionIds: readonly string[]): Promise<ReadonlyMap<string, IssuedCode>>;
  /** The code of an earlier answer to the back office, while it is live. */
  openAgain(tx: Db, code: { linkCodeId: string; subscriptionId: string }): Promise<IssuedCode | null>;
  /** The look-up hashes of a code, one for each version of the key. */
  lookupHashes(code: LinkCode): Buffer[];
}

/** Issues, shows and finds link codes. */
export function createLinkCodes(deps: LinkingDeps): LinkCodes {
  const { db, clock, operator, secrets } = deps;
  const boundTo = (subscriptionId: string) => `link-code:${subscriptionId}`;

  async function issueAll(
    tx: Db,
    subscriptionIds: readonly string[],
    { issuedBy, reason }: { issuedBy: IssuedBy; reason: string | null } = { issuedBy: 'opened', reason: null },
  ): Promise<ReadonlyMap<string, IssuedCode>> {
    const sql = runnerOf(tx);
    const issuedAt = clock.now();
    await revokeLiveCodes(sql, issuedAt, subscriptionIds);
    const made = new Map(subscriptionIds.map((subscriptionId) => [subscriptionId, drawn(issuedAt)]));
    await insertCodes(
      sql,
      [...made].map(([subscriptionId, { code, ...rest }]) => ({
        ...rest,
        subscriptionId,
        lookupHash: keyedHash(secrets.lookup, code),
        lookupKeyVersion: secrets.lookup.current,
        shownCipher: seal(secrets.show, code, boundTo(subscriptionId)),
        showKeyVersion: secrets.show.current,
        issuedBy,
        reason,
      })),
    );
    return made;
  }

  async function reveal(request: {
    contractorId: string;
    subscriptionId: string;
    session: Session;
  }): Promise<Decision<IssuedCode, 'not-found' | 'second-proof-missing'>> {
    const { contractorId, subscriptionId, session } = request;
    if (!isId(subscriptionId) || session.contractorId !== contractorId) return refuse('not-found');
    const now = clock.now();
    return inTransaction(db, async (tx) => {
      const sql = runnerOf(tx);
      const live = await loadLiveCode(sql, { subscriptionId, contractorId });
      if (!live) return refuse('not-found');
      if (!hasSecondProof(session, now, 'link-code')) return refuse('second-proof-missing');
      await record(
        sql,
        'linking.code-revealed',
        { kind: 'contractor', id: contractorId },
        { contractorId, subscriptionId },
      );
      // Looking again within one sign-in is recorded, but told once.
      await notify(
        sql,
        { contractorId, subscriptionId },
        `revealed:${live.linkCodeId}:${session.sessionId}`,
        'codeRevealed',
      );
      return accept(opened(live));
    });
  }

  function opened(live: CodeRow): IssuedCode {
    const { linkCodeId, lastFour, issuedAt } = live;
    return {
      linkCodeId,
      lastFour,
      issuedAt,
      code: unseal(secrets.show, live.shownCipher, boundTo(live.subscriptionId)),
    };
  }

  async function reissue(request: ReissueRequest, tx?: Db): Promise<Decision<IssuedCode, ReissueRefusal>> {
    const { subscriptionId } = request;
    if (!isId(subscriptionId)) return refuse('not-found');
    const work = async (own: Db): Promise<Decision<IssuedCode, ReissueRefusal>> => {
      const sql = runnerOf(own);
      const now = clock.now();
      const owner = 'contractorId' in request ? { contractorId: request.contractorId } : {};
      const actor = actorOf(request);
      const locked = await lockSubscription(sql, { subscriptionId, ...owner });
      if (!locked) return refuse('not-found');
      if (locked.endedAt && Temporal.Instant.compare(now, locked.endedAt) >= 0) return refuse('ended');
      const today = now.toZonedDateTimeISO(operator.timeZone).startOfDay().toInstant();
      if (!canReissue(await countReissuesSince(sql, subscriptionId, today), REISSUES_PER_DAY)) {
        return refuse('too-many-reissues');
      }
      const { reason } = request;
      const made = await issueAll(own, [subscriptionId], { issuedBy: issuerOf(request), reason });
      const issued = made.get(subscriptionId);
      if (!issued) throw new Error('no code was issued');
      const { contractorId } = locked;
      const detail = { lastFour: issued.lastFour, undoLink: request.undoLink, reason };
      await record(sql, 'linking.code-reissued', actor, { contractorId, subscriptionId, detail });
      await notify(sql, { contractorId, subscriptionId }, `reissued:${issued.linkCodeId}`, 'codeReissued');
      if (request.undoLink) {
        await undoUserLinks(deps, sql, now, { match: { subscriptionId }, from: 're-issue', actor });
      }
      return accept(issued);
    };
    return tx ? work(tx) : inTransaction(db, work);
  }

  async function record(
    sql: SqlRunner,
    action: string,
    actor: AuditEntry['actor'],
    about: Omit<AuditEntry, 'action' | 'actor'>,
  ): Promise<void> {
    await audit(sql, clock.now(), { action, actor, ...about });
  }

  async function notify(
    sql: SqlRunner,
    about: { contractorId: string; subscriptionId: string },
    cause: string,
    words: 'codeRevealed' | 'codeReissued',
  ): Promise<void> {
    const subscription = (await deps.contractors.subscriptions(sql, [about.subscriptionId])).get(about.subscriptionId);
    await tell(sql, clock.now(), {
      to: await concernedBy(sql, about),
      cause,
      phone: operator.support.phone,
      words: (notices, _t, language) => notices[words](subscriptionLabel(subscription, language)),
    });
  }

  return {
    issueAll: (tx, subscriptionIds) => issueAll(tx, subscriptionIds),
    reveal,
    reissue,
    reissueOnce: (request) => reissueOnce(deps, reissue, request),
    lookupHashes: keyedHashes(secrets.lookup),
    async openAgain(tx, { linkCodeId, subscriptionId }) {
      const live = await loadLiveCode(runnerOf(tx), { subscriptionId });
      return live?.linkCodeId === linkCodeId ? opened(live) : null;
    },
    async shownMasked(subscriptionId) {
      if (!isId(subscriptionId)) return null;
      const live = await loadLiveCode(runnerOf(db), { subscriptionId });
      return live && { lastFour: live.lastFour, issuedAt: live.issuedAt };
    },
  };
}

/** Of 10^15 codes one that was drawn before is refused by the database; whoever asked for it asks again. */
function drawn(issuedAt: Temporal.Instant): IssuedCode {
  const code = makeLinkCode((below) => randomInt(below));
  return { linkCodeId: newId(), code, lastFour: code.slice(-4), issuedAt };
}

function actorOf(asker: Asker): AuditEntry['actor'] {
  if ('contractorId' in asker) return { kind: 'contractor', id: asker.contractorId };
  return 'staff' in asker ? { kind: 'staff', id: asker.staff } : { kind: 'provisioning' };
}

function issuerOf(asker: Asker): IssuedBy {
  if ('contractorId' in asker) return 'contractor';
  return 'staff' in asker ? 'staff' : 'provisioning';
}
