import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LinkingWorld, linkingWorld } from '../../../tests/support/linking.ts';

let world: LinkingWorld;
beforeAll(async () => {
  world = await linkingWorld();
});
afterAll(() => world.close());

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await world.web.request(`/api/v1${path}`, {
    method,
    headers: { authorization: 'Bearer the-key', 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
}

const tanaka = {
  loginId: 'Tanaka',
  password: 'renkei-demo-tanaka',
  name: '田中 太郎',
  birthDate: '1980-05-05',
  email: 't@example.jp',
};
const phone = (contractorId: unknown, msisdn: string) => ({
  contractorId,
  msisdn,
  planCode: 'p3',
  opensAt: '2026-11-01T00:00:00+09:00',
});

describe('contractors', () => {
  test('created, read, changed; the password is never answered', async () => {
    const made = await call('POST', '/contractors', tanaka);
    expect(made.status).toBe(201);
    expect(made.headers.get('location')).toBe(`/api/v1/contractors/${made.body.id}`);
    expect(made.body).toEqual({
      id: made.body.id,
      loginId: 'tanaka',
      name: '田中 太郎',
      kana: null,
      birthDate: '1980-05-05',
      email: 't@example.jp',
      identityVerified: false,
      createdAt: '2026-11-18T05:00:00Z',
    });
    expect((await call('GET', `/contractors/${made.body.id}`)).body).toEqual(made.body);
    const change = { name: '田中 一郎', birthDate: null, identityVerified: true };
    const changed = await call('PATCH', `/contractors/${made.body.id}`, change);
    expect(changed.body).toEqual({ ...made.body, ...change });
    const record = await world.sql.query<{ fields: string }>(
      `select detail ->> 'fields' as fields from audit_log
       where action = 'contractors.contractor-changed' and contractor_id = $1 and actor_kind = 'provisioning'`,
      [made.body.id],
    );
    expect(record).toEqual([{ fields: 'birthDate isIdentityVerified name' }]);
  });

  test.each([
    [{ ...tanaka, loginId: 'TANAKA' }, 409, 'login-id-taken'],
    [{ ...tanaka, loginId: 'a b' }, 422, 'login-id-malformed'],
    [{ ...tanaka, loginId: 'shorty', password: 'short' }, 422, 'password-too-short'],
    [{ ...tanaka, loginId: 'common', password: 'passwordpassword' }, 422, 'password-common'],
    [{ ...tanaka, isAdmin: true }, 400, 'invalid-request'],
    [{ ...tanaka, birthDate: '1980-02-30' }, 400, 'invalid-request'],
    ['{"loginId":', 400, 'bad-request'],
  ])('%j → %i %s', async (body, status, code) => {
    const answer = await call('POST', '/contractors', body);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
    expect(JSON.stringify(answer.body)).not.toContain('renkei-demo-tanaka');
  });
});

describe('subscriptions', () => {
  test('created with a link code, read, changed', async () => {
    const owner = await call('POST', '/contractors', { ...tanaka, loginId: 'owner' });
    const made = await call('POST', '/subscriptions', phone(owner.body.id, '090-1111-2222'));
    expect(made.body).toMatchObject({
      contractorId: owner.body.id,
      msisdn: '819011112222',
      userName: '田中 太郎',
      userBirthDate: '1980-05-05',
      state: 'in-service',
    });
    expect(await world.linking.linkCodes.shownMasked(String(made.body.id))).not.toBeNull();
    const changed = await call('PATCH', `/subscriptions/${made.body.id}`, {
      userName: '田中 さくら',
      endedAt: '2026-11-10T00:00:00+09:00',
    });
    expect(changed.body).toMatchObject({ userName: '田中 さくら', userBirthDate: null, state: 'ended' });
    expect((await call('GET', `/subscriptions/${made.body.id}`)).body).toEqual(changed.body);
    const again = await call('PATCH', `/subscriptions/${made.body.id}`, { endedAt: null });
    expect(again.body).toMatchObject({ endedAt: null, state: 'in-service' });
  });

  test('refusals', async () => {
    const owner = await call('POST', '/contractors', { ...tanaka, loginId: 'refusals' });
    const ask = async (change: object) => {
      const answer = await call('POST', '/subscriptions', { ...phone(owner.body.id, '090-3333-4444'), ...change });
      return `${answer.status} ${answer.body.code ?? 'made'}`;
    };
    expect(await ask({})).toBe('201 made');
    expect(await ask({})).toBe('409 msisdn-taken');
    expect(await ask({ msisdn: '12' })).toBe('422 msisdn-malformed');
    expect(await ask({ msisdn: '81901', planCode: 'p3' })).toBe('422 msisdn-malformed');
    expect(await ask({ planCode: 'none' })).toBe('422 plan-unknown');
    expect(await ask({ contractorId: '01900000-0000-7000-8000-000000000000' })).toBe('422 contractor-unknown');
    expect(await ask({ endedAt: '2026-10-01T00:00:00Z' })).toBe('422 ends-before-it-opens');
    const { opensAt } = phone(owner.body.id, '090-3333-4444');
    expect(await ask({ endedAt: opensAt })).toBe('422 ends-before-it-opens');
    expect(await ask({ optionCodes: ['none'] })).toBe('422 option-unknown');
    expect(await ask({ planCode: 'p500m', optionCodes: ['kakeho10'] })).toBe('422 option-unknown');
    expect(await ask({ opensAt: 'tomorrow' })).toBe('400 invalid-request');
  });

  test('a number asked for by twelve at once is one contractor’s', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, async (_, n) => {
        const { body } = await call('POST', '/contractors', { ...tanaka, loginId: `wants-it-${n}` });
        return body.id;
      }),
    ).then((ids) => Promise.all(ids.map((id) => call('POST', '/subscriptions', phone(id, '090-5555-6666')))));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 11 }, () => 409)]);
  });

  test('nothing is where nothing is', async () => {
    for (const path of ['/contractors/x', '/contractors/01900000-0000-7000-8000-000000000000', '/subscriptions/x']) {
      expect((await call('GET', path)).status).toBe(404);
    }
    expect((await call('PATCH', '/contractors/01900000-0000-7000-8000-000000000000', { name: 'x' })).status).toBe(404);
    expect((await call('PATCH', '/subscriptions/x', { planCode: 'p3' })).status).toBe(404);
  });
});

