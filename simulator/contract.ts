/**
 * What the simulator's control interface says and hears (`http://127.0.0.1:9100/control`, JSON).
 *
 * The phone in the browser is a client of this interface like any test: it holds no state of its own.
 * Field names and paths are stable; fields may be added.
 */

/** A LINE user id: `U` + 32 lower-case hex digits. */
export type LineUserId = string;

export type Language = 'ja' | 'en';

/**
 * `GET /control/people` → `Person[]`; `POST /control/people {displayName, language?, birthDate?, phoneNumber?}` → `Person`;
 * `PATCH /control/people/:userId {displayName?, language?, birthDate?, phoneNumber?, lineId?}` → `Person`;
 * `DELETE /control/people/:userId`: the person leaves LINE.
 */
export interface Person {
  userId: LineUserId;
  displayName: string;
  language: Language;
  /** ISO calendar day, when known. */
  birthDate?: string;
  /** E.164, when known: notification messages are addressed by it. */
  phoneNumber?: string;
  /** The person has added the official account (and may have blocked it since). */
  isFriend: boolean;
  isBlocked: boolean;
  /** The person's own LINE ID, searchable once age is proven. */
  lineId: string;
  /** Whether ID search is allowed (ID検索可): what the person's operator said of their age. */
  ageProof: AgeProofState;
  /** A colour (CSS) and a letter for the avatar, stable per person. */
  avatar: { color: string; letter: string };
  /** Sticker sets (product ids) the account has given the person. */
  stickerProducts: string[];
  /** Messages in the talk that the person has not looked at. */
  unread: number;
}

/** `adult`: 18 or older, proven; `unknown`: the operator has no birth date; `withdrawn`: the consent was taken back. */
export type AgeProofState = 'unproven' | 'adult' | 'minor' | 'unknown' | 'withdrawn';

/**
 * `GET /control/people/:userId/search?id=` → `IdSearch`: what ID search in the app shows. `POST …/age-check` asks the
 * operator again where a proof stands → `Person`.
 */
export type IdSearch =
  | { found: 'account' }
  | { found: 'person'; userId: LineUserId }
  | { found: 'nobody' }
  | { found: 'refused'; why: AgeProofState };

/** The official account as people see it. `GET /control/account`; `PATCH` sets `mode`, `chatMode` and `monthlyLimit`. */
export interface Account {
  userId: string;
  /** `@…` */
  basicId: string;
  displayName: string;
  /** What its QR code says: `https://line.me/R/ti/p/@…` */
  addFriendUrl: string;
  /** `standby`: another service speaks for the account; events carry no reply token and the bot must be silent. */
  mode: 'active' | 'standby';
  /** `chat`: humans may answer, read marks are the bot's business; `bot`: whatever arrives counts as read. */
  chatMode: 'chat' | 'bot';
  /** How many messages may be pushed in a month; null: as many as one likes. */
  monthlyLimit: number | null;
}

/** A LINE action object exactly as the bot sent it (postback, message, uri, richmenuswitch, datetimepicker, clipboard, …). */
export type Action = { type: string; label?: string } & Record<string, unknown>;

export interface TalkEntry {
  /** Message id, digits. */
  id: string;
  from: 'person' | 'account';
  /** ISO instant by the simulator's clock. */
  at: string;
  /** The LINE message object (text, sticker, image, template, flex, …) as sent, images resolved to a URL under /control. */
  message: { type: string } & Record<string, unknown>;
  /** For the person's own messages: the account has marked it as read. */
  isRead?: boolean;
  isUnsent?: boolean;
  /** In a group: who of them said it. */
  by?: LineUserId;
  /** The message it answers (リプライ). */
  quotedMessageId?: string;
  /** Of a coupon message, which carries only an id: what the coupon says. */
  coupon?: { title: string; imageUrl?: string; endsAt: string };
}

export interface RichMenuView {
  id: string;
  name: string;
  chatBarText: string;
  selected: boolean;
  size: { width: number; height: number };
  /** `/control/rich-menus/:id/image`, relative to the control origin. */
  imageUrl: string;
  areas: { label: string; action: Action; bounds: { x: number; y: number; width: number; height: number } }[];
}

/** `GET /control/people/:userId/screen`: what the person sees in the talk with the official account. */
export interface Screen {
  talk: TalkEntry[];
  richMenu: RichMenuView | null;
  quickReplies: { label: string; action: Action; imageUrl?: string }[];
  /** Whether the account has read everything the person sent. */
  read: boolean;
  /** The loading bubble is on. */
  isLoading: boolean;
}

