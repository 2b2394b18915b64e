import { plainArray } from '../../infra/db/array-text.ts';
import type { Discloser } from '../../infra/db/disclosure.ts';

/** What was agreed that partners may be told, and what they were told. */
export const ageProofDiscloser: Discloser = {
  tables: ['partner_consent', 'partner_answer', 'partner_request', 'partner_objection', 'volume_watch'],
  keptBack: {
    partner: 'the companies that may ask; their names stand with each consent and answer',
    partner_subject: 'the random name by which a partner knows a subscription: it would tie partners’ data together',
    volume_event: 'what a partner is told of the volume, for 30 days; that it listens is in the file',
    oidc_payload: 'tokens, sealed, until they end',
    oidc_signing_key: 'nothing of anybody',
  },
  async disclose(sql, { subscriptionIds }) {
    const ids = [plainArray(subscriptionIds)];
    const PARTNER = `jsonb_build_object('ja', p.name_ja, 'en', p.name_en) as partner`;
    const consents = await sql.query(
      `select c.subscription_id as "subscriptionId", ${PARTNER}, c.scopes, c.purpose, c.proven_by as "provenBy",
         c.given_at as "givenAt", c.expires_at as "expiresAt", c.withdrawn_at as "withdrawnAt", c.withdrawn_from as "withdrawnFrom"
       from partner_consent c join partner p using (partner_id)
       where c.subscription_id = any($1::uuid[]) order by c.given_at, c.partner_consent_id`,
      ids,
    );
    const answers = await sql.query(
      `select a.subscription_id as "subscriptionId", ${PARTNER}, a.answered_at as "answeredAt", a.kind,
         a.age_threshold as "ageThresholdYears", a.tenure_date as "openSince", a.answer
       from partner_answer a join partner p using (partner_id)
       where a.subscription_id = any($1::uuid[]) order by a.answered_at, a.partner_answer_id`,
      ids,
    );
    const questions = await sql.query(
      `select q.subscription_id as "subscriptionId", ${PARTNER}, q.scopes, q.purpose, q.asked_at as "askedAt",
         q.decided_at as "decidedAt", q.is_agreed as "isAgreed"
       from partner_request q join partner p using (partner_id)
       where q.subscription_id = any($1::uuid[]) order by q.asked_at, q.partner_request_id`,
      ids,
    );
    const objections = await sql.query(
      `select o.subscription_id as "subscriptionId", ${PARTNER}, o.objected_at as "objectedAt"
       from partner_objection o join partner p using (partner_id)
       where o.subscription_id = any($1::uuid[]) order by o.objected_at`,
      ids,
    );
    const volumeWatches = await sql.query(
      `select w.subscription_id as "subscriptionId", ${PARTNER}, w.percent, w.started_at as "startedAt",
         w.expires_at as "expiresAt", w.ended_at as "endedAt"
       from volume_watch w join partner p using (partner_id)
       where w.subscription_id = any($1::uuid[]) order by w.started_at, w.volume_watch_id`,
      ids,
    );
    return { partners: { consents, answers, questions, objections, volumeWatches } };
  },
};
