import type { Readable } from 'node:stream';
import { channelAccessToken, HTTPFetchError, LineBotClient, type messagingApi } from '@line/bot-sdk';
import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../base/clock.ts';
import { answerOf, describe, type LineAnswer, LineCallFailed } from './answer.ts';
import type { Message } from './talk.ts';

interface LineProfile {
  readonly displayName: string;
  readonly language: string | null;
}

export type Content =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'preparing' }
  | { readonly kind: 'too-large' };

export interface LineClient {
  /** Answers an event, free of charge. The token works once, within a minute. */
  reply(replyToken: string, messages: readonly Message[]): Promise<LineAnswer<null>>;
  /** Sends without a reply token. LINE remembers `retryKey` (a UUID) for 24 hours, so a repeated call sends nothing more. */
  push(lineUserId: string, messages: readonly Message[], retryKey: string): Promise<LineAnswer<null>>;
  /** A token for the account-link dialogue, good once within ten minutes. Rejects when LINE gives none. */
  issueLinkToken(lineUserId: string): Promise<string>;
  /** Marks the token's message, and all before it, as read. Where chat is off in LINE's manager, LINE does so by itself. */
  markAsRead(token: string): Promise<LineAnswer<null>>;
  /** Whether chat is on for the account in LINE's manager. */
  isChatOn(): Promise<LineAnswer<boolean>>;
  /** Makes the account leave a group (or a room, as LINE calls a group without a name). */
  leaveGroup(group: { readonly kind: 'group' | 'room'; readonly id: string }): Promise<LineAnswer<null>>;
  /** Null when LINE will not tell (not a friend, blocked, left). */
  profile(lineUserId: string): Promise<LineProfile | null>;
  /** The picture, video or file that a person sent. LINE prepares some first, and keeps them for a limited time. */
  content(messageId: string, mostBytes: number): Promise<LineAnswer<Content>>;
  createRichMenu(menu: messagingApi.RichMenuRequest): Promise<LineAnswer<string>>;
  uploadRichMenuPicture(richMenuId: string, png: Uint8Array<ArrayBuffer>): Promise<LineAnswer<null>>;
  setDefaultRichMenu(richMenuId: string): Promise<LineAnswer<null>>;
  listRichMenus(): Promise<LineAnswer<readonly { readonly richMenuId: string; readonly name: string }[]>>;
  deleteRichMenu(richMenuId: string): Promise<LineAnswer<null>>;
  linkRichMenu(lineUserId: string, richMenuId: string): Promise<LineAnswer<null>>;
  /** How many messages the account may push in a month (null: any number), and how many it has. Replies are free. */
  allowance(): Promise<LineAnswer<{ readonly limitPerMonth: number | null; readonly used: number }>>;
  /** Gives a person the right to a set of mission stickers. Giving it again changes nothing. */
  giveStickers(lineUserId: string, productId: string): Promise<LineAnswer<null>>;
}

export interface LineClientOptions {
  channelId: string;
  channelSecret: string;
  apiBaseUrl: string;
  dataApiBaseUrl: string;
  clock: Clock;
  /** How long to wait for an answer; the SDK itself would wait for ever. */
  timeoutMs?: number;
}

/** The token is renewed this long before its end, so that it does not expire during a call. */
const RENEW_BEFORE_SECONDS = 120;

/** A download may take longer than an answer. */
const CONTENT_TIMEOUT_MS = 20_000;

