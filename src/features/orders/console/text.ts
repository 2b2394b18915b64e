import type { Language } from '../../../base/language.ts';
import type { ActivationRow } from '../activation-store.ts';
import type { DeskRefusal } from '../review.ts';
import type { FindingCode, Weight } from '../rules/review.ts';
import type { OrderEvent } from '../rules/states.ts';
import type { TraitKind } from '../rules/traits.ts';
import { en } from './text-en.ts';
import { ja } from './text-ja.ts';

/** What orders say to the staff. */
export interface DeskText {
  title: string;
  orderTitle: (number: string) => string;
  hint: string;
  live: { off: string; failed: string };
  queue: {
    tabs: Record<'open' | 'held' | 'network' | 'ends' | 'ended', string>;
    tabsLabel: string;
    caption: string;
    head: readonly [string, string, string, string, string, string];
    empty: string;
    nobody: string;
    more: string;
    /** How long ago, in words. */
    minutes: (count: number) => string;
    hours: (count: number) => string;
    days: (count: number) => string;
  };
  weights: Record<Weight, string>;
  findings: Record<FindingCode, string>;
  noFindings: string;
  findingsTitle: string;
  traits: Record<TraitKind, string>;
  sharedTitle: string;
  knownTitle: string;
  customer: (loginId: string) => string;
  person: {
    title: string;
    sameOnCard: string;
    otherOnCard: string;
    name: string;
    kana: string;
    birthDate: string;
    years: (age: number) => string;
    address: string;
    phone: string;
    mail: string;
    existing: string;
    identity: string;
    methods: { jpki: string; 'ic-chip': string };
    outcomes: { success: string; mismatch: string };
    none: string;
    serial: string;
    checkedAt: string;
  };
  applied: {
    title: string;
    reservation: string;
    oneStop: string;
    until: (day: string) => string;
    documents: string;
    document: (title: string, version: string) => string;
    agreed: (at: string) => string;
    otherVersion: (version: string) => string;
    entryCode: string;
    invitation: string;
    yes: string;
    line: string;
    guardian: string;
    guardianSaid: (name: string, at: string) => string;
    filtering: string;
    on: string;
    off: string;
  };
  history: { title: string; applicant: string; system: string };
  events: Record<OrderEvent, string>;
  reviewer: string;
  you: string;
  others: (name: string) => string;
  waits: string;
  take: { submit: string; over: string; lead: string; overLead: (name: string) => string };
  approve: { title: string; submit: string; lead: string; exception: string; reason: string; ask: string };
  ask: {
    title: string;
    lead: string;
    label: string;
    hint: string;
    submit: string;
    about: string;
    aboutHint: string;
  };
  /** Beside a corrected value: what stood there when the application was sent. */
  before: string;
  nothing: string;
  reject: { title: string; lead: string; label: string; hint: string; submit: string };
  cancel: { title: string; lead: string; label: string; submit: string };
  withdraw: { title: string; lead: string; label: string; submit: string };
  network: {
    title: string;
    states: Record<ActivationRow['state'], string>;
    state: string;
    attempt: string;
    failure: string;
    failures: (code: string) => string;
    number: string;
    iccid: string;
    none: string;
    endAttempt: string;
    again: string;
    againLead: string;
    stuck: (count: number) => string;
    seeStuck: string;
  };
  asked: string;
  seeAsked: string;
  done: (what: string | undefined) => string;
  refusals: Record<DeskRefusal, string>;
  exceptionTitle: (number: string) => string;
  exceptionFindings: string;
  exceptionOrder: string;
}

const texts: Record<Language, DeskText> = { ja, en };

export const deskText = (language: Language): DeskText => texts[language];