describe('Idempotency-Key', () => {
  test('the same request again, also at once: one contractor, the same answer', async () => {
    const body = { ...tanaka, loginId: 'once' };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => call('POST', '/contractors', body, { 'idempotency-key': 'key-1' })),
    );
    expect(answers.map((answer) => answer.status)).toEqual([201, 201, 201, 201, 201]);
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
  });

  test('another request under the same key is refused', async () => {
    const first = { ...tanaka, loginId: 'first-use' };
    await call('POST', '/contractors', first, { 'idempotency-key': 'key-2' });
    const other = await call(
      'POST',
      '/contractors',
      { ...first, password: 'another long password' },
      { 'idempotency-key': 'key-2' },
    );
    expect({ status: other.status, code: other.body.code }).toEqual({ status: 422, code: 'request-id-reused' });
  });
});

test('without the key nothing is told', async () => {
  for (const authorization of ['', 'Bearer', 'Bearer wrong', 'Basic dGhlIGtleQ==']) {
    expect((await call('GET', '/contractors/x', undefined, { authorization })).status).toBe(401);
    expect((await call('POST', '/subscriptions', {}, { authorization })).status).toBe(401);
  }
});

describe('lists', () => {
  test.each([['contractors'], ['subscriptions']])(
    'of %s are read a page after the other, each thing once',
    async (what) => {
      const { body: contractor } = await call('POST', '/contractors', { ...tanaka, loginId: `list-${what}` });
      await call(
        'POST',
        '/subscriptions',
        phone(contractor.id, what === 'contractors' ? '09055550001' : '09055550002'),
      );
      const all = await call('GET', `/${what}`);
      expect([all.status, all.body.next]).toEqual([200, null]);
      const read: unknown[] = [];
      for (let after = ''; ; ) {
        const { body } = await call('GET', `/${what}?limit=1${after}`);
        read.push(...(Array.isArray(body.items) ? body.items : []));
        if (body.next === null) break;
        after = `&after=${body.next}`;
      }
      expect(read).toEqual(all.body.items);
      const [first] = read;
      expect((await call('GET', `/${what}/${Reflect.get(Object(first), 'id')}`)).body).toEqual(first);
      for (const wrong of ['?limit=0', '?limit=1001', '?after=x']) {
        expect((await call('GET', `/${what}${wrong}`)).status).toBe(400);
      }
    },
  );
});
