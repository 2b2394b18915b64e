import type { AttackWorld } from './world.ts';

export type AskerName = keyof AttackWorld['askers'];

/** Who comes past the door at all; the rest are sent to sign in, or refused a key. */
export type Door = 'open' | 'contractor' | 'signed-in' | 'line' | 'key' | 'partner' | 'signature';

/** Path parameters, a query or a form; `@own` is the id of the family's thing of that name (`objects.ts`). */
type Filled = Readonly<Record<string, string>>;

export interface Row {
  readonly door: Door;
  readonly path?: Filled;
  readonly query?: Filled;
  readonly form?: Filled;
  /** Who has business with the thing named; by default the owner, or everybody where nothing is named. */
  readonly may: readonly AskerName[];
  /** The answer to whoever may; by default 200 to look and 303 to do; `to …` where it sends to a door. */
  readonly right?: number | string;
  /** Where one is answered otherwise: somebody signed in has no need of a door. */
  readonly but?: Partial<Record<AskerName, string>>;
  /** What whoever carries the child's phone is told of the family here. */
  readonly shown?: readonly string[];
  /** The answer to whoever came past the door and may not. */
  readonly wrong: number;
  /** Never the same twice, whoever asks. */
  readonly isLive?: boolean;
}

type More = Partial<Omit<Row, 'door'>>;

const everybody: readonly AskerName[] = ['nobody', 'owner', 'contractor', 'stranger', 'child'];
const PAST: Record<'open' | 'contractor' | 'signed-in' | 'line', readonly AskerName[]> = {
  open: everybody,
  contractor: ['owner', 'contractor'],
  'signed-in': ['owner', 'contractor', 'stranger', 'child'],
  line: ['owner', 'stranger', 'child'],
};

function of(door: keyof typeof PAST, more: More = {}): Row {
  const named = [more.path, more.query, more.form].some((filled) => Object.values(filled ?? {}).some(isName));
  return { door, may: named ? ['owner'] : PAST[door], wrong: 404, ...more };
}
const open = (more?: More) => of('open', more);
const contractor = (more?: More) => of('contractor', more);
const signedIn = (more?: More) => of('signed-in', more);
const line = (more?: More) => of('line', more);
const draft = (more?: More) => of('open', { path: { draft: '@draft' }, ...more });
const key = (right: number, more: More = {}): Row => ({ door: 'key', may: ['key'], wrong: 401, right, ...more });
const partner = (): Row => ({ door: 'partner', may: [], wrong: 401 });

export const isName = (value: string) => value.startsWith('@');

/** The name of an object as the table writes it. */
export const objectIn = (value: string, objects: Readonly<Record<string, string>>): string => {
  const found = Object.entries(objects).find(([name]) => `@${name}` === value);
  if (!found) throw new Error(`the family owns no ${value}`);
  return found[1];
};

