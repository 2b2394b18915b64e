import type { MegabyteSize } from './bytes.ts';
import type { Language } from './language.ts';

/** A text the operator gives in both languages. */
export type Bilingual = Record<Language, string>;

/** The operator's folder as the program sees it: validated at start, the same for the life of the process. */
export interface Operator {
  name: Bilingual;
  /** The LINE official account people add. */
  officialAccount: { displayName: string; basicId: string };
  /** IANA name; months and days are counted in it. */
  timeZone: string;
  megabyte: MegabyteSize;
  /** Our own green buttons, `#rrggbb`, and the text on them. */
  brand: { color: string; onColor: string };
  support: { phone: string; hours: { from: string; to: string } };
  plans: readonly Plan[];
  giftPolicy: GiftPolicy;
  linking: LinkingLimits;
  notices: NoticeSettings;
  usage: UsageSettings;
  conversations: ConversationSettings;
  billing: BillingSettings;
  points: PointSettings;
  invitations: InvitationSettings;
  orders: OrderSettings;
  applications: ApplicationSettings;
  /** Sticker sets that points buy, in the catalogue's order. */
  stickers: readonly StickerSet[];
  /** What staff say often, in the order shown. */
  cannedAnswers: readonly CannedAnswer[];
}

/** Words of staff that are ready to be sent; `{fields}` in them are filled in (see `canned-answer.ts`). */
export interface CannedAnswer {
  code: string;
  title: Bilingual;
  text: Bilingual;
}

export interface Plan {
  code: string;
  name: Bilingual;
  /** Base data granted each month, in bytes. */
  monthlyBytes: number;
  monthlyFeeYen: number;
  hasVoice: boolean;
  /** Subscriptions opened on or after this day (`YYYY-MM-DD`) earn no points. */
  points?: { closedFrom: string } | undefined;
  /** False: who holds it keeps it and pays for it, and nobody else gets it. */
  isSold?: boolean | undefined;
}

/** Whether somebody who does not hold it yet may have it. */
export function isOnSale(sold: { readonly isSold?: boolean | undefined }): boolean {
  return sold.isSold !== false;
}

/** How points are earned and how long they live. */
export interface PointSettings {
  /** The share of the monthly base fee that comes back, in whole percent. */
  percent: number;
  /** On this day of a month those of the month before are granted. */
  grantDay: number;
  /** Points live so many days from the last time any were earned. */
  daysToLive: number;
  /** People are told so many days before the last day, each once. */
  daysBeforeEnd: readonly number[];
  /** So many points one member of staff gives a contractor alone in 30 days; more needs a second person. */
  goodwillAlone: number;
  /** Sticker sets of one contractor that may wait for LINE at once. */
  stickersWaiting: number;
}

/** What inviting somebody brings. */
export interface InvitationSettings {
  /** For each of the two sides. */
  points: number;
  /** A link can be used for so many days. */
  linkDays: number;
  /** Points come at the end of the month that is so many after the one in which the invited contract began. */
  afterMonths: number;
}

/** What becomes of an application. */
export interface OrderSettings {
  /** Orders under way counted. */
  subscriptionsPerContractor: number;
  /** A reservation number of another operator must be valid for so many more days. */
  reservationDays: number;
  /** An order that waits for an answer ends so many days after it was asked. */
  answerDays: number;
  /** A contract can be cancelled without a reason for so many days, the day its document is delivered included. */
  withdrawalDays: number;
  /** On the first bill, with tax. */
  registrationFeeYen: number;
  /** For so many days an order that came to nothing is known with names. */
  keptDays: number;
}

/** What somebody who applies is told. */
export interface ApplicationSettings {
  /** What must be read and agreed to, in this order. */
  documents: readonly ContractDocument[];
}

/** A document in the operator's words. */
export interface ContractDocument {
  code: string;
  /** The calendar day from which this text counts. A new one must be read anew. */
  version: string;
  title: Bilingual;
  body: Record<Language, readonly DocumentPart[]>;
}

export type DocumentPart = { kind: 'heading' | 'paragraph'; text: string } | { kind: 'list'; items: readonly string[] };

/** A set of stickers in the operator's catalogue. */
export interface StickerSet {
  code: string;
  name: Bilingual;
  /** LINE's package id; it must be registered with LINE as a mission sticker. */
  productId: string;
  pricePoints: number;
  /** Whether it can be ordered now. */
  isOpen: boolean;
  /** What the catalogue shows, as SVG. */
  picture: string;
}

