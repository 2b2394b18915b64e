/** Asks and tells the simulator's control interface; the page keeps no state that the simulator has. */
import type {
  Account,
  Action,
  Call,
  ClockState,
  Faults,
  GroupView,
  IdSearch,
  InboxEntry,
  Language,
  Person,
  Replay,
  Screen,
  TalkEntry,
  TapResult,
} from '../../contract.ts';

async function ask<T>(path: string, init: RequestInit = {}): Promise<T> {
  const response = await fetch(path, init);
  if (!response.ok) throw new Error(`${init.method ?? 'GET'} ${path}: ${response.status} ${await response.text()}`);
  const text = await response.text();
  return JSON.parse(text === '' ? '{}' : text);
}

function send<T>(path: string, body: unknown = {}, method = 'POST'): Promise<T> {
  return ask(path, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
}

const of = (userId: string) => `/control/people/${userId}`;

export const control = {
  people: () => ask<Person[]>('/control/people'),
  account: () => ask<Account>('/control/account'),
  changeAccount: (change: Partial<Pick<Account, 'mode' | 'chatMode'>>) =>
    send<object>('/control/account', change, 'PATCH'),
  addPerson: (person: { displayName: string; language: Language; birthDate?: string }) =>
    send<Person>('/control/people', person),
  changePerson: (
    userId: string,
    change: { displayName?: string; language?: Language; birthDate?: string; lineId?: string },
  ) => send<Person>(of(userId), change, 'PATCH'),
  askAge: (userId: string) => send<Person>(`${of(userId)}/age-check`),
  search: (userId: string, id: string) => ask<IdSearch>(`${of(userId)}/search?${new URLSearchParams({ id })}`),
  leave: (userId: string) => send<object>(of(userId), {}, 'DELETE'),
  follow: (userId: string) => send<object>(`${of(userId)}/follow`),
  unfollow: (userId: string) => send<object>(`${of(userId)}/unfollow`),
  screen: (userId: string) => ask<Screen>(`${of(userId)}/screen`),
  look: (userId: string) => send<object>(`${of(userId)}/read`),
  inbox: (userId: string) => ask<InboxEntry[]>(`${of(userId)}/inbox`),
  say: (userId: string, text: string, quotes?: string) =>
    send<object>(`${of(userId)}/say`, quotes === undefined ? { text } : { text, quotes }),
  sticker: (userId: string, sticker: { packageId: string; stickerId: string }) =>
    send<object>(`${of(userId)}/sticker`, sticker),
  image: (userId: string, image: Blob) =>
    ask<object>(`${of(userId)}/image`, { method: 'POST', body: image, headers: { 'content-type': image.type } }),
  location: (userId: string, place: { title: string; address: string; latitude: number; longitude: number }) =>
    send<object>(`${of(userId)}/location`, place),
  groups: () => ask<GroupView[]>('/control/groups'),
  addGroup: (group: { name: string; members: string[] }) => send<GroupView>('/control/groups', group),
  groupTalk: (groupId: string) => ask<TalkEntry[]>(`/control/groups/${groupId}/talk`),
  sayInGroup: (groupId: string, userId: string, text: string) =>
    send<object>(`/control/groups/${groupId}/say`, { userId, text }),
  inviteAccount: (groupId: string) => send<object>(`/control/groups/${groupId}/account`),
  removeAccount: (groupId: string) => send<object>(`/control/groups/${groupId}/account`, {}, 'DELETE'),
  unsend: (userId: string, messageId: string) => send<object>(`${of(userId)}/unsend`, { messageId }),
  act: (userId: string, action: Action, params?: Record<string, string>) =>
    send<TapResult>(`${of(userId)}/act`, params ? { action, params } : { action }),
  share: (userId: string, text: string, to: string[]) => send<object>(`${of(userId)}/share`, { text, to }),
  calls: (since: number) => ask<Call[]>(`/control/calls?since=${since}`),
  clearCalls: () => send<object>('/control/clear-calls'),
  clock: () => ask<ClockState>('/control/clock'),
  setClock: (change: { advance: string } | { set: string } | { freeze: boolean } | { reset: true }) =>
    send<ClockState>('/control/clock', change),
  faults: () => ask<Faults>('/control/faults'),
  setFaults: (faults: Faults) => send<object>('/control/faults', faults),
  clearFaults: () => send<object>('/control/faults', {}, 'DELETE'),
  restore: (snapshot: Blob) =>
    ask<object>('/control/snapshot', {
      method: 'POST',
      body: snapshot,
      headers: { 'content-type': 'application/json' },
    }),
  replay: (seq: number) => send<Replay>('/control/replay', { seq }),
  reset: () => send<object>('/control/reset', { everything: true }),
  /** The address at which this person's in-app browser opens `url`. */
  browserUrl: (userId: string, url: string) =>
    ask<{ url: string }>(`/browser/url?${new URLSearchParams({ userId, url })}`).then((answer) => answer.url),
};
