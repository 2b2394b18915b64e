interface LeftMessage {
  readonly person: string;
  readonly says: readonly string[];
}

/** Of the simulated LINE's own people; the tour's are left as they are. */
const MESSAGES: readonly LeftMessage[] = [
  {
    person: 'いちろう',
    says: ['スマホを新しくします。今のSIMはそのまま使えますか？', 'らくらくホンから、ふつうのスマホにする予定です。'],
  },
  {
    person: 'さくら',
    says: ['月末にギガが足りなくなりそうです。母からもらうには、どうすればいいですか？'],
  },
];

/** People who have left a message for staff, as LINE tells it: something in the inbox at the first look, which can be answered. */
export async function seedTalks(simulatorUrl: string): Promise<void> {
  async function control<Answer>(path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${simulatorUrl}/control${path}`, {
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      headers: { 'content-type': 'application/json' },
    });
    if (!response.ok) throw new Error(`the simulated LINE answered ${response.status} to ${path}`);
    return response.status === 204 ? ({} as Answer) : response.json();
  }
  const people = await control<{ userId: string; displayName: string }[]>('/people');
  const talks = MESSAGES.flatMap(({ person, says }) => {
    const found = people.find(({ displayName }) => displayName === person);
    return found ? [{ userId: found.userId, says }] : [];
  });
  const does = (userId: string, what: string, body: unknown = {}) => control(`/people/${userId}/${what}`, body);
  // All side by side, and a look at the answer only where the next step is one of its buttons.
  const all = async (step: (talk: (typeof talks)[number]) => Promise<unknown>) => {
    await Promise.all(talks.map(step));
    await control('/settle', {});
  };
  await all(async ({ userId }) => {
    await does(userId, 'follow');
    await does(userId, 'say', { text: '担当者と話したい' });
  });
  await all(({ userId }) => does(userId, 'tap', { label: '伝言を残す' }));
  await all(async ({ userId, says }) => {
    for (const text of says) await does(userId, 'say', { text });
  });
  await all(({ userId }) => does(userId, 'tap', { label: '以上です' }));
}