/** `GET /control/people/:userId/inbox`: what friends shared with the person, newest last. */
export interface InboxEntry {
  id: string;
  from: { userId: LineUserId; displayName: string };
  at: string;
  text: string;
}

/**
 * People who talk together, with or without the account. `GET /control/groups` → `GroupView[]`; `POST /control/groups {members,
 * name?, kind?}` → `GroupView`; `POST` and `DELETE /control/groups/:groupId/account`: it is invited, it is removed;
 * `POST …/members {userId}` and `DELETE …/members/:userId`: somebody comes or goes; `POST …/say {userId, text, quotes?}`: `@name` of
 * a member or of the account in it is a mention; `GET …/talk` → `TalkEntry[]`.
 */
export interface GroupView {
  groupId: string;
  kind: 'group' | 'room';
  name: string;
  members: LineUserId[];
  hasAccount: boolean;
}

/** `POST /control/people/:userId/tap {label}` and `/act {action, params?}` → what opened, if a page did. */
export interface TapResult {
  opened?: string;
}

/** `GET /control/calls?since=<seq>`: every call received and every webhook sent, oldest first. */
export interface Call {
  seq: number;
  at: string;
  direction: 'received' | 'webhook';
  method: string;
  /** Which origin: api, data, access; for a webhook the target URL. */
  origin: string;
  path: string;
  headers: Record<string, string>;
  body: unknown;
  status: number | null;
  responseBody: unknown;
  /** Why it was refused, in a sentence, when it was. */
  refusal?: string;
  durationMs: number;
}

/** `GET /control/clock`, `POST /control/clock {advance: 'PT10M'} | {set: instant} | {freeze: true | false} | {reset: true}`. */
export interface ClockState {
  now: string;
  /** Milliseconds the simulated clock is ahead of the machine's. */
  offsetMs: number;
  isFrozen: boolean;
}

/** `POST /control/faults`: each rate is 0…1; `DELETE /control/faults` clears them. */
export interface Faults {
  webhook?: {
    delayMs?: number;
    /** How many of them are late; without it all. */
    delayRate?: number;
    drop?: number;
    duplicate?: number;
    reorder?: number;
    wrongSecret?: number;
    redeliver?: boolean;
    /** Adds a property nobody has heard of to events, as LINE may at any time; true is always. */
    unknownFields?: number | boolean;
  };
  api?: {
    delayMs?: number;
    /** How many of them are late; without it all. */
    delayRate?: number;
    /** Answer this status without doing anything; `rate` says how often, without it always. */
    status?: number;
    rate?: number;
    /** Do the work, then break the connection instead of answering. */
    dropAfterAccept?: number;
    /** Adds a property nobody has heard of to JSON answers, as LINE may at any time; true is always. */
    unknownFields?: number | boolean;
  };
  menus?: {
    /** People go on seeing the old default menu, and the old target of an alias, for so long. */
    lagMs?: number;
  };
}

/**
 * `GET /control/snapshot`, `POST /control/snapshot` with what it gave; `GET /control/transcript`: the calls as JSON
 * lines; `POST /control/replay {seq}` sends that webhook once more → `{status, failure?, detail?}`.
 */
export interface Replay {
  status: number | null;
  failure?: string;
  detail?: string;
}

/**
 * `POST /control/crowd {people, perSecond?, seconds?, text?}`: so many people, who add the account if they have not yet,
 * write for so long; the answer comes when the last of it has arrived. For load tests of a bot.
 */
export interface CrowdResult {
  /** Of the crowd, in order: whom a load test may push to. */
  userIds: LineUserId[];
  said: number;
  /** Events answered with 2xx, and the others. */
  delivered: number;
  refused: number;
  /** Webhook requests they travelled in. */
  requests: number;
  /** Events delivered a second, from the first to the last. */
  perSecond: number;
  /** How long the bot took to answer a request. */
  p50Ms: number;
  p99Ms: number;
}

/** One line of `GET /control/events` (server-sent events): a hint to fetch again. */
export interface ChangeEvent {
  type: 'people' | 'groups' | 'screen' | 'inbox' | 'calls' | 'clock' | 'reset';
  /** A person's, or, where a group's talk went on, the group's. */
  userId?: string;
}
