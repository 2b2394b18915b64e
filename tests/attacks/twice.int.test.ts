import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { objectIn } from './routes.ts';
import { type AttackWorld, attackWorld } from './world.ts';

let world: AttackWorld;
beforeAll(async () => {
  world = await attackWorld();
});
afterAll(() => world.close());

const AT_ONCE = 8;

/** Each form that does something once: where it is sent, what is typed, and the rows that it makes. */
const FORMS: readonly [path: string, form: Record<string, string>, effect: string][] = [
  ['/top-up/confirm', { subscription: '@own', pack: 'gb1' }, `bill_charge where kind = 'top-up'`],
  ['/plan/@own/confirm', { plan: 'p6' }, 'plan_change'],
  ['/plan/@child/take-back', {}, `audit_log where action like '%taken-back%'`],
  ['/points/stickers/polite-rabbit', {}, 'sticker_order'],
  ['/gifts/new', { subscription: '@own', amount: '500', unit: 'MB', to: 'link' }, 'gift'],
  ['/gifts/@namedGift/accept', {}, `gift where state = 'claimed'`],
  ['/gifts/@declinedGift/decline', {}, `gift where state = 'declined'`],
  ['/gifts/@sentGift/take-back', {}, `gift where state = 'taken-back'`],
  ['/age-proof/consents/@consent/withdraw', {}, 'partner_consent where withdrawn_at is not null'],
  ['/age-proof/partners/demo-shop', { subscription: '@own', change: 'forbid' }, 'partner_objection'],
  ['/contract/@own/reissue', {}, `link_code where issued_by = 'contractor'`],
  [
    '/contract/@own/user',
    { name: '花子', birthDate: '1990-02-02' },
    `audit_log where action = 'contractors.user-registered'`,
  ],
  ['/contract/email', { email: 'new@example.jp' }, `audit_log where action = 'contractors.email-asked'`],
  ['/leave/@own/number', {}, 'leave_request'],
  ['/login/forgotten', { loginId: 'nobody' }, 'password_reset_request'],
  ['/leave/@leaving/take-back', {}, `leave_request where state = 'taken-back'`],
  ['/leave/@child/cancel', {}, `leave_request where state = 'waiting' or state = 'asked'`],
  ['/orders/@application/cancel', {}, `audit_log where action like 'orders.%cancel%'`],
  [
    '/apply/@spareDraft/discard',
    {},
    `(select where not exists (select from application_draft where draft_id = '@spareDraft')) as gone`,
  ],
  ['/invitations', {}, 'invitation'],
  ['/security/passkeys/remove', { credentialId: '@passkey' }, `audit_log where action like '%passkey-removed'`],
  ['/security/sign-out', { sessionId: '@session' }, `web_session where ended_at is not null`],
  ['/links/@link/undo', {}, 'user_link where unlinked_at is not null'],
];

test.each(FORMS)(
  '%s, sent eight times at once and once more, is done once and answered alike',
  async (path, form, effect) => {
    const fill = (text: string) => text.replace(/(?<!\w)@\w+/, (name) => objectIn(name, world.objects));
    const count = async () => Number((await world.run(`select count(*) as count from ${fill(effect)}`))[0]?.count);
    const filled = Object.fromEntries(Object.entries(form).map(([name, value]) => [name, fill(value)]));
    const sent = { form: { ...filled, requestId: randomUUID() } };
    const before = await count();
    const tap = () => world.ask('POST', fill(path), world.askers.owner, sent);
    const answers = await Promise.all(Array.from({ length: AT_ONCE }, tap));
    // One that was on its way for long: it arrives when all is done.
    answers.push(await tap());
    // Whoever taps twice sees the last answer: each of them is the first's.
    const seen = new Set(answers.map(({ status, location }) => `${status} ${location}`));
    expect({ done: (await count()) - before, seen: [...seen] }).toEqual({
      done: 1,
      seen: [expect.stringMatching(/^303 /)],
    });
  },
);