/** Every route and who may have it. Whoever adds one decides here. Signing out comes last. */
export const ROUTES: Readonly<Record<string, Row | readonly Row[]>> = {
  // Programs and machines
  'GET /healthz': open(),
  'GET /readyz': open(),
  'GET /metrics': open({ isLive: true }),
  'GET /openapi.json': open(),
  'POST /webhook/line': { door: 'signature', may: [], wrong: 401 },
  'POST /api/v1/contractors': key(400),
  'GET /api/v1/contractors': key(200),
  'GET /api/v1/contractors/:id': key(200, { path: { id: '@contractor' } }),
  'PATCH /api/v1/contractors/:id': key(400, { path: { id: '@contractor' } }),
  'POST /api/v1/subscriptions': key(400),
  'GET /api/v1/subscriptions': key(200),
  'GET /api/v1/links': key(200),
  'GET /api/v1/subscriptions/:id': key(200, { path: { id: '@own' } }),
  'PATCH /api/v1/subscriptions/:id': key(400, { path: { id: '@own' } }),
  'POST /api/v1/subscriptions/:id/link-code': key(400, { path: { id: '@own' } }),
  'GET /api/v1/subscriptions/:id/balance': key(200, { path: { id: '@own' } }),
  'POST /api/v1/usage': key(415),
  'POST /api/v1/subscriptions/:id/reservations': key(400, { path: { id: '@own' } }),
  'GET /api/v1/subscriptions/:id/reservations/:reservationId': key(404, {
    path: { id: '@own', reservationId: '@own' },
  }),
  'POST /api/v1/subscriptions/:id/reservations/:reservationId/settle': key(400, {
    path: { id: '@own', reservationId: '@own' },
  }),
  'POST /api/v1/subscriptions/:id/reservations/:reservationId/release': key(404, {
    path: { id: '@own', reservationId: '@own' },
  }),
  'GET /api/v1/month-turns/:month': key(200, { path: { month: '2026-11' } }),
  'POST /api/v1/bill-items': key(400),
  'POST /api/v1/number-portability/completions': key(400),
  'POST /api/v1/gifts': key(400),
  'POST /tmf-api/productOrderingManagement/v4/productOrder': key(400),
  'GET /tmf-api/productOrderingManagement/v4/productOrder': key(200),
  'GET /tmf-api/productOrderingManagement/v4/productOrder/:id': key(404),
  'PATCH /tmf-api/productOrderingManagement/v4/productOrder/:id': key(400),
  'POST /tmf-api/productOrderingManagement/v4/cancelProductOrder': key(400),
  'GET /tmf-api/productOrderingManagement/v4/cancelProductOrder': key(200),
  'GET /tmf-api/productOrderingManagement/v4/cancelProductOrder/:id': key(404),
  'POST /tmf-api/productOrderingManagement/v4/hub': key(400),
  'DELETE /tmf-api/productOrderingManagement/v4/hub/:id': key(404),
  'POST /tmf-api/usageConsumption/v4/queryUsageConsumption': key(400),
  'GET /tmf-api/usageConsumption/v4/queryUsageConsumption': key(200),
  'GET /tmf-api/usageConsumption/v4/queryUsageConsumption/:id': key(404),
  'DELETE /tmf-api/usageConsumption/v4/queryUsageConsumption/:id': key(404),
  'GET /tmf-api/prepayBalanceManagement/v4/bucket': key(400),
  'GET /tmf-api/prepayBalanceManagement/v4/bucket/:id': key(404),
  'GET /tmf-api/prepayBalanceManagement/v4/accumulatedBalance': key(400),
  'GET /tmf-api/prepayBalanceManagement/v4/accumulatedBalance/:id': key(404),
  'POST /tmf-api/prepayBalanceManagement/v4/topupBalance': key(400),
  'GET /tmf-api/prepayBalanceManagement/v4/topupBalance': key(200),
  'GET /tmf-api/prepayBalanceManagement/v4/topupBalance/:id': key(404),
  'POST /tmf-api/prepayBalanceManagement/v4/adjustBalance': key(400),
  'GET /tmf-api/prepayBalanceManagement/v4/adjustBalance': key(200),
  'GET /tmf-api/prepayBalanceManagement/v4/adjustBalance/:id': key(404),
  'PATCH /tmf-api/prepayBalanceManagement/v4/adjustBalance/:id': key(400),
  'POST /tmf-api/prepayBalanceManagement/v4/reserveBalance': key(400),
  'GET /tmf-api/prepayBalanceManagement/v4/reserveBalance': key(200),
  'GET /tmf-api/prepayBalanceManagement/v4/reserveBalance/:id': key(404),
  'PATCH /tmf-api/prepayBalanceManagement/v4/reserveBalance/:id': key(400),
  'POST /tmf-api/prepayBalanceManagement/v4/hub': key(400),
  'DELETE /tmf-api/prepayBalanceManagement/v4/hub/:id': key(404),
  'GET /tmf-api/prepayBalanceManagement/v4/balanceActionHistory': key(400),
  'GET /tmf-api/prepayBalanceManagement/v4/balanceActionHistory/:id': key(404),
  'POST /tmf-api/prepayBalanceManagement/v4/transferBalance': key(400),
  'GET /tmf-api/prepayBalanceManagement/v4/transferBalance': key(200),
  'GET /tmf-api/prepayBalanceManagement/v4/transferBalance/:id': key(404),
  'PATCH /tmf-api/prepayBalanceManagement/v4/transferBalance/:id': key(400),
  'POST /kyc-age-verification/v0.2/verify': partner(),
  'POST /kyc-tenure/v0.2/check-tenure': partner(),
  'POST /subscription-status/v0.2/retrieve-subscription-status': partner(),
  'POST /device-data-volume/v0.1/retrieve': partner(),
  'POST /device-data-volume/v0.1/check': partner(),
  'POST /device-data-volume-subscriptions/v0.1/subscriptions': partner(),
  'GET /device-data-volume-subscriptions/v0.1/subscriptions': partner(),
  'GET /device-data-volume-subscriptions/v0.1/subscriptions/:subscriptionId': partner(),
  'DELETE /device-data-volume-subscriptions/v0.1/subscriptions/:subscriptionId': partner(),

  // Open to everybody
  'GET /': open(),
  'GET /help': open({ query: { q: '' } }),
  'GET /help/:entry': open({ path: { entry: 'no-such' }, may: [] }),
  'POST /help/:entry': open({ path: { entry: 'no-such' }, form: { helped: 'yes', shown: '' }, may: [] }),
  'GET /code-help': open(),
  'GET /link/code-help': open(),
  'GET /link/contractor': open({ right: 410 }),
  'GET /link/user': open({ right: 410 }),
  'POST /link/contractor': open({ right: 410 }),
  'POST /link/contractor/talk': open({ right: 410 }),
  'POST /link/contractor/talk/answered': open({ right: 410 }),
  'POST /link/contractor/code': open({ form: { code: '' }, right: 410 }),
  'POST /link/contractor/passkey': open({ form: { response: '' }, right: 410 }),
  'POST /link/contractor/passkey/options': open({ right: 404 }),
  'POST /link/user': open({ right: 410 }),
  'GET /login': open({ but: { owner: '303', contractor: '303' } }),
  'POST /login': open({ form: { loginId: '', password: '' }, right: 422 }),
  'GET /login/code': open({ right: 'to /login' }),
  'POST /login/code': open({ form: { code: '' }, right: 422 }),
  'GET /login/line': open({ right: 303 }),
  'GET /login/line/callback': open({ right: 400 }),
  'POST /login/passkey/options': open({ right: 200 }),
  'POST /login/passkey': open({ form: { response: '' }, right: 422 }),
  'GET /login/forgotten': open(),
  'POST /login/forgotten': open({ form: { loginId: '' }, right: 422 }),
  'GET /login/reset/:token': open({ path: { token: 'no-such' }, right: 'to /login' }),
  'GET /login/first': open({ right: 410 }),
  'POST /login/first': open({ form: { wanted: '' }, right: 410 }),
  'GET /login/reset': open({ right: 410 }),
  'POST /login/reset': open({ form: { wanted: '' }, right: 410 }),
  'GET /liff': open(),
  'GET /liff/*': open({ path: { '*': 'data' } }),
  'POST /liff/session': open({ right: 400 }),
  'GET /age-proof/consent/:uid': open({ path: { uid: 'no-such' }, right: 410 }),
  'POST /age-proof/consent/:uid/code': open({ path: { uid: 'no-such' }, right: 410 }),
  'POST /age-proof/consent/:uid/choose': open({ path: { uid: 'no-such' }, right: 410 }),
  'POST /age-proof/consent/:uid/again': open({ path: { uid: 'no-such' }, right: 410 }),
  'POST /age-proof/consent/:uid/decide': open({ path: { uid: 'no-such' }, right: 410 }),

  // New applications: a draft is its applicant's alone, and its steps come one after the other
  'GET /apply': open(),
  'GET /apply/postal-code': open({ query: { code: '1500002' } }),
  'GET /apply/link/:token': open({ path: { token: 'no-such' }, right: 410 }),
  'POST /apply/link': open({ form: { token: 'no-such' }, right: 410 }),
  'POST /apply': open(),
  'GET /apply/line': line({ right: 303 }),
  'GET /apply/add': contractor(),
  'POST /apply/add': contractor(),
  'GET /apply/:draft': draft({ right: 303 }),
  'GET /apply/:draft/plan': draft(),
  'POST /apply/:draft/plan': draft({ form: { plan: '' }, right: 422 }),
  'GET /apply/:draft/sim': draft({ right: 303 }),
  'POST /apply/:draft/sim': draft(),
  'GET /apply/:draft/contractor': draft({ right: 303 }),
  'POST /apply/:draft/contractor': draft(),
  'GET /apply/:draft/mail': draft({ right: 303 }),
  'POST /apply/:draft/mail': draft({ form: { code: '000000' } }),
  'POST /apply/:draft/mail/again': draft(),
  'GET /apply/:draft/user': draft({ right: 303 }),
  'POST /apply/:draft/user': draft(),
  'GET /apply/:draft/filtering': draft({ right: 303 }),
  'POST /apply/:draft/filtering': draft(),
  'GET /apply/:draft/identity': draft({ right: 303 }),
  'POST /apply/:draft/identity': draft(),
  'GET /apply/:draft/identity/back': draft({ right: 303 }),
  'GET /apply/:draft/payment': draft({ right: 303 }),
  'POST /apply/:draft/payment': draft(),
  'GET /apply/:draft/payment/back': draft({ right: 303 }),
  'GET /apply/:draft/documents': draft({ right: 303 }),
  'POST /apply/:draft/documents': draft(),
  'GET /apply/:draft/documents/:code': draft({ path: { draft: '@draft', code: 'terms' }, right: 303 }),
  'POST /apply/:draft/documents/:code': draft({ path: { draft: '@draft', code: 'terms' } }),
  'POST /apply/:draft/carried': draft(),
  'POST /apply/:draft/code': draft(),
  'GET /apply/:draft/review': draft({ right: 303 }),
  'POST /apply/:draft/review': draft(),
  'GET /apply/:draft/done': draft({ may: [] }),
  'GET /apply/:draft/elsewhere': draft({ may: [] }),
  'POST /apply/:draft/elsewhere': draft({ may: [] }),
  'GET /apply/:draft/discard': draft(),
  // Tells nobody whether there was anything to forget.
  'POST /apply/:draft/discard': draft({ path: { draft: '@spareDraft' }, may: everybody }),

  // Data: who owns it or carries the phone
  'GET /data': [
    signedIn(),
    signedIn({ query: { subscription: '@own' } }),
    signedIn({ query: { subscription: '@child' }, may: ['owner', 'child'] }),
  ],

  'GET /data/months': [
    signedIn({ query: { subscription: '@own' } }),
    signedIn({ query: { subscription: '@child' }, may: ['owner', 'child'] }),
  ],

  // Bills and terms: the contractor alone
  'GET /bills': contractor(),
  'GET /bills/:month': contractor({ path: { month: '2026-10' } }),
  'GET /bills/:month/csv': contractor({ path: { month: '2026-10' } }),
  'GET /bills/:month/pdf': contractor({ path: { month: '2026-10' } }),
  'GET /payment': contractor(),
  'GET /invitations': contractor(),
  'POST /invitations': contractor(),
  'GET /invite/:token': open({ path: { token: 'no-such' }, right: 404 }),
  'GET /payment/card': contractor(),
  // The gateway is out of reach here.
  'POST /payment/card': contractor({ right: 422 }),
  'GET /payment/card/:id': contractor({ path: { id: '@cardVisit' } }),
  'GET /top-up': [contractor(), contractor({ query: { subscription: '@own' } })],
  'POST /top-up/choose': contractor({ form: { subscription: '@own', pack: 'gb1' } }),
  'GET /top-up/confirm': contractor({ query: { subscription: '@own', pack: 'gb1' } }),
  'POST /top-up/confirm': contractor({ form: { subscription: '@own', pack: 'gb1' } }),
  'GET /top-up/:id': contractor({ path: { id: '@topUp' } }),
  'GET /plan': contractor(),
  'GET /plan/:id': contractor({ path: { id: '@own' } }),
  'POST /plan/:id/choose': contractor({ path: { id: '@own' }, form: { plan: 'p3' } }),
  'GET /plan/:id/confirm': contractor({ path: { id: '@own' }, query: { plan: 'p3' } }),
  'POST /plan/:id/confirm': contractor({ path: { id: '@own' }, form: { plan: 'p3' } }),
  'POST /plan/:id/take-back': contractor({ path: { id: '@child' } }),
  'GET /leave': contractor(),
  'GET /leave/:id/cancel': contractor({ path: { id: '@own' } }),
  'POST /leave/:id/cancel': contractor({ path: { id: '@child' } }),
  'GET /leave/:id/number': contractor({ path: { id: '@own' } }),
  'POST /leave/:id/number': contractor({ path: { id: '@own' } }),
  'POST /leave/:id/take-back': contractor({ path: { id: '@leaving' } }),

  // Points
  'GET /points': contractor({ query: { before: '' } }),
  'GET /points/bill': contractor(),
  'POST /points/bill': contractor({ form: { use: 'none', points: '' } }),
  'GET /points/stickers': contractor(),
  'GET /points/stickers/:code/picture.svg': contractor({ path: { code: 'sakura-cat' } }),
  'GET /points/stickers/:code': contractor({ path: { code: 'sakura-cat' } }),
  'POST /points/stickers/:code': contractor({ path: { code: 'sakura-cat' }, right: 409 }),
  'GET /points/stickers/orders/:order': contractor({ path: { order: '@order' } }),

  // Conversations with staff: the person on LINE
  'GET /conversations': line(),
  'GET /conversations/:id': line({ path: { id: '@conversation' } }),
  'GET /conversations/:id/text': line({ path: { id: '@conversation' } }),
  'GET /conversations/:id/pictures/:picture': line({ path: { id: '@conversation', picture: 'none' }, right: 404 }),

  // Gifts: the person on LINE
  'GET /gifts': line(),
  'GET /gifts/new': line({ shown: ['カナリア本人', 'カナリア退会'] }),
  'POST /gifts/new': line({ form: { subscription: '@own', amount: '500', unit: 'MB', to: 'link' } }),
  'GET /gifts/code': line(),
  'POST /gifts/code': line({ form: { code: '000000000000' }, right: 422 }),
  'GET /gifts/:gift': line({ path: { gift: '@sentGift' } }),
  'POST /gifts/:gift/accept': line({ path: { gift: '@namedGift' } }),
  'GET /gifts/:gift/decline': line({ path: { gift: '@namedGift' } }),
  'POST /gifts/:gift/decline': line({ path: { gift: '@declinedGift' } }),
  'POST /gifts/:gift/take-back': line({ path: { gift: '@sentGift' } }),
  'GET /gifts/claim/:token': line({ path: { token: 'no-such' }, right: 404 }),
  'GET /gifts/claim/:token/decline': line({ path: { token: 'no-such' }, right: 404 }),
  'POST /gifts/claim/:token': line({ path: { token: 'no-such' }, right: 404 }),

  // Proofs of age
  'GET /age-proof': signedIn(),
  'GET /age-proof/consents/:consent/withdraw': signedIn({ path: { consent: '@consent' } }),
  'POST /age-proof/consents/:consent/withdraw': signedIn({ path: { consent: '@consent' } }),
  'POST /age-proof/partners/:partner': signedIn({
    path: { partner: 'demo-shop' },
    form: { subscription: '@own', change: 'forbid' },
  }),

  // Orders: whoever applied
  'GET /orders': signedIn(),
  'GET /orders/link/:token': open({ path: { token: 'no-such' }, right: 410 }),
  'GET /orders/:id': signedIn({ path: { id: '@application' } }),
  'POST /orders/:id/answer': signedIn({ path: { id: '@application' }, form: { answer: 'はい' } }),
  'GET /orders/:id/correct': signedIn({ path: { id: '@application' }, right: 303 }),
  'POST /orders/:id/correct': signedIn({ path: { id: '@application' } }),
  'GET /orders/:id/cancel': signedIn({ path: { id: '@application' } }),
  'POST /orders/:id/cancel': signedIn({ path: { id: '@application' } }),
  'GET /orders/:id/withdraw': signedIn({ path: { id: '@application' }, right: 409 }),
  'POST /orders/:id/withdraw': signedIn({ path: { id: '@application' } }),
  'GET /orders/:id/welcome': signedIn({ path: { id: '@application' }, right: 404 }),
  'GET /orders/:id/contract': signedIn({ path: { id: '@application' }, right: 404 }),
  'POST /orders/:id/welcome/password': signedIn({ path: { id: '@application' }, right: 404 }),

  // Contract, links, and how somebody signs in
  'POST /switch': open({ form: { contractorId: '@contractor' } }),
  'GET /contract': contractor(),
  'GET /contract/email': contractor(),
  'POST /contract/email': contractor({ form: { email: '' }, right: 422 }),
  'GET /contract/email/code': contractor({ right: 303 }),
  'POST /contract/email/code': contractor({ form: { code: '' } }),
  'POST /contract/email/again': contractor(),
  'GET /contract/:id/user': contractor({ path: { id: '@own' } }),
  'POST /contract/:id/user': contractor({ path: { id: '@own' }, form: { name: '' }, right: 422 }),
  'POST /contract/:id/code': contractor({ path: { id: '@own' }, right: 200 }),
  'GET /contract/:id/reissue': contractor({ path: { id: '@own' } }),
  'POST /contract/:id/reissue': contractor({ path: { id: '@own' } }),
  'GET /links': signedIn(),
  'GET /links/:link/undo': signedIn({ path: { link: '@link' } }),
  'POST /links/:link/undo': signedIn({ path: { link: '@link' } }),
  'GET /my-data': contractor(),
  'POST /my-data/file': contractor({ right: 200 }),
  'GET /security': contractor(),
  'GET /security/password': contractor(),
  'POST /security/password': contractor({ form: { present: '', wanted: '' }, right: 422 }),
  'GET /security/codes': contractor(),
  'POST /security/codes': contractor({ form: { code: '' }, right: 422 }),
  'GET /security/codes/off': contractor({ right: 303 }),
  'POST /security/codes/off': contractor({ right: 422 }),
  'GET /security/recovery': contractor({ right: 303 }),
  'POST /security/recovery': contractor(),
  'GET /security/passkeys': contractor(),
  'POST /security/passkeys/options': contractor({ right: 200 }),
  'POST /security/passkeys': contractor({ form: { response: '' }, right: 422 }),
  // Gone is what was asked for; whose it is, is not told.
  'POST /security/passkeys/remove': contractor({ form: { credentialId: '@passkey' }, but: { contractor: '303' } }),
  'POST /security/sign-out': contractor({ form: { sessionId: '@session' } }),
  'POST /security/sign-out-others': contractor(),
  'GET /proof': contractor({ right: 303 }),
  'GET /proof/resume': contractor({ right: 303 }),
  'POST /proof/password': contractor({ form: { password: '' }, right: 303 }),
  'POST /proof/talk': contractor({ right: 404, but: { owner: '303' } }),
  'POST /proof/talk/answered': contractor({ right: 404, but: { owner: '422' } }),
  'POST /proof/code': contractor({ form: { code: '' }, right: 404 }),
  'POST /proof/passkey/options': contractor({ right: 200 }),
  'POST /proof/passkey': contractor({ form: { response: '' }, right: 404 }),
  'POST /proof/mail': contractor({ but: { owner: '404' } }),
  'POST /proof/mail/code': contractor({ form: { code: '' }, right: 422, but: { owner: '404' } }),

  // The console's door; what is behind it has a table of its own, by role, in tests/journeys/console.int.test.ts
  'GET /console/sign-in': open({ but: { agent: '303', supervisor: '303', auditor: '303', admin: '303' } }),
  'POST /console/sign-in': open({ form: { loginId: '', password: '' }, right: 422 }),
  'GET /console/sign-in/code': open({ right: 'to /console/sign-in' }),
  'POST /console/sign-in/passkey/options': open({ right: 200 }),
  'POST /console/sign-in/passkey': open({ form: { response: '' }, right: 422 }),
  'POST /console/sign-in/code': open({ form: { code: '' }, right: 422 }),
  'GET /console/first': open({ right: 'to /console/sign-in' }),
  'POST /console/first': open({ form: { wanted: '' }, right: 'to /console/sign-in' }),
  'GET /console/first/step': open({ right: 'to /console/sign-in' }),
  'POST /console/first/step': open({ form: { code: '' }, right: 'to /console/sign-in' }),
  'POST /console/first/passkey': open({ form: { response: '' }, right: 'to /console/sign-in' }),
  'POST /console/first/passkey/options': open({ right: 403 }),

  'POST /logout': open({ right: 303 }),
  'POST /console/sign-out': open({ right: 'to /console/sign-in' }),
};
