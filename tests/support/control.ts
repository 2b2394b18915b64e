import type { ClockState, InboxEntry, Person, Screen, TapResult } from '../../simulator/contract.ts';

/** A hand on the simulated LINE: what a person does in the app, and what they then see. */
export function controlOf(uiOrigin: string) {
  async function call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${uiOrigin}/control${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} /control${path} answered ${response.status}: ${text}`);
    return (text ? JSON.parse(text) : {}) as Answer;
  }
  const settle = () => call<unknown>('POST', '/settle');

  return {
    settle,
    people: () => call<Person[]>('GET', '/people'),
    newPerson: (person: { displayName: string; language?: 'ja' | 'en' }) => call<Person>('POST', '/people', person),
    calls: (since = 0) =>
      call<{ path: string; status: number | null; body: unknown }[]>('GET', `/calls?since=${since}`),
    /** As when the person opens LINE's settings: the operator is asked again. */
    askAge: (userId: string) => call<Person>('POST', `/people/${userId}/age-check`),
    act: (userId: string, action: { type: string; data: string }) =>
      call<TapResult>('POST', `/people/${userId}/act`, { action }),
    clock: (change: unknown) => call<ClockState>('POST', '/clock', change),
    /** In `standby` another system speaks for the account. */
    mode: (mode: 'active' | 'standby') => call<unknown>('PATCH', '/account', { mode }),
    faults: (faults: unknown) => call<unknown>('POST', '/faults', faults),
    noFaults: () => call<unknown>('DELETE', '/faults'),
    /** Everything one person can do; each waits until the official account has answered. */
    async person(displayName: string) {
      const found = (await call<Person[]>('GET', '/people')).find((each) => each.displayName === displayName);
      if (!found) throw new Error(`nobody is called ${displayName}`);
      const at = `/people/${found.userId}`;
      const settled = async <Answer>(work: Promise<Answer>): Promise<Answer> => {
        const answer = await work;
        await settle();
        return answer;
      };
      const screen = () => call<Screen>('GET', `${at}/screen`);
      return {
        userId: found.userId,
        displayName,
        follow: () => settled(call('POST', `${at}/follow`)),
        block: () => settled(call('POST', `${at}/unfollow`)),
        say: (text: string) => settled(call<{ id: string }>('POST', `${at}/say`, { text })),
        /** A picture of the simulator's own. */
        picture: () => settled(call<{ id: string }>('POST', `${at}/image`)),
        unsend: (messageId: string) => settled(call('POST', `${at}/unsend`, { messageId })),
        sticker: () => settled(call('POST', `${at}/sticker`)),
        tap: (label: string) => settled(call<TapResult>('POST', `${at}/tap`, { label })),
        share: (text: string, to: readonly string[]) => settled(call('POST', `${at}/share`, { text, to })),
        inbox: () => call<InboxEntry[]>('GET', `${at}/inbox`),
        screen,
        /** Labels of the menu, in order. */
        menu: async () => (await screen()).richMenu?.areas.map((area) => area.label) ?? [],
        /** All words the account said since the person's last message, as one text. */
        heard: async () => {
          const { talk } = await screen();
          const last = talk.findLastIndex((entry) => entry.from === 'person');
          return talk
            .slice(last + 1)
            .map((entry) => wordsIn(entry.message))
            .join('\n');
        },
        /** Everything the account ever said. */
        heardAll: async () =>
          (await screen()).talk.filter((entry) => entry.from === 'account').map((entry) => wordsIn(entry.message)),
        /** Cookies for LINE's web pages, as in the in-app browser. */
        cookies: (url: string) => call<{ cookies: { name: string; value: string }[] }>('POST', `${at}/browse`, { url }),
      };
    },
  };
}

export type Control = ReturnType<typeof controlOf>;

/** Every text a message shows, in reading order: `text`, `label` and `altText` wherever they stand. */
export function wordsIn(message: unknown): string {
  if (Array.isArray(message)) return message.map(wordsIn).filter(Boolean).join('\n');
  if (typeof message !== 'object' || message === null) return '';
  return Object.entries(message)
    .flatMap(([key, value]) => {
      if (typeof value === 'string') return ['text', 'label', 'altText'].includes(key) ? [value] : [];
      const inner = wordsIn(value);
      return inner ? [inner] : [];
    })
    .join('\n');
}
