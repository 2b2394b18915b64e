import type { Clock } from '../../base/clock.ts';
import { isId } from '../../base/ids.ts';
import type { Language } from '../../base/language.ts';
import type { Operator } from '../../base/operator.ts';
import { accept, type Decision, refuse } from '../../base/refusal.ts';
import { audit, type Db, inTransaction, runnerOf } from '../../infra/db/index.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import { enqueueMessages } from '../../infra/line/outbox/outbox.ts';
import { enqueueMail } from '../../infra/mail/mail.ts';
import type { Card, CardFailure, CardGateway } from '../../infra/payments/payments.ts';
import type { Contractors } from '../contractors/index.ts';
import { cardMail, cardMessage } from './card-messages.ts';
import {
  type CardVisit,
  countVisits,
  deleteVisitsBefore,
  endVisit,
  insertVisit,
  loadCard,
  loadCardsToForget,
  loadVisit,
  noteEntry,
  noteForgotten,
  saveCard,
} from './card-store.ts';
import { peopleOfContractors } from './people-store.ts';

export interface CardDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly operator: Operator;
  readonly publicUrl: string;
  readonly contractors: Pick<Contractors, 'contractor'>;
  /** Null: none is connected, and cards are changed by phone. */
  readonly gateway: CardGateway | null;
  /** Whether mail leaves this installation. */
  readonly canMail: boolean;
}

/** Whoever tries stolen cards one after the other is stopped after so many visits a day. */
export const VISITS_A_DAY = 10;

/** Nobody can switch off being told that another card pays. */
const ALWAYS = 'card';

type OpenRefusal = 'not-offered' | 'not-found' | 'too-many-visits' | 'no-answer';
/** Where a visit stands: the person may still be there, or it ended. */
export type VisitState = { state: 'waiting'; url: string } | { state: 'registered' } | { state: CardFailure };

export interface CardActions {
  cardOf(contractorId: string): Promise<Card | null>;
  /** A new contractor's first card, in the transaction that makes the contractor. Nobody is told. */
  registerCard(tx: Db, registered: { contractorId: string; card: Card }): Promise<void>;
  /** Opens the gateway's page. The same visit again is the same page. */
  openCardVisit(asked: {
    visitId: string;
    contractorId: string;
    language: Language;
  }): Promise<Decision<{ url: string }, OpenRefusal>>;
  /** Asks the gateway what came of a visit; a registered card pays from then on, once. */
  lookAtCardVisit(asked: {
    visitId: string;
    contractorId: string;
  }): Promise<Decision<VisitState, 'not-found' | 'no-answer'>>;
}

export function createCardActions(deps: CardDeps): CardActions {
  const { db, clock, gateway, publicUrl } = deps;

  return {
    cardOf: (contractorId) => loadCard(runnerOf(db), contractorId),
    registerCard: (tx, registered) => saveCard(runnerOf(tx), clock.now(), registered),

    async openCardVisit({ language, ...own }) {
      if (!gateway) return refuse('not-offered');
      const noted = await inTransaction(db, (tx) => noteVisit(tx, own));
      if (!noted.ok) return noted;
      const opened = await gateway.open({
        entryKey: `card-visit-${own.visitId}`,
        returnUrl: `${publicUrl}/payment/card/${own.visitId}`,
        language,
      });
      if (!opened.ok) return refuse('no-answer');
      await noteEntry(runnerOf(db), own.visitId, opened.value);
      return accept({ url: opened.value.url });
    },

    async lookAtCardVisit(own) {
      const visit = await ownVisit(db, own);
      if (!visit) return refuse('not-found');
      if (visit.outcome) return accept({ state: visit.outcome });
      if (!gateway || visit.entryId === null || visit.url === null) return refuse('no-answer');
      const told = await gateway.result(visit.entryId);
      if (!told.ok) return refuse('no-answer');
      const result = told.value;
      if (result === null) return accept({ state: 'waiting', url: visit.url });
      return inTransaction(db, async (tx) => {
        const sql = runnerOf(tx);
        const locked = await loadVisit(sql, own.visitId, 'for update');
        if (locked?.outcome) return accept({ state: locked.outcome });
        await endVisit(sql, clock.now(), { visitId: own.visitId, outcome: result.outcome });
        if (result.outcome === 'registered') await change(tx, own, result.card);
        return accept({ state: result.outcome });
      });
    },
  };

  async function noteVisit(
    tx: Db,
    own: { visitId: string; contractorId: string },
  ): Promise<Decision<null, 'not-found' | 'too-many-visits'>> {
    const sql = runnerOf(tx);
    const now = clock.now();
    const since = now.subtract({ hours: 24 });
    const visits = await countVisits(sql, { contractorId: own.contractorId, since });
    const made = await loadVisit(sql, own.visitId);
    if (made) return made.contractorId === own.contractorId ? accept(null) : refuse('not-found');
    if (visits >= VISITS_A_DAY) return refuse('too-many-visits');
    await insertVisit(sql, now, own);
    return accept(null);
  }

  /** Another card pays from now on: kept, on record, and told in every linked talk and by mail. */
  async function change(tx: Db, { visitId, contractorId }: { visitId: string; contractorId: string }, card: Card) {
    const sql = runnerOf(tx);
    const now = clock.now();
    await saveCard(sql, now, { contractorId, card });
    await audit(sql, now, {
      actor: { kind: 'contractor', id: contractorId },
      action: 'billing.card-changed',
      contractorId,
      detail: { brand: card.brand, lastFour: card.lastFour },
    });
    const people = (await peopleOfContractors(sql, [contractorId], ALWAYS)).get(contractorId) ?? [];
    const news = { visitId, card, phone: deps.operator.support.phone, publicUrl };
    await enqueueMessages(
      sql,
      now,
      people.map((person) => cardMessage(news, person)),
    );
    const contractor = await deps.contractors.contractor(sql, contractorId);
    if (contractor && deps.canMail) await enqueueMail(sql, now, cardMail(news, contractor, deps.operator.name));
  }
}

async function ownVisit(
  db: Db,
  { visitId, contractorId }: { visitId: string; contractorId: string },
): Promise<CardVisit | null> {
  const visit = isId(visitId) ? await loadVisit(runnerOf(db), visitId) : null;
  return visit?.contractorId === contractorId ? visit : null;
}

/** Somebody who is still on the gateway's page comes back within the hour. */
const VISITS_KEPT = { hours: 30 * 24 };

/** Forgets that somebody went to the gateway's page. */
export function forgetVisits({ db }: Pick<CardDeps, 'db'>): Job {
  return {
    name: 'billing.forget-visits',
    everySeconds: 21_600,
    run: (now, stopping) => deleteVisitsBefore(runnerOf(db), now.subtract(VISITS_KEPT), stopping),
  };
}

const PORTION = 50;

/** Has the gateway forget the cards that were replaced. What it does not answer to is asked again. */
export function forgetCards({ db, gateway }: Pick<CardDeps, 'db' | 'gateway'>): Job {
  return {
    name: 'billing.forget-cards',
    everySeconds: 300,
    async run(_now, stopping) {
      if (!gateway) return 0;
      const references = await loadCardsToForget(runnerOf(db), PORTION);
      const forgotten: string[] = [];
      for (const reference of references) {
        if (stopping?.aborted) break;
        const told = await gateway.forget(reference);
        // One that is silent will be silent to the others.
        if (!told.ok && told.code === 'no-answer') break;
        if (told.ok) forgotten.push(reference);
      }
      await noteForgotten(runnerOf(db), forgotten);
      return forgotten.length;
    },
  };
}
