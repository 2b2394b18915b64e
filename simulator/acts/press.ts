import type { Action, TapResult } from '../contract.ts';
import type { Platform } from '../platform.ts';
import { makeEvent } from '../webhooks/events.ts';
import type { PersonRecord } from '../world/people.ts';
import { sayText } from './say.ts';

/** Values a person picks while pressing: `{date}`, `{time}` or `{datetime}`. */
export type Picked = Record<string, string>;

/**
 * The person presses something that carries a LINE action. What opens (a page, the phone's dialler) is returned, not
 * opened: the phone or the test does that.
 */
export function press(platform: Platform, person: PersonRecord, action: Action, picked?: Picked): TapResult {
  dismissQuickReplies(platform, person);
  switch (action.type) {
    case 'postback':
      showDisplayText(platform, person, action);
      sendPostback(platform, person, { data: text(action.data) ?? '' });
      return {};
    case 'message':
      sayText(platform, person, text(action.text) ?? '');
      return {};
    case 'uri':
      return { opened: text(action.uri) ?? '' };
    case 'richmenuswitch':
      switchRichMenu(platform, person, action);
      return {};
    case 'datetimepicker':
      sendPostback(platform, person, {
        data: text(action.data) ?? '',
        params: picked ?? pickDefault(platform, action),
      });
      return {};
    default:
      // clipboard, camera, cameraRoll, location: things of the phone, of which the bot hears nothing.
      return {};
  }
}

/** Quick replies go away once the person has done anything else in the talk. */
function dismissQuickReplies({ world }: Platform, person: PersonRecord): void {
  const talk = world.talks.of(person.userId);
  talk.dismissedQuickRepliesOf = talk.entries.at(-1)?.id ?? null;
  world.changes.tell({ type: 'screen', userId: person.userId });
}

/** A postback's `displayText` appears as if the person had said it, but the bot hears only the postback. */
function showDisplayText({ world }: Platform, person: PersonRecord, action: Action): void {
  const shown = text(action.displayText) ?? text(action.text);
  if (!shown) return;
  world.talks.add(person.userId, {
    id: world.ids.messageId(),
    from: 'person',
    at: world.clock.instant(),
    message: { type: 'text', text: shown },
    isRead: true,
  });
}

function sendPostback(
  { world, webhooks }: Platform,
  person: PersonRecord,
  postback: { data: string; params?: Picked },
) {
  if (person.isBlocked) return;
  person.lastWroteAtMs = world.clock.now();
  webhooks.send(makeEvent(world, person.userId, { type: 'postback', reply: true, postback }));
}

/** The new menu shows at once; the postback only tells about it. */
function switchRichMenu(platform: Platform, person: PersonRecord, action: Action): void {
  const { richMenus, clock } = platform.world;
  const aliasId = text(action.richMenuAliasId) ?? '';
  const menuId = richMenus.seenAliasTarget(aliasId, clock.now());
  const menu = menuId === undefined ? undefined : richMenus.find(menuId);
  const data = text(action.data) ?? '';
  if (menuId === undefined) {
    sendPostback(platform, person, { data, params: { status: 'RICHMENU_ALIAS_ID_NOTFOUND' } });
  } else if (!menu?.image) {
    sendPostback(platform, person, { data, params: { status: 'RICHMENU_NOTFOUND' } });
  } else {
    richMenus.link(person.userId, menuId);
    sendPostback(platform, person, { data, params: { newRichMenuAliasId: aliasId, status: 'SUCCESS' } });
  }
}

/** Confirming the picker without turning it: its `initial`, else now. */
function pickDefault({ world }: Platform, action: Action): Picked {
  const mode = text(action.mode) ?? 'datetime';
  const now = new Date(world.clock.now() + 9 * 3_600_000).toISOString();
  const byMode: Record<string, string> = { date: now.slice(0, 10), time: now.slice(11, 16) };
  return { [mode]: text(action.initial) ?? byMode[mode] ?? now.slice(0, 16) };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
