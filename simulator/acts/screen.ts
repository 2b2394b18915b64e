import type { Action, RichMenuView, Screen } from '../contract.ts';
import type { Platform } from '../platform.ts';
import type { PersonRecord } from '../world/people.ts';
import type { RichMenu } from '../world/rich-menus.ts';

/** What the person sees in the talk with the official account. */
export function screenOf({ world }: Platform, person: PersonRecord): Screen {
  const talk = world.talks.of(person.userId);
  const menu = world.people.isReachable(person) ? world.richMenus.shownTo(person.userId, world.clock.now()) : null;
  return {
    talk: talk.entries,
    richMenu: menu ? viewOf(menu) : null,
    quickReplies: quickRepliesOf(talk),
    read: talk.entries.every((entry) => entry.from === 'account' || entry.isRead === true),
    isLoading: world.clock.now() < talk.loadingUntilMs,
  };
}

function viewOf({ id, body }: RichMenu): RichMenuView {
  return {
    id,
    name: body.name,
    chatBarText: body.chatBarText,
    selected: body.selected,
    size: body.size,
    imageUrl: `/control/rich-menus/${id}/image`,
    areas: body.areas.map(({ action, bounds }) => ({
      label: action.label ?? (typeof action.text === 'string' ? action.text : ''),
      action,
      bounds,
    })),
  };
}

/** Quick replies belong to the last message only, and to nobody once the person has written or pressed something. */
function quickRepliesOf(talk: {
  entries: Screen['talk'];
  dismissedQuickRepliesOf: string | null;
}): Screen['quickReplies'] {
  const last = talk.entries.at(-1);
  if (last?.from !== 'account' || last.id === talk.dismissedQuickRepliesOf) return [];
  const { quickReply } = last.message as { quickReply?: { items?: { action: Action; imageUrl?: string }[] } };
  return (quickReply?.items ?? []).map(({ action, imageUrl }) => ({
    label: action.label ?? '',
    action,
    ...(imageUrl ? { imageUrl } : {}),
  }));
}
