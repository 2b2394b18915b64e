import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../base/clock.ts';
import { type Language, languageOf } from '../../base/language.ts';
import type { LinkState } from '../../base/link-state.ts';
import type { Operator } from '../../base/operator.ts';
import { type Db, gathered, runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import type { LineClient } from '../../infra/line/client.ts';
import type { StaffEars } from '../../infra/line/hearing/ears.ts';
import type { StoredEvent } from '../../infra/line/hearing/lanes.ts';
import type { Outcome } from '../../infra/line/hearing/worker.ts';
import type { OutgoingMessage } from '../../infra/line/outbox/outbox.ts';
import type { AccountLinkResult, Heard, Message, TalkContext, TalkHandler } from '../../infra/line/talk.ts';
import { type ReadEvent, readEvent } from './event.ts';
import { leaveGroup } from './groups.ts';
import { apology, greeting, shortMenu, withWayOn } from './messages.ts';
import { createReadMarks } from './read-marks.ts';
import { type Answerer, decideRoute, type HeardFact, type Route } from './rules/routing.ts';
import {
  type KnownProfile,
  type LineAccount,
  lineAccountsOf,
  refreshMenu,
  restoreMenu,
  saveBlocked,
  saveFriend,
  saveLanguage,
} from './store.ts';

export interface OfficialAccountDeps {
  db: Db;
  clock: Clock;
  line: Pick<LineClient, 'profile' | 'reply' | 'leaveGroup' | 'markAsRead' | 'isChatOn'>;
  operator: Operator;
  publicUrl: string;
  handlers: readonly TalkHandler[];
  linkStateOf(sql: SqlRunner, lineUserId: string): Promise<LinkState>;
  readonly ears: StaffEars;
  /** Words that no function claims; null where nothing is known, and the person is asked to choose. */
  onQuestion(context: TalkContext, question: string): Promise<Message[] | null>;
  onAccountLink(result: AccountLinkResult): Promise<{ lineUserId: string; messages: Message[] } | null>;
}

/** Where the bot has an answer. */
type Answered = Extract<Route, { to: 'handler' | 'short-menu' | 'question' | 'language' }>;

/** A reply token is used within this time of the webhook; LINE takes it for a minute. */
const REPLY_SECONDS = 50;

/** Handles a person's events one by one: who answers, with what, and which menu follows. */
export function createTalk(deps: OfficialAccountDeps) {
  const { db, clock, operator, publicUrl } = deps;
  const sql = runnerOf(db);
  const accountOf = gathered((lineUserIds) => lineAccountsOf(sql, lineUserIds));
  const readMarks = createReadMarks(deps);

  /** Answers what is to be written with the event's done mark. Repeatable. */
  async function handleEvent(event: StoredEvent): Promise<Outcome | undefined> {
    const read = readEvent(event.payload, event.lineUserId);
    const route = decideRoute(read, deps.handlers);
    const { lineUserId } = event;
    if (route.to === 'account-link') return accountLink(event, read);
    if (route.to === 'leave-group') {
      await leaveGroup(deps, route.group, read.replyToken);
      return undefined;
    }
    if (lineUserId === null) return undefined;
    switch (route.to) {
      case 'unfollow':
        return async (tx) => {
          await saveBlocked(tx, clock.now(), { lineUserId, occurredAt: event.occurredAt });
          await deps.ears.blocked(tx, lineUserId);
          return [];
        };
      case 'follow':
        return follow(event, read, lineUserId);
      case 'forget':
        return async (tx) => {
          await deps.ears.unsent(tx, { lineUserId, lineMessageId: route.messageId });
          return [];
        };
      case 'silence':
        // In standby another system answers; what is said is noted all the same.
        if (isSaying(read) && read.isOneToOne) await listen(event, read, lineUserId, 'ja');
        return undefined;
      default:
        return converse(event, read, lineUserId, route);
    }
  }

  /** Staff hear first, where they have taken the talk. */
  function listen(event: StoredEvent, read: ReadEvent, lineUserId: string, language: Language) {
    return deps.ears.hear({
      db,
      eventId: event.eventId,
      lineUserId,
      language,
      occurredAt: event.occurredAt,
      payload: event.payload,
      reply: replyOf(event, read) ?? null,
      isStandby: read.isStandby,
    });
  }

  async function converse(event: StoredEvent, read: ReadEvent, lineUserId: string, route: Answered): Promise<Outcome> {
    const { person, isNew } = await meet(lineUserId, event.occurredAt);
    const heard = await listen(event, read, lineUserId, person.language);
    if (heard !== null) return async () => answer(event, read, lineUserId, heard);
    const outcome = await byBot(event, read, { person, isNew }, route);
    // What staff have heard is read when they have looked at it; this nobody else will look at.
    if (read.readToken !== null) void readMarks.mark(read.readToken);
    return outcome;
  }

  async function byBot(
    event: StoredEvent,
    read: ReadEvent,
    { person, isNew }: { person: LineAccount; isNew: boolean },
    route: Answered,
  ): Promise<Outcome> {
    const { lineUserId } = person;
    if (route.to === 'language') return speak(event, read, lineUserId, route.language);
    const known = route.to === 'question' ? await deps.onQuestion(contextOf(event, person), route.text) : null;
    const answered = known ?? (await answerBy(route.to === 'question' ? route.otherwise : route, event, person));
    const messages = withWayOn(answered, person.language);
    return async (tx) => {
      if (isNew) await restoreMenu(tx, clock.now(), lineUserId, await deps.linkStateOf(tx, lineUserId));
      return answer(event, read, lineUserId, messages);
    };
  }

  /** The menu follows the language. */
  function speak(event: StoredEvent, read: ReadEvent, lineUserId: string, language: Language): Outcome {
    return async (tx) => {
      await saveLanguage(tx, clock.now(), { lineUserId, language });
      const state = await deps.linkStateOf(tx, lineUserId);
      await refreshMenu(tx, clock.now(), lineUserId, state);
      return answer(event, read, lineUserId, shortMenu('language-chosen', state, language, publicUrl));
    };
  }

  async function follow(event: StoredEvent, read: ReadEvent, lineUserId: string): Promise<Outcome> {
    const known = await accountOf(lineUserId);
    const profile = await profileOf(lineUserId);
    return async (tx) => {
      const now = clock.now();
      const isFriend = await saveFriend(tx, now, { lineUserId, occurredAt: event.occurredAt, profile });
      if (!isFriend) return [];
      const person = (await lineAccountsOf(tx, [lineUserId])).get(lineUserId);
      if (!person) return [];
      const state = await deps.linkStateOf(tx, lineUserId);
      await restoreMenu(tx, now, lineUserId, state);
      const { displayName, language } = person;
      const isReturning = known !== undefined;
      const greeted = greeting({ displayName, language, state, isReturning, operator, publicUrl });
      return answer(event, read, lineUserId, greeted);
    };
  }

  async function accountLink(event: StoredEvent, read: ReadEvent): Promise<Outcome | undefined> {
    if (read.link === null) return undefined;
    const { lineUserId } = event;
    // "ok" without a person binds nobody.
    const isOk = read.link.isOk && lineUserId !== null;
    if (isOk) await meet(lineUserId, event.occurredAt);
    const told = await deps.onAccountLink({
      eventId: event.eventId,
      now: clock.now(),
      nonce: read.link.nonce,
      outcome: isOk ? { result: 'ok', lineUserId } : { result: 'failed' },
    });
    return async (tx) => {
      if (isOk) await refreshMenu(tx, clock.now(), lineUserId, await deps.linkStateOf(tx, lineUserId));
      return told ? answer(event, read, told.lineUserId, told.messages) : [];
    };
  }

  /** The person as known, made known first where an event of theirs is the first sign of them. */
  async function meet(
    lineUserId: string,
    occurredAt: Temporal.Instant,
  ): Promise<{ person: LineAccount; isNew: boolean }> {
    const known = await accountOf(lineUserId);
    if (known?.isFriend) return { person: known, isNew: false };
    const profile = await profileOf(lineUserId);
    const isNew = await saveFriend(sql, clock.now(), { lineUserId, occurredAt, profile });
    const person = await accountOf(lineUserId);
    if (!person) throw new Error('a person who was just written is gone');
    return { person, isNew };
  }

  /** Name and language, where LINE tells them: a missing profile must not cost the person an answer. */
  async function profileOf(lineUserId: string): Promise<KnownProfile> {
    const profile = await deps.line.profile(lineUserId).catch(() => null);
    if (!profile) return { displayName: null, language: null };
    return {
      displayName: profile.displayName,
      language: profile.language === null ? null : languageOf(profile.language),
    };
  }

  async function answerBy(answerer: Answerer, event: StoredEvent, person: LineAccount): Promise<Message[]> {
    if (answerer.to === 'handler') return hear(event, person, answerer.name, answerer.heard);
    const state = await deps.linkStateOf(sql, person.lineUserId);
    return shortMenu(answerer.because, state, person.language, publicUrl);
  }

  async function hear(event: StoredEvent, person: LineAccount, name: string, heard: HeardFact): Promise<Message[]> {
    const handler = deps.handlers.find((candidate) => candidate.name === name);
    if (!handler) throw new Error(`no handler ${name}`);
    return handler.hear(contextOf(event, person), toHeard(heard));
  }

  function contextOf(event: StoredEvent, person: LineAccount): TalkContext {
    const { lineUserId, displayName, language } = person;
    return { db, now: clock.now(), eventId: event.eventId, lineUserId, displayName, language };
  }

  /** What goes into the outbox, once per event however often it was handled. */
  function answer(
    event: StoredEvent,
    read: ReadEvent,
    lineUserId: string,
    messages: readonly Message[],
    key: 'event' | 'apology' = 'event',
  ): readonly OutgoingMessage[] {
    // In standby the bot is silent, whatever it has to say.
    if (messages.length === 0 || read.isStandby) return [];
    if (messages.length > 5) throw new RangeError('LINE takes at most five messages at a time');
    const reply = lineUserId === event.lineUserId ? replyOf(event, read) : undefined;
    return [{ lineUserId, messages, dedupeKey: `${key}:${event.eventId}`, ...(reply ? { reply } : {}) }];
  }

  /** For an event that was given up: the person is told, rather than left waiting. */
  async function apologise(event: StoredEvent): Promise<Outcome | undefined> {
    const read = readEvent(event.payload, event.lineUserId);
    const route = decideRoute(read, deps.handlers);
    const { lineUserId } = event;
    if (lineUserId === null || !['handler', 'short-menu', 'question', 'language'].includes(route.to)) return undefined;
    const language: Language = (await lineAccountsOf(sql, [lineUserId])).get(lineUserId)?.language ?? 'ja';
    // A key of its own: an event that is tried again later is then answered.
    return async () => answer(event, read, lineUserId, apology(language, operator), 'apology');
  }

  return { handleEvent, apologise };
}

/** Words, a picture, a button: what a transcript holds. */
function isSaying({ happening }: ReadEvent): boolean {
  return happening.kind === 'text' || happening.kind === 'wordless' || happening.kind === 'button';
}

/** The event's reply token, while it can be used. */
function replyOf({ receivedAt }: StoredEvent, { replyToken, isStandby }: ReadEvent) {
  if (replyToken === null || isStandby) return undefined;
  return { token: replyToken, until: receivedAt.add({ seconds: REPLY_SECONDS }) };
}

function toHeard(heard: HeardFact): Heard {
  return heard.kind === 'word'
    ? heard
    : { kind: 'button', action: heard.action, params: new URLSearchParams(heard.query) };
}
