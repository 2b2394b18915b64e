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
  for (const { person, says } of MESSAGES) {
    const found = people.find(({ displayName }) => displayName === person);
    if (!found) continue;
    const does = async (what: string, body: unknown = {}) => {
      await control(`/people/${found.userId}/${what}`, body);
      await control('/settle', {});
    };
    await does('follow');
    await does('say', { text: '担当者と話したい' });
    await does('tap', { label: '伝言を残す' });
    for (const text of says) await does('say', { text });
    await does('tap', { label: '以上です' });
  }
}
