import type { Temporal } from 'temporal-polyfill';
import { isId } from '../../base/ids.ts';
import { dayOf } from '../../base/operator-month.ts';
import { type Db, inTransaction, runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import { seal, unseal } from '../../infra/secrets.ts';
import type { Applicant } from './applicant.ts';
import type { ApplicationDeps } from './deps.ts';
import { draftShape } from './draft-shape.ts';
import { type Draft, emptyDraft } from './rules/draft.ts';
import { DRAFT_DAYS } from './rules/limits.ts';
import { replacedCard } from './rules/outside.ts';
import type { StepFacts } from './rules/steps.ts';
import {
  type DraftRow,
  deleteDraft,
  deleteExpired,
  insertDraft,
  loadCorrection,
  loadDraft,
  loadDrafts,
  loadLastDraftInLine,
  saveDraft,
} from './store.ts';

/** A draft with everything that decides its steps. */
export interface OpenDraft extends StepFacts {
  readonly draftId: string;
  readonly lineUserId: string | null;
  readonly contractorId: string | null;
  readonly mailCodeSentAt: Temporal.Instant | null;
  readonly expiresAt: Temporal.Instant;
}

export interface Drafts {
  /**
   * Begins under an id that the form was given, so that a second tap begins nothing. What a link carried stands in it from
   * the beginning. Answers whether the applicant holds a draft under this id now.
   */
  begin(applicant: Applicant, draftId: string, carried?: Partial<Draft>): Promise<boolean>;
  /** Begins the answer to a question, for this browser; the same id again begins nothing. */
  beginCorrection(applicant: Applicant, draftId: string, begun: { draft: Draft; version: number }): Promise<void>;
  /** The answer to a question that the applicant has begun. */
  correction(applicant: Applicant, corrects: { orderId: string; version: number }): Promise<OpenDraft | null>;
  /** The applicant's own; null for anybody else's and for what is over. */
  open(applicant: Applicant, draftId: string): Promise<OpenDraft | null>;
  /** Under its lock, in the caller's transaction. */
  openForSending(sql: SqlRunner, applicant: Applicant, draftId: string): Promise<OpenDraft | null>;
  all(applicant: Applicant): Promise<readonly OpenDraft[]>;
  lastInLine(sql: SqlRunner, lineUserId: string): Promise<OpenDraft | null>;
  /** Changes the draft under its lock and lets it live on. `also` runs in the same transaction. */
  change(
    applicant: Applicant,
    draftId: string,
    change: (draft: Draft, now: Temporal.Instant) => Draft,
    also?: (sql: SqlRunner) => Promise<void>,
  ): Promise<OpenDraft | null>;
  /** Forgets the applicant's own; anything else is as if it were forgotten already. */
  discard(applicant: Applicant, draftId: string): Promise<void>;
  /** Forgets drafts whose time is over, at most so many, and answers how many. */
  removeExpired(now: Temporal.Instant, atMost: number): Promise<number>;
}

type Deps = Pick<ApplicationDeps, 'db' | 'clock' | 'operator' | 'secrets' | 'forgetCards'>;

/** Drafts in the database: sealed, each change one transaction, for their owners alone. */
export function createDrafts(deps: Deps): Drafts {
  const { db, clock, operator, secrets } = deps;
  const pool = runnerOf(db);
  const boundTo = (draftId: string) => `application-draft:${draftId}`;
  const sealed = (draftId: string, draft: Draft) => seal(secrets.show, JSON.stringify(draft), boundTo(draftId));
  const lifeFrom = (now: Temporal.Instant) => now.add({ hours: DRAFT_DAYS * 24 });

  /** What stood in a draft; nothing in one that was sent. */
  const unsealed = ({ draftId, sealed }: Pick<DraftRow, 'draftId'> & { sealed: Buffer | null }): Draft =>
    sealed === null ? emptyDraft : draftShape.parse(JSON.parse(unseal(secrets.show, sealed, boundTo(draftId))));

  function opened(row: DraftRow): OpenDraft {
    const { draftId, lineUserId, mailCodeSentAt, expiresAt } = row;
    const draft = unsealed(row);
    const contractorId = draft.correction ? draft.correction.contractorId : row.contractorId;
    return {
      draftId,
      lineUserId,
      contractorId,
      mailCodeSentAt,
      expiresAt,
      draft,
      isExistingContractor: contractorId !== null,
      offer: operator,
      today: dayOf(clock.now(), operator.timeZone),
    };
  }

  return {
    async begin(applicant, draftId, carried = {}) {
      const now = clock.now();
      const { contractorId, lineUserId, browserHash } = applicant;
      // Whoever is known is the owner; the browser's secret is for those who are not.
      const isKnown = contractorId !== null || lineUserId !== null;
      await insertDraft(pool, now, {
        draftId,
        contractorId,
        lineUserId,
        browserHash: isKnown ? null : browserHash,
        sealed: sealed(draftId, { ...emptyDraft, ...carried }),
        expiresAt: lifeFrom(now),
      });
      return (await loadDraft(pool, now, applicant, draftId)) !== null;
    },

    async beginCorrection({ lineUserId, browserHash }, draftId, { draft, version }) {
      const now = clock.now();
      const corrects = draft.correction ? { orderId: draft.correction.orderId, version } : undefined;
      // Whoever may answer may do so from LINE and from a mailed link: the draft is this browser's, or this account's.
      const owner = { contractorId: null, lineUserId, browserHash };
      const row = { draftId, ...owner, sealed: sealed(draftId, draft), expiresAt: lifeFrom(now), corrects };
      await insertDraft(pool, now, row);
    },

    async correction(applicant, corrects) {
      const row = await loadCorrection(pool, clock.now(), applicant, corrects);
      return row && opened(row);
    },

    async open(applicant, draftId) {
      const row = isId(draftId) ? await loadDraft(pool, clock.now(), applicant, draftId) : null;
      return row && opened(row);
    },

    async openForSending(sql, applicant, draftId) {
      const row = isId(draftId) ? await loadDraft(sql, clock.now(), applicant, draftId, { isForChange: true }) : null;
      return row && opened(row);
    },

    async all(applicant) {
      return (await loadDrafts(pool, clock.now(), applicant)).map(opened);
    },

    async lastInLine(sql, lineUserId) {
      const row = await loadLastDraftInLine(sql, clock.now(), lineUserId);
      return row && opened(row);
    },

    async change(applicant, draftId, change, also) {
      if (!isId(draftId)) return null;
      return inTransaction(db, async (tx) => {
        const sql = runnerOf(tx);
        const now = clock.now();
        const row = await loadDraft(sql, now, applicant, draftId, { isForChange: true });
        if (!row) return null;
        const before = opened(row);
        const changed = { ...before, draft: change(before.draft, now), expiresAt: lifeFrom(now) };
        await saveDraft(sql, { ...changed, sealed: sealed(draftId, changed.draft) });
        await forgetReplaced(tx, [before.draft], changed.draft);
        await also?.(sql);
        return changed;
      });
    },

    async discard(applicant, draftId) {
      if (!isId(draftId)) return;
      await inTransaction(db, async (tx) => {
        const row = await deleteDraft(runnerOf(tx), applicant, draftId);
        if (row) await forgetReplaced(tx, [unsealed(row)], emptyDraft);
      });
    },

    removeExpired: (now, atMost) =>
      inTransaction(db, async (tx) => {
        const rows = await deleteExpired(runnerOf(tx), now, atMost);
        await forgetReplaced(tx, rows.map(unsealed), emptyDraft);
        return rows.length;
      }),
  };

  /** Cards that were replaced, or given up with their drafts, are of no more use at the gateway. */
  async function forgetReplaced(tx: Db, before: readonly Draft[], after: Draft): Promise<void> {
    const references = before.flatMap((draft) => replacedCard(draft, after) ?? []);
    if (references.length > 0) await deps.forgetCards(tx, references);
  }
}