/** LINE's Messaging API through the official SDK, with stateless channel tokens and a time-out of our own. */
export function createLineClient(options: LineClientOptions): LineClient {
  const { clock } = options;
  const timeoutMs = options.timeoutMs ?? 5_000;
  const tokens = new channelAccessToken.ChannelAccessTokenClient({ baseURL: options.apiBaseUrl });
  let current: { bot: LineBotClient; until: Temporal.Instant } | undefined;
  let renewal: Promise<LineBotClient> | undefined;

  async function renew(): Promise<LineBotClient> {
    const askedAt = clock.now();
    const asked = tokens.issueStatelessChannelTokenByClientSecret(options.channelId, options.channelSecret);
    const issued = await withTimeout(asked, timeoutMs);
    const bot = LineBotClient.fromChannelAccessToken({
      channelAccessToken: issued.access_token,
      apiBaseURL: options.apiBaseUrl,
      dataApiBaseURL: options.dataApiBaseUrl,
    });
    current = { bot, until: askedAt.add({ seconds: Math.max(issued.expires_in - RENEW_BEFORE_SECONDS, 1) }) };
    return bot;
  }

  /** One renewal at a time, however many calls wait for it. */
  async function bot(): Promise<LineBotClient> {
    if (current && Temporal.Instant.compare(clock.now(), current.until) < 0) return current.bot;
    renewal ??= renew().finally(() => {
      renewal = undefined;
    });
    return renewal;
  }

  async function call<Body, Value>(
    work: (bot: LineBotClient) => Promise<{ httpResponse: Response; body: Body }>,
    read: (body: Body) => Value,
    { patienceMs = timeoutMs, isSecondTry = false } = {},
  ): Promise<LineAnswer<Value>> {
    let client: LineBotClient;
    try {
      client = await bot();
    } catch (error) {
      // Whatever became of the token: the call itself was never made.
      return { kind: 'no-answer', isCertainlyUnsent: true, message: `no channel token: ${describe(error)}` };
    }
    try {
      const { httpResponse, body } = await withTimeout(work(client), patienceMs);
      return { kind: 'ok', value: read(body), requestId: httpResponse.headers.get('x-line-request-id') };
    } catch (error) {
      if (error instanceof HTTPFetchError && error.status === 401 && !isSecondTry) {
        if (current?.bot === client) current = undefined;
        return call(work, read, { patienceMs, isSecondTry: true });
      }
      return answerOf(error);
    }
  }

  const nothing = () => null;

  return {
    reply: (replyToken, messages) =>
      call((bot) => bot.replyMessageWithHttpInfo({ replyToken, messages: [...messages] }), nothing),
    push: (to, messages, retryKey) =>
      call((bot) => bot.pushMessageWithHttpInfo({ to, messages: [...messages] }, retryKey), nothing),
    async issueLinkToken(lineUserId) {
      const answer = await call(
        (bot) => bot.issueLinkTokenWithHttpInfo(lineUserId),
        (body) => body.linkToken,
      );
      if (answer.kind !== 'ok') throw new LineCallFailed('link token', answer);
      return answer.value;
    },
    async profile(lineUserId) {
      const answer = await call(
        (bot) => bot.getProfileWithHttpInfo(lineUserId),
        (body) => ({ displayName: body.displayName, language: body.language ?? null }),
      );
      if (answer.kind === 'ok') return answer.value;
      if (answer.kind === 'refused' && answer.status === 404) return null;
      throw new LineCallFailed('profile', answer);
    },
    markAsRead: (markAsReadToken) =>
      call((bot) => bot.markMessagesAsReadByTokenWithHttpInfo({ markAsReadToken }), nothing),
    isChatOn: () =>
      call(
        (bot) => bot.getBotInfoWithHttpInfo(),
        (body) => body.chatMode === 'chat',
      ),
    leaveGroup: ({ kind, id }) =>
      call((bot) => (kind === 'group' ? bot.leaveGroupWithHttpInfo(id) : bot.leaveRoomWithHttpInfo(id)), nothing),
    content: (messageId, mostBytes) =>
      call(
        async (bot) => {
          const { httpResponse, body } = await bot.getMessageContentWithHttpInfo(messageId);
          const isReady = httpResponse.status !== 202;
          return { httpResponse, body: isReady ? await bytesOf(body, mostBytes) : ({ kind: 'preparing' } as const) };
        },
        (content): Content => content,
        { patienceMs: CONTENT_TIMEOUT_MS },
      ),
    createRichMenu: (menu) =>
      call(
        (bot) => bot.createRichMenuWithHttpInfo(menu),
        (body) => body.richMenuId,
      ),
    uploadRichMenuPicture: (richMenuId, png) =>
      call((bot) => bot.setRichMenuImageWithHttpInfo(richMenuId, new Blob([png], { type: 'image/png' })), nothing),
    setDefaultRichMenu: (richMenuId) => call((bot) => bot.setDefaultRichMenuWithHttpInfo(richMenuId), nothing),
    listRichMenus: () =>
      call(
        (bot) => bot.getRichMenuListWithHttpInfo(),
        (body) => body.richmenus.map(({ richMenuId, name }) => ({ richMenuId, name })),
      ),
    deleteRichMenu: (richMenuId) => call((bot) => bot.deleteRichMenuWithHttpInfo(richMenuId), nothing),
    linkRichMenu: (lineUserId, richMenuId) =>
      call((bot) => bot.linkRichMenuIdToUserWithHttpInfo(lineUserId, richMenuId), nothing),
    async allowance() {
      const used = await call(
        (bot) => bot.getMessageQuotaConsumptionWithHttpInfo(),
        (body) => body.totalUsage,
      );
      if (used.kind !== 'ok') return used;
      return call(
        (bot) => bot.getMessageQuotaWithHttpInfo(),
        (body) => ({ limitPerMonth: body.type === 'limited' ? (body.value ?? 0) : null, used: used.value }),
      );
    },
    giveStickers: (to, productId) =>
      call(
        (bot) => bot.missionStickerV3WithHttpInfo({ to, productId, productType: 'STICKER', sendPresentMessage: false }),
        nothing,
      ),
  };
}

async function bytesOf(body: Readable, mostBytes: number): Promise<Content> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    // Leaving the loop ends the download.
    if (size > mostBytes) return { kind: 'too-large' };
    chunks.push(chunk);
  }
  return { kind: 'bytes', bytes: Buffer.concat(chunks) };
}

class TimedOut extends Error {}

async function withTimeout<Value>(work: Promise<Value>, ms: number): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const bell = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimedOut(`no answer in ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, bell]);
  } finally {
    clearTimeout(timer);
  }
}
