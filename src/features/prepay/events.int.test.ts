import { afterAll, describe, expect, test } from 'vitest';
import { eventSink } from '../../../tests/support/event-sink.ts';
import { PREPAY, prepayWorld, topUpOf, transferOf } from '../../../tests/support/prepay-world.ts';
import { isSignature, signQuestion } from '../../infra/outside/signature.ts';

const { world, ask, linked, claim } = await prepayWorld();
afterAll(() => world.close());

describe('a listener', () => {
  const tell = () => world.app.jobs.runDue(60);

  test('is told, signed and in order, what was taken on and what became of it; nothing that people wrote', async () => {
    // What became of the actions before.
    await tell();
    const sink = await eventSink();
    const hub = await ask('POST', '/hub', { callback: sink.url });
    expect([hub.status, hub.headers.get('location')]).toEqual([201, `${world.url}${PREPAY}/hub/${hub.json.id}`]);
    expect((await ask('POST', '/hub', { callback: sink.url })).status).toBe(409);
    const [giver, receiver] = [await linked(), await linked()];
    const topUp = (await ask('POST', '/topupBalance', topUpOf(giver))).json;
    const taken = (await ask('POST', '/transferBalance', transferOf(giver, receiver))).json;
    await tell();
    await claim(taken.id, giver, receiver);
    const back = (await ask('POST', '/transferBalance', transferOf(giver, receiver))).json;
    await ask('PATCH', `/transferBalance/${back.id}`, { status: 'cancelled' });
    const late = (await ask('POST', '/transferBalance', transferOf(giver, receiver))).json;
    await tell();
    world.clock.advance('PT73H');
    await tell();
    // Those of other tests come to their end, too.
    const ours = sink.heard.flatMap(({ eventType, event }) => {
      const { id, status } = Object(event).transferBalance ?? Object(event).topupBalance ?? {};
      return [topUp.id, taken.id, back.id, late.id].includes(id) ? [[eventType, id, status]] : [];
    });
    expect(ours).toEqual([
      ['TopupBalanceCreateEvent', topUp.id, 'completed'],
      ['TransferBalanceCreateEvent', taken.id, 'created'],
      ['TransferBalanceCreateEvent', back.id, 'created'],
      ['TransferBalanceCreateEvent', late.id, 'created'],
      ['TransferBalanceCompleteEvent', taken.id, 'completed'],
      ['TransferBalanceCancelEvent', back.id, 'cancelled'],
      ['TransferBalanceFailureEvent', late.id, 'failed'],
    ]);
    expect(sink.heard[0]).toMatchObject({ domain: 'PrepayBalanceManagement' });
    for (const { time, signature, body } of sink.signed) {
      expect(
        isSignature(signQuestion(hub.json.secret, { method: 'POST', path: '/listener', time, body }), signature),
      ).toBe(true);
      expect(body).not.toContain('Asked for at the counter');
    }
    expect((await ask('DELETE', `/hub/${hub.json.id}`)).status).toBe(204);
    expect((await ask('DELETE', `/hub/${hub.json.id}`)).status).toBe(404);
    const { length } = sink.heard;
    await ask('POST', '/topupBalance', topUpOf(giver));
    await tell();
    expect(sink.heard).toHaveLength(length);
    await sink.stop();
  });

  test('hears what its query names, and lives at an address that may be reached', async () => {
    for (const [body, code] of [
      [{ callback: 'https://shop.example/told', query: 'eventType=ProductOrderCreateEvent' }, 'invalidQuery'],
      [{ callback: 'https://10.0.0.7/told' }, 'invalidCallback'],
      [{ callback: 'ftp://shop.example/told' }, 'invalidCallback'],
    ] as const) {
      const refused = await ask('POST', '/hub', body);
      expect([refused.status, refused.json.code]).toEqual([400, code]);
    }
  });
});
