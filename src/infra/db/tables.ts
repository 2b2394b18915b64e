/**
 * The tables as TypeScript sees them: one interface a table, in the migrations' words.
 *
 * `timestamptz` is read as `Temporal.Instant` and written as an ISO string; `bigint` is read as a checked safe
 * integer; `date` is an ISO string.
 */
import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { Temporal } from 'temporal-polyfill';

/** Read as an instant, written as its ISO string (`instant.toString()`). */
export type InstantColumn = ColumnType<Temporal.Instant, string, string>;
export type NullableInstantColumn = ColumnType<Temporal.Instant | null, string | null | undefined, string | null>;
/** Read parsed, written as a JSON string. */
export type JsonColumn<T> = ColumnType<T, string, string>;

interface UsageRecordTable {
  record_key: string;
  record_hash: string;
  counted_at: InstantColumn;
  used_on: string;
  drawn_bytes: number;
  over_bytes: number;
  is_late: boolean;
}

interface LedgerAnswerTable {
  request_key: string;
  body_hash: string;
  answer: string;
  answered_at: InstantColumn;
}

export interface Tables {
  contractor: {
    contractor_id: string;
    login_id: string;
    password_hash: string;
    name: string;
    kana: string | null;
    birth_date: string | null;
    email: string;
    is_identity_verified: Generated<boolean>;
    must_change_password: Generated<boolean>;
    home_cipher: Buffer | null;
    forgotten_at: NullableInstantColumn;
    created_at: InstantColumn;
    name_folded: GeneratedAlways<string>;
    kana_folded: GeneratedAlways<string | null>;
  };
  subscription: {
    subscription_id: string;
    contractor_id: string;
    msisdn: string;
    plan_code: string;
    opens_at: InstantColumn;
    ended_at: NullableInstantColumn;
    user_name: string | null;
    user_birth_date: string | null;
    filtering: 'off' | 'content' | 'parental' | null;
    created_at: InstantColumn;
    option_codes: Generated<string[]>;
    user_name_folded: GeneratedAlways<string | null>;
    linked_to: Generated<string[]>;
  };
  plan_change: {
    plan_change_id: string;
    subscription_id: string;
    takes_effect_in: string;
    from_plan_code: string;
    from_option_codes: string[];
    to_plan_code: string;
    to_option_codes: string[];
    asked_at: InstantColumn;
    asked_by: 'contractor' | 'provisioning' | 'staff';
    request_id: string | null;
    state: 'waiting' | 'taken-back' | 'applied';
    settled_at: NullableInstantColumn;
    told_at: NullableInstantColumn;
  };
  payment_card: {
    contractor_id: string;
    reference: string;
    brand: string;
    last_four: string;
    expires_in: string;
    registered_at: InstantColumn;
  };
  card_visit: {
    card_visit_id: string;
    contractor_id: string;
    opened_at: InstantColumn;
    entry_id: string | null;
    entry_url: string | null;
    outcome: 'registered' | 'declined' | 'authentication-failed' | 'gave-up' | 'time-out' | null;
    ended_at: NullableInstantColumn;
  };
  entry_code_batch: {
    batch_id: string;
    purpose: string;
    made_by: string;
    made_at: InstantColumn;
    expires_at: InstantColumn;
    withdrawn_at: NullableInstantColumn;
  };
  entry_code: {
    entry_code_id: string;
    batch_id: string;
    code_hash: Buffer;
    code_sealed: Buffer;
    order_id: string | null;
    held_at: NullableInstantColumn;
    redeemed_at: NullableInstantColumn;
  };
  invitation: {
    invitation_id: string;
    contractor_id: string;
    made_on: string;
    made_at: InstantColumn;
    expires_at: InstantColumn;
    token_hash: Buffer;
    token_sealed: Buffer;
    order_id: string | null;
    held_at: NullableInstantColumn;
    redeemed_at: NullableInstantColumn;
    invited_contractor_id: string | null;
    due_at: NullableInstantColumn;
    settled_at: NullableInstantColumn;
    outcome: 'given' | 'lapsed' | null;
  };
  card_to_forget: {
    reference: string;
    replaced_at: InstantColumn;
  };
  line_account: {
    line_user_id: string;
    display_name: string | null;
    language: Generated<'ja' | 'en'>;
    is_friend: Generated<boolean>;
    chosen_subscription_id: string | null;
    menu: string | null;
    followed_at: NullableInstantColumn;
    unfollowed_at: NullableInstantColumn;
    updated_at: InstantColumn;
    display_name_folded: GeneratedAlways<string | null>;
  };
  contractor_link: {
    contractor_link_id: string;
    contractor_id: string;
    line_user_id: string;
    linked_at: InstantColumn;
    unlinked_at: NullableInstantColumn;
    unlinked_from: string | null;
  };
  link_code: {
    link_code_id: string;
    subscription_id: string;
    lookup_hash: Buffer;
    lookup_key_version: number;
    shown_cipher: Buffer;
    show_key_version: number;
    last_four: string;
    issued_at: InstantColumn;
    issued_by: string;
    reason: string | null;
    revoked_at: NullableInstantColumn;
  };
  user_link: {
    user_link_id: string;
    subscription_id: string;
    line_user_id: string;
    link_code_id: string;
    linked_at: InstantColumn;
    unlinked_at: NullableInstantColumn;
    unlinked_from: string | null;
  };
  link_attempt: {
    link_attempt_id: string;
    purpose: 'contractor' | 'user';
    line_user_id: string;
    link_token_hash: Buffer;
    link_token_cipher: Buffer | null;
    browser_hash: Buffer | null;
    target_id: string | null;
    link_code_id: string | null;
    nonce_hash: Buffer | null;
    created_at: InstantColumn;
    expires_at: InstantColumn;
    state: Generated<'issued' | 'opened' | 'proven' | 'linked' | 'failed' | 'refused'>;
    failure: string | null;
    ended_at: NullableInstantColumn;
    ended_by_event: string | null;
  };
  line_allowance: {
    is_only: Generated<boolean>;
    limit_per_month: number | null;
    used: number;
    seen_at: InstantColumn;
  };
  rate_window: {
    limit_name: string;
    subject: string;
    slots: JsonColumn<readonly { slot: number; drawn: number }[]>;
    drawn_at: InstantColumn;
  };
  try_window: { limit_name: string; subject: string; window_start: InstantColumn; tries: number };
  try_block: { limit_name: string; subject: string; blocked_until: InstantColumn };
  web_session: {
    session_id: string;
    secret_hash: Buffer;
    contractor_id: string | null;
    line_user_id: string | null;
    method: string;
    user_agent: string | null;
    created_at: InstantColumn;
    authenticated_at: InstantColumn;
    seen_at: InstantColumn;
    ended_at: NullableInstantColumn;
    proven_at: NullableInstantColumn;
    proven_by: string | null;
  };
  mail_outbox: {
    mail_id: string;
    recipient: string;
    body: ColumnType<unknown, string, string | null>;
    dedupe_key: string;
    created_at: InstantColumn;
    next_attempt_at: InstantColumn;
    attempts: Generated<number>;
    state: Generated<'waiting' | 'sending' | 'sent' | 'failed' | 'unknown'>;
    settled_at: NullableInstantColumn;
    last_error: string | null;
  };
  password_reset_request: {
    request_id: string;
    login_id: string;
    language: 'ja' | 'en';
    requested_at: InstantColumn;
  };
  password_reset: {
    token_hash: Buffer;
    contractor_id: string;
    created_at: InstantColumn;
    expires_at: InstantColumn;
    used_at: NullableInstantColumn;
  };
  recovery_code: { contractor_id: string; code_hash: Buffer; used_at: NullableInstantColumn };
  proof_tap: {
    tap_id: string;
    session_id: string;
    contractor_id: string;
    asked_at: InstantColumn;
    answer: 'yes' | 'no' | null;
    answered_at: NullableInstantColumn;
    answered_by: string | null;
  };
  proof_mail_code: { session_id: string; code_hash: Buffer; sent_at: InstantColumn; used_at: NullableInstantColumn };
  email_change: {
    contractor_id: string;
    email: string;
    code_hash: Buffer;
    request_id: string;
    asked_at: InstantColumn;
    confirmed_at: NullableInstantColumn;
  };
  line_arrival: { arrival_id: Generated<number>; received_at: InstantColumn; events: string; refusal: string | null };
  line_event: {
    webhook_event_id: string;
    line_user_id: string | null;
    event_type: string;
    occurred_at: InstantColumn;
    received_at: InstantColumn;
    payload: JsonColumn<unknown>;
    attempts: Generated<number>;
    next_attempt_at: InstantColumn;
    done_at: NullableInstantColumn;
    parked_at: NullableInstantColumn;
    last_error: string | null;
  };
  outbox: {
    outbox_id: string;
    line_user_id: string;
    kind: 'message' | 'rich-menu';
    reply_token: string | null;
    reply_until: NullableInstantColumn;
    body: JsonColumn<unknown>;
    dedupe_key: string | null;
    created_at: InstantColumn;
    next_attempt_at: InstantColumn;
    attempts: Generated<number>;
    first_tried_at: NullableInstantColumn;
    leased_until: NullableInstantColumn;
    is_reply_uncertain: Generated<boolean>;
    state: Generated<'waiting' | 'sent' | 'dropped' | 'failed' | 'unknown'>;
    settled_at: NullableInstantColumn;
    line_request_id: string | null;
    last_error: string | null;
  };
  outbox_parcel: {
    parcel_id: string;
    wording: string;
    told: JsonColumn<unknown>;
    message_count: number;
    created_at: InstantColumn;
  };
  conversation: {
    conversation_id: string;
    line_user_id: string;
    state: 'waiting' | 'open' | 'leaving' | 'left' | 'closed';
    origin: 'talk' | 'message';
    language: 'ja' | 'en';
    staff_id: string | null;
    version: Generated<number>;
    begun_by_event: string;
    asked_at: InstantColumn;
    queued_at: InstantColumn;
    first_position: number | null;
    taken_at: NullableInstantColumn;
    answered_at: NullableInstantColumn;
    person_spoke_at: NullableInstantColumn;
    staff_spoke_at: NullableInstantColumn;
    warned_at: NullableInstantColumn;
    told_position: number | null;
    told_at: NullableInstantColumn;
    reply_token: string | null;
    reply_until: NullableInstantColumn;
    read_token: string | null;
    closed_at: NullableInstantColumn;
    writing_since: NullableInstantColumn;
    closed_because: 'staff' | 'person' | 'silence' | 'nothing-said' | null;
    satisfaction: 1 | 2 | 3 | null;
    rated_at: NullableInstantColumn;
  };
  conversation_message: {
    message_id: string;
    conversation_id: string;
    at: InstantColumn;
    position: GeneratedAlways<number>;
    author: 'person' | 'bot' | 'staff' | 'system';
    staff_id: string | null;
    content: JsonColumn<unknown>;
    webhook_event_id: string | null;
    line_message_id: string | null;
    outbox_id: string | null;
    request_id: string | null;
    unsent_at: NullableInstantColumn;
  };
  conversation_picture: {
    line_message_id: string;
    conversation_id: string;
    state: Generated<'waiting' | 'kept' | 'refused'>;
    reason: 'gone' | 'too-large' | 'no-picture' | 'unavailable' | null;
    sealed: Buffer | null;
    width: number | null;
    height: number | null;
    attempts: Generated<number>;
    next_attempt_at: InstantColumn;
  };
  talk_lane: { lane: string; worker_id: string; leased_until: InstantColumn };
  rich_menu: { name: string; fingerprint: string; line_rich_menu_id: string; created_at: InstantColumn };
  audit_log: {
    audit_id: string;
    at: InstantColumn;
    actor_kind: 'contractor' | 'line-account' | 'staff' | 'provisioning' | 'system';
    actor_id: string | null;
    action: string;
    contractor_id: string | null;
    subscription_id: string | null;
    detail: JsonColumn<Record<string, unknown>>;
  };
  audit_chain: { position: number; audit_id: string; hash: Buffer };
  audit_unchained: { audit_id: string };
  audit_person: { alias: string; line_user_id: string; made_at: InstantColumn };
  staff: {
    staff_id: string;
    login_id: string;
    password_hash: string;
    name: string;
    role: 'agent' | 'supervisor' | 'auditor' | 'admin';
    created_at: InstantColumn;
    closed_at: NullableInstantColumn;
    first_password_until: NullableInstantColumn;
    public_name: string | null;
  };
  staff_session: {
    session_id: string;
    secret_hash: Buffer;
    staff_id: string;
    user_agent: string | null;
    created_at: InstantColumn;
    seen_at: InstantColumn;
    ended_at: NullableInstantColumn;
    proven_at: NullableInstantColumn;
  };
  one_time_seed: {
    owner_kind: 'staff' | 'contractor';
    owner_id: string;
    seed_cipher: Buffer;
    last_step: Generated<number>;
    created_at: InstantColumn;
  };
  passkey: {
    credential_id: string;
    owner_kind: 'staff' | 'contractor';
    owner_id: string;
    public_key: Buffer;
    counter: number;
    transports: string[];
    user_agent: string | null;
    created_at: InstantColumn;
    last_used_at: NullableInstantColumn;
  };
  passkey_challenge: { challenge_hash: Buffer; purpose: string; expires_at: InstantColumn };
  staff_look: {
    look_id: string;
    at: InstantColumn;
    staff_id: string;
    contractor_id: string | null;
    subscription_id: string | null;
    reason: string | null;
    conversation_id: string | null;
  };
  four_eyes_request: {
    request_id: string;
    kind: string;
    payload: JsonColumn<Record<string, unknown>>;
    reason: string;
    contractor_id: string | null;
    subscription_id: string | null;
    asked_by: string | null;
    asked_at: InstantColumn;
    state: Generated<'waiting' | 'approved' | 'refused' | 'withdrawn'>;
    decided_by: string | null;
    decided_at: NullableInstantColumn;
    note: string | null;
  };
  ledger_owner: {
    owner_id: string;
    /** What each lot is, which the ledger reads and writes; others read `ledger_lot`. */
    lots: Generated<string>;
    ends_next_ms: number | null;
    notes: Generated<JsonColumn<object>>;
    remaining: Generated<string>;
    last_out: string | null;
    last_in: string | null;
  };
  ledger_ending: { owner_id: string; ends_ms: number };
  ledger_lot_closed: {
    owner_id: string;
    lot_id: string;
    unit: string;
    kind: string;
    granted_at: InstantColumn;
    expires_at: InstantColumn;
    origin_owner_id: string | null;
    origin_lot_id: string | null;
  };
  /** Every lot there is and was: a view of the rows of owners and of what is closed. */
  ledger_lot: {
    owner_id: string;
    lot_id: string;
    unit: string;
    kind: string;
    remaining: number;
    granted_at: InstantColumn;
    expires_at: InstantColumn;
    origin_owner_id: string | null;
    origin_lot_id: string | null;
  };
  ledger_entry: {
    entry_id: string;
    at: InstantColumn;
    request_scope: string;
    request_id: string;
    reason: string;
    unit: string;
    amount: number;
    from_owner_id: string | null;
    from_lot_id: string | null;
    from_lot_after: number | null;
    from_previous: string | null;
    to_owner_id: string | null;
    to_lot_id: string | null;
    to_lot_after: number | null;
    to_previous: string | null;
  };
  idempotent_request: {
    scope: string;
    request_id: string;
    body_hash: Buffer;
    answer: JsonColumn<unknown>;
    answered_at: InstantColumn;
  };
  ledger_answer: LedgerAnswerTable;
  ledger_answer_by_hash: LedgerAnswerTable;
  /** A view: those of `data_usage_earlier`, and the newest day, which stands with the owner. */
  data_usage_daily: {
    subscription_id: string;
    used_on: string;
    used_bytes: number;
    zero_rated_bytes: number;
    over_bytes: number;
  };
  data_usage_earlier: {
    subscription_id: string;
    used_on: string;
    used_bytes: Generated<number>;
    zero_rated_bytes: Generated<number>;
    over_bytes: Generated<number>;
  };
  usage_counter: {
    subscription_id: string;
    source: string;
    session: string;
    read_bytes: number;
    over_bytes: Generated<number>;
    read_at: InstantColumn;
    ended_ms: number | null;
  };
  usage_record: UsageRecordTable;
  usage_record_by_hash: UsageRecordTable;
  usage_feed_day: {
    came_on: string;
    accepted: Generated<number>;
    duplicates: Generated<number>;
    conflicts: Generated<number>;
    refused: Generated<number>;
  };
  usage_conflict: {
    usage_conflict_id: string;
    source: string;
    event_id: string;
    subscription_id: string;
    received_at: InstantColumn;
    record: JsonColumn<unknown>;
  };
  data_correction: {
    request_id: string;
    subscription_id: string;
    amount_bytes: number;
    reason: string;
    asked_by: string;
    approved_by: string;
    corrected_at: InstantColumn;
  };
  data_reservation: {
    reservation_id: string;
    subscription_id: string;
    bytes: number;
    reserved_at: InstantColumn;
    valid_until: InstantColumn;
    state: 'open' | 'settled' | 'released' | 'expired';
    used_bytes: Generated<number>;
    over_bytes: Generated<number>;
    ended_at: NullableInstantColumn;
  };
  data_throttle: {
    subscription_id: string;
    throttled_since: InstantColumn;
    throttled_until: InstantColumn;
    is_lifted: Generated<boolean>;
  };
  network_event: {
    network_event_id: string;
    type: 'data.throttle.set' | 'data.throttle.lifted';
    subscription_id: string;
    at: InstantColumn;
    payload: JsonColumn<unknown>;
    state: Generated<'waiting' | 'delivered'>;
    delivered_at: NullableInstantColumn;
    position: GeneratedAlways<number>;
  };
  contractor_change: {
    change_id: string;
    position: GeneratedAlways<number>;
    type:
      | 'contractor.created'
      | 'contractor.changed'
      | 'contractor.forgotten'
      | 'subscription.created'
      | 'subscription.changed'
      | 'link.made'
      | 'link.undone';
    contractor_id: string;
    subscription_id: string | null;
    fields: readonly string[];
    at: InstantColumn;
    detail: JsonColumn<unknown> | null;
  };
  untold_subject: {
    feed: 'changes' | 'network';
    subject_id: string;
    failures: number;
    next_attempt_at: InstantColumn;
  };
  data_notice: {
    notice_id: string;
    subscription_id: string;
    kind: 'low' | 'empty' | 'ending';
    about: string;
    facts: JsonColumn<unknown>;
    noticed_at: InstantColumn;
    told_at: NullableInstantColumn;
  };
  notice_off: { line_user_id: string; kind: string; off_since: InstantColumn };
  ledger_check: {
    checked_at: InstantColumn;
    finding_count: number;
    findings: JsonColumn<unknown>;
    entries_read: number | null;
  };
  ledger_seen: {
    owner_id: string;
    last_out: string | null;
    last_in: string | null;
    lot_ids: string[];
    remaining: number[];
    terms_hash: number | null;
    is_watched: Generated<boolean>;
  };
  bill_charge: {
    charge_id: string;
    contractor_id: string;
    subscription_id: string | null;
    kind: 'top-up' | 'gift-fee' | 'calls' | 'correction' | 'registration-fee';
    month: string;
    label: JsonColumn<{ ja: string; en: string }>;
    amount_yen: number;
    is_taxed: boolean;
    source: string;
    source_id: string;
    caused_at: InstantColumn;
    recorded_at: InstantColumn;
    bill_id: string | null;
  };
  data_days_forgotten: {
    month: string;
    through: string | null;
    done_at: NullableInstantColumn;
  };
  data_month_turn: {
    month: string;
    total: number;
    done: number;
    started_at: InstantColumn;
    finished_at: NullableInstantColumn;
  };
  bill: {
    bill_id: string;
    contractor_id: string;
    month: string;
    total_yen: number;
    taxed_yen: number;
    tax_percent: number;
    tax_yen: number;
    line_count: number;
    closed_at: InstantColumn;
    told_at: NullableInstantColumn;
  };
  bill_line: {
    bill_id: string;
    position: number;
    kind:
      | 'base-fee'
      | 'option'
      | 'universal-service'
      | 'top-up'
      | 'gift-fee'
      | 'calls'
      | 'correction'
      | 'points'
      | 'registration-fee';
    subscription_id: string | null;
    label: JsonColumn<{ ja: string; en: string }>;
    amount_yen: number;
    is_taxed: boolean;
    charge_id: string | null;
  };
  bill_closing: { month: string; finished_at: InstantColumn };
  leave_request: {
    leave_id: string;
    subscription_id: string;
    kind: 'cancel' | 'mnp-out';
    asked_at: InstantColumn;
    request_id: string;
    ends_at: InstantColumn;
    reservation_number: string | null;
    state: 'waiting' | 'taken-back' | 'done' | 'lapsed';
    settled_at: NullableInstantColumn;
  };
  data_month: { subscription_id: string; month: string; turned_at: InstantColumn; plan_code: string | null };
  gift: {
    gift_id: string;
    sender_subscription_id: string;
    sender_line_user_id: string;
    receiver_subscription_id: string | null;
    receiver_line_user_id: string | null;
    amount_bytes: number;
    way: 'same-contract' | 'share-link' | 'gift-code' | 'phone-number' | 'direct';
    month: string;
    claim_token_hash: Buffer | null;
    state: 'waiting' | 'claimed' | 'declined' | 'taken-back' | 'expired';
    offered_at: InstantColumn;
    expires_at: InstantColumn;
    ended_at: NullableInstantColumn;
    gift_code_hash: Buffer | null;
    declined_at: NullableInstantColumn;
    ended_by_line_user_id: string | null;
  };
  partner: {
    partner_id: string;
    name_ja: string;
    name_en: string;
    auth_method: 'secret' | 'private_key_jwt';
    secret_hash: Buffer | null;
    jwks: JsonColumn<unknown> | null;
    redirect_uris: string[];
    grants: string[];
    scopes: string[];
    purposes: string[];
    age_thresholds: number[] | null;
    can_match_identity: Generated<boolean>;
    requests_per_minute: number;
    consent_days: number;
    created_at: InstantColumn;
    suspended_at: NullableInstantColumn;
  };
  partner_consent: {
    partner_consent_id: string;
    partner_id: string;
    subscription_id: string;
    scopes: string[];
    purpose: string;
    proven_by: 'link-code' | 'line-account' | 'contractor' | 'talk';
    line_user_id: string | null;
    grant_hash: Buffer;
    given_at: InstantColumn;
    expires_at: InstantColumn;
    withdrawn_at: NullableInstantColumn;
    withdrawn_from: string | null;
  };
  partner_subject: { subject: string; partner_id: string; subscription_id: string };
  partner_objection: { subscription_id: string; partner_id: string; objected_at: InstantColumn };
  volume_watch: {
    volume_watch_id: string;
    partner_id: string;
    subscription_id: string;
    grant_hash: Buffer | null;
    percent: 50 | 75 | 90 | 100;
    sink: string;
    credential_sealed: Buffer | null;
    credential_ends_at: NullableInstantColumn;
    phone_number: string | null;
    max_events: number | null;
    wants_initial: boolean;
    expires_at: NullableInstantColumn;
    started_at: InstantColumn;
    reached_month: string | null;
    event_count: Generated<number>;
    ended_at: NullableInstantColumn;
    ended_because: string | null;
  };
  volume_event: {
    volume_event_id: string;
    volume_watch_id: string;
    payload: JsonColumn<unknown>;
    created_at: InstantColumn;
    next_attempt_at: InstantColumn;
    attempts: Generated<number>;
    state: Generated<'waiting' | 'delivered' | 'failed'>;
    settled_at: NullableInstantColumn;
  };
  partner_answer: {
    partner_answer_id: string;
    subscription_id: string;
    partner_id: string;
    answered_at: InstantColumn;
    kind: 'age' | 'data-volume' | 'tenure' | 'service-status';
    age_threshold: number | null;
    tenure_date: string | null;
    answer: string;
  };
  partner_request: {
    partner_request_id: string;
    partner_id: string;
    subscription_id: string;
    scopes: string[];
    purpose: string;
    auth_request_sealed: Buffer;
    asked_at: InstantColumn;
    expires_at: InstantColumn;
    decided_at: NullableInstantColumn;
    is_agreed: boolean | null;
    decided_by: string | null;
  };
  oidc_payload: {
    model: string;
    id_hash: Buffer;
    sealed: Buffer;
    grant_hash: Buffer | null;
    uid_hash: Buffer | null;
    expires_at: InstantColumn;
    consumed_at: NullableInstantColumn;
  };
  oidc_signing_key: { kid: string; sealed: Buffer; signs_from: InstantColumn; created_at: InstantColumn };
  help_asked: {
    hour: InstantColumn;
    day: string;
    channel: 'talk' | 'web';
    language: 'ja' | 'en';
    kind: 'question' | 'opened';
    found: number;
    shown: string[];
  };
  help_question_hour: {
    hour: InstantColumn;
    channel: 'talk' | 'web';
    language: 'ja' | 'en';
    answered: number;
    unanswered: number;
  };
  help_shown_day: {
    entry_id: string;
    language: 'ja' | 'en';
    channel: 'talk' | 'web';
    shown_on: string;
    shown: number;
  };
  help_vote_day: {
    entry_id: string;
    language: 'ja' | 'en';
    voted_on: string;
    helped: Generated<number>;
    not_helped: Generated<number>;
  };
  help_vote_seen: { card_hash: Buffer; seen_at: InstantColumn };
  point_setting: {
    contractor_id: string;
    bill_use: 'none' | 'all' | 'fixed';
    fixed_points: number | null;
    changed_at: InstantColumn;
  };
  point_event: {
    contractor_id: string;
    event_id: string;
    at: InstantColumn;
    kind:
      | 'granted'
      | 'goodwill'
      | 'invitation'
      | 'bill'
      | 'bill-returned'
      | 'sticker'
      | 'sticker-returned'
      | 'expired'
      | 'ending';
    points: number;
    balance_after: number;
    about: string;
    detail: JsonColumn<unknown>;
    tell_at: NullableInstantColumn;
    told_at: NullableInstantColumn;
  };
  point_bill: { contractor_id: string; month: string; used_points: number; returned_points: Generated<number> };
  point_grant_run: {
    month: string;
    through_contractor_id: string | null;
    contractors: Generated<number>;
    started_at: InstantColumn;
    done_at: NullableInstantColumn;
  };
  sticker_order: {
    order_id: string;
    contractor_id: string;
    line_user_id: string;
    sticker_code: string;
    product_id: string;
    price_points: number;
    state: 'waiting' | 'delivered' | 'returned';
    ordered_at: InstantColumn;
    settled_at: NullableInstantColumn;
    next_attempt_at: InstantColumn;
    attempts: Generated<number>;
    last_error: string | null;
  };
  application_draft: {
    draft_id: string;
    line_user_id: string | null;
    contractor_id: string | null;
    sealed: Buffer | null;
    mail_code_hash: Buffer | null;
    mail_code_sent_at: NullableInstantColumn;
    link_hash: Buffer | null;
    link_sent_at: NullableInstantColumn;
    begun_at: InstantColumn;
    expires_at: InstantColumn;
    order_id: string | null;
    sent_at: NullableInstantColumn;
    corrects_order_id: string | null;
    corrects_version: number | null;
  };
  application_browser: { secret_hash: Buffer; draft_id: string; since: InstantColumn };
  product_order: {
    order_id: string;
    request_id: string;
    request_hash: Buffer;
    order_number: string;
    state: 'acknowledged' | 'pending' | 'held' | 'inProgress' | 'completed' | 'rejected' | 'cancelled';
    version: Generated<number>;
    application_cipher: Buffer;
    plan_code: string;
    contractor_id: string | null;
    subscription_id: string | null;
    line_user_id: string | null;
    reviewer_id: string | null;
    exception_request_id: string | null;
    forgotten_at: NullableInstantColumn;
    placed_at: InstantColumn;
    changed_at: InstantColumn;
  };
  product_order_change: {
    order_id: string;
    version: number;
    event: string;
    from_state: string | null;
    to_state: string;
    actor_kind: 'applicant' | 'staff' | 'system';
    staff_id: string | null;
    note_cipher: Buffer | null;
    at: InstantColumn;
    about: Generated<string[]>;
    before_cipher: Buffer | null;
  };
  product_order_activation: {
    order_id: string;
    round: number;
    activation_key: string;
    state: Generated<'open' | 'done' | 'failed' | 'undo' | 'undone' | 'ending' | 'stuck' | 'ended'>;
    attempt: Generated<number>;
    next_look_at: InstantColumn;
    msisdn: string | null;
    iccid: string | null;
    esim_cipher: Buffer | null;
    failure: string | null;
    end_attempt: Generated<number>;
    ended_at: NullableInstantColumn;
  };
  prepay_action: {
    action_id: string;
    kind: 'topup' | 'transfer' | 'adjust' | 'reserve';
    request_id: string;
    request_hash: Buffer;
    subscription_id: string;
    bucket: string;
    amount_bytes: number;
    channel: string | null;
    reason: string | null;
    requested_at: InstantColumn;
    told_status: Generated<'created' | 'completed' | 'cancelled' | 'failed'>;
  };
  usage_query: {
    query_id: string;
    asked_at: InstantColumn;
    subscription_ids: string[];
    report: JsonColumn<readonly unknown[]>;
  };
  product_order_welcome: {
    order_id: string;
    password_cipher: Buffer | null;
    shown_at: NullableInstantColumn;
    linked_at: NullableInstantColumn;
  };
  contract_document: { order_id: string; cipher: Buffer; delivered_at: InstantColumn };
  product_order_link: { token_hash: Buffer; order_id: string; expires_at: InstantColumn };
  listener: {
    hub: string;
    secret_cipher: Buffer | null;
    paused_at: NullableInstantColumn;
    last_status: number | null;
    last_tried_at: NullableInstantColumn;
    listener_id: string;
    callback: string;
    event_types: string[];
    query: string | null;
    created_at: InstantColumn;
    ended_at: NullableInstantColumn;
  };
  listener_event: {
    event_id: string;
    listener_id: string;
    position: GeneratedAlways<number>;
    payload: JsonColumn<Record<string, unknown>>;
    state: Generated<'waiting' | 'delivered' | 'failed'>;
    attempts: Generated<number>;
    created_at: InstantColumn;
    next_attempt_at: InstantColumn;
    settled_at: NullableInstantColumn;
  };
  order_cancellation: {
    cancellation_id: string;
    order_id: string;
    reason_cipher: Buffer | null;
    state: 'done' | 'terminatedWithError';
    requested_at: InstantColumn;
    effective_at: NullableInstantColumn;
  };
  product_order_trait: { order_id: string; kind: string; hash: Buffer };
}