/** What is charged beside the plans' fees, and how a bill is made. Yen are whole and with tax. */
export interface BillingSettings {
  /** Contained in every price. */
  taxPercent: number;
  /** What becomes of parts of a yen. */
  rounding: Rounding;
  /** What the month costs in which a subscription opens. */
  firstMonth: 'by-days' | 'free' | 'full';
  /** A month, for each number. */
  universalServiceFeeYen: number;
  options: readonly PlanOption[];
  topUps: { limitPerMonth: number; packs: readonly TopUpPack[] };
}

export type Rounding = 'down' | 'half-up' | 'up';

/** Something that can be added to a plan. */
export interface PlanOption {
  code: string;
  name: Bilingual;
  about: Bilingual;
  monthlyFeeYen: number;
  /** The plans it goes with. */
  planCodes: readonly string[];
  isSold?: boolean | undefined;
}

/** An amount of data that can be bought. */
export interface TopUpPack {
  code: string;
  bytes: number;
  priceYen: number;
}

/** What the network's usage feed leaves behind. */
export interface UsageSettings {
  /** For so many days single uses are known: counters, slices, which records were counted. */
  keptDays: number;
  /** Totals of days are known for the present month and so many before it. */
  daysKeptMonths: number;
}

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof weekdays)[number];

/** When people of the staff take over in the talk, and how long that lasts. */
export interface ConversationSettings {
  /** Clock times in the operator's zone; a weekday without them is closed. */
  hours: Readonly<Partial<Record<Weekday, { from: string; to: string } | undefined>>>;
  /** Closed whatever the weekday, `YYYY-MM-DD`. */
  holidays: readonly string[];
  /** So many may wait at once. */
  queueLimit: number;
  /** Who says nothing after an answer is asked after so many minutes, and left alone after so many more. */
  silence: { warnAfterMinutes: number; endAfterMinutes: number };
  /** Conversations are kept for so many days after their end. */
  keptDays: number;
}

/** When people are told about their data without asking. */
export interface NoticeSettings {
  /** At these shares of the month's volume left, in percent; 0 is being slowed. */
  leftPercents: readonly number[];
  /** So many days before the last day of what ends. */
  daysBeforeEnd: number;
}

export interface LinkingLimits {
  lineAccountsPerContractor: number;
  contractorsPerLineAccount: number;
  subscriptionsPerLineAccount: number;
  lineAccountsPerSubscription: number;
  /** A contractor link made by a password alone is a second proof only after so many hours. */
  hoursUntilProof: number;
}

/** Kinds of bucket in the order they are used. */
export type BucketKind = 'carry-over' | 'gift' | 'base' | 'top-up';

/** How a gift can be handed over. */
export type GiftWay = 'same-contract' | 'share-link' | 'gift-code' | 'phone-number';

/** The gift rules as data: an operator changes these, never code. */
export interface GiftPolicy {
  preset: string;
  /** What may be given away, in the order it is drawn. */
  sourceKinds: readonly BucketKind[];
  minimumBytes: number;
  stepBytes: number;
  /** At most this much given in one calendar month; `plan` = the plan's monthly volume; null = no limit. */
  limitPerMonth: 'plan' | number | null;
  /** At most this much in one gift; null = no limit of its own. */
  maximumBytes: number | null;
  giftsPerDay: number | null;
  giftsPerMonth: number | null;
  /** What the sender must keep of what may be given. */
  keepBytes: number;
  feeYen: number;
  ways: readonly GiftWay[];
  /** `accept`: the receiver takes it; `automatic`: it arrives at once where the receiver is known. */
  acceptance: 'accept' | 'automatic';
  /** How long an unclaimed gift waits; the month's end of its source cuts it short. */
  claimHours: number;
  /** A gift code dies at the end of this day, the day it was made being the first; null = with its hours. */
  giftCodeDays: number | null;
  /** Until when the receiver can use it. */
  receivedUntil: 'month-end' | 'next-month-end' | 'original' | { days: number };
  /** Whether received gifts can be given on. */
  canRegift: boolean;
  /** Closed around the turn of the month; null = always open. Local clock times. */
  closed: { fromLastDay: string; toFirstDay: string } | null;
}
