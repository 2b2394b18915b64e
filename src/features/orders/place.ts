import { newId } from '../../base/ids.ts';
import { parseMsisdn } from '../../base/msisdn.ts';
import { isOnSale } from '../../base/operator.ts';
import { dayOf } from '../../base/operator-month.ts';
import { accept, type Decision, refuse } from '../../base/refusal.ts';
import { type Db, runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import { keyedHash, keyedHashes } from '../../infra/secrets.ts';
import { noteChange } from './change.ts';
import type { OrdersDeps } from './deps.ts';
import { drawNumber } from './draw-number.ts';
import { type Order, openOrder, sealApplication } from './order.ts';
import { roomOf } from './room.ts';
import type { Application } from './rules/application.ts';
import { type PlaceFacts, type PlaceFault, placeFault } from './rules/place.ts';
import { type Trait, traitsOf } from './rules/traits.ts';
import { countUnderWay, insertOrder, loadOrderOfRequest, lockKeys, replaceTraits } from './store.ts';

export type PlaceRefusal = PlaceFault | 'request-id-reused';
/** Of the entry code or the invitation, in the words of whoever gave them out. */
export type CodesRefusal = `code-${string}` | `invitation-${string}`;

/**
 * Makes an order of an application, in the caller's transaction. The same application under the same request id answers
 * with the same order, however often and from how many sides at once; another one under that id is refused.
 *
 * @param check what else must hold for a new order; not asked for one that was placed before
 */
export async function placeOrder<Code extends string = never>(
  deps: OrdersDeps,
  tx: Db,
  application: Application,
  check?: () => Promise<Decision<null, Code>>,
): Promise<Decision<Order, PlaceRefusal | Code>> {
  const sql = runnerOf(tx);
  await lockKeys(sql, [`request:${application.requestId}`]);
  const requestHash = keyedHash(deps.secrets.lookup, JSON.stringify(application));
  const made = await loadOrderOfRequest(sql, application.requestId);
  if (made) {
    return made.requestHash.equals(requestHash)
      ? accept(openOrder(deps.secrets.show, made))
      : refuse('request-id-reused');
  }
  const fault = placeFault(await lockPlaceFacts(deps, tx, application, null));
  if (fault) return refuse(fault);
  const checked = await check?.();
  if (checked && !checked.ok) return checked;
  const order = await insert(deps, sql, application, requestHash);
  await saveTraits(deps, sql, order);
  await noteChange(deps, tx, order, {
    step: { event: 'place', actor: { kind: 'applicant' } },
    fromState: null,
    before: null,
  });
  return accept(order);
}

/** What a trait is hashed as: the kind with it, so that a phone number never equals a card. */
export const hashText = ({ kind, text }: Trait): string => `order-trait:${kind}:${text}`;

/** What is locked while it is counted: the person, and the number brought along. */
function waysToCount({ contractor }: Application, traits: readonly Trait[]): string[] {
  const counted = traits.filter(({ kind }) => kind === 'person' || kind === 'number').map(hashText);
  return contractor.kind === 'existing' ? [...counted, `contractor:${contractor.contractorId}`] : counted;
}

/** What of an order is held against others, as its application is now. */
export async function saveTraits(
  { secrets }: OrdersDeps,
  sql: SqlRunner,
  { orderId, application }: Pick<Order, 'orderId' | 'application'>,
): Promise<void> {
  const hashed = traitsOf(application).map((trait) => ({
    kind: trait.kind,
    hash: keyedHash(secrets.lookup, hashText(trait)),
  }));
  await replaceTraits(sql, orderId, hashed);
}

/**
 * What decides whether an application can be an order; what is counted stays locked until the transaction ends.
 *
 * @param orderId the order it is already, which is not counted
 */
export async function lockPlaceFacts(
  deps: OrdersDeps,
  tx: Db,
  application: Application,
  orderId: string | null,
): Promise<PlaceFacts> {
  const sql = runnerOf(tx);
  const traits = traitsOf(application);
  await lockKeys(sql, waysToCount(application, traits));
  const { operator, contractors, clock } = deps;
  const now = clock.now();
  const { contractor, number, planCode, optionCodes } = application;
  const fits = (code: string) =>
    operator.billing.options.some((option) => option.code === code && option.planCodes.includes(planCode));
  const ordersWith = async (kind: Trait['kind']): Promise<number> => {
    const trait = traits.find((each) => each.kind === kind);
    if (!trait) return 0;
    const hashes = keyedHashes(deps.secrets.lookup)(hashText(trait));
    return countUnderWay(sql, { kind, hashes }, orderId);
  };
  const msisdn = number.kind === 'new' ? null : parseMsisdn(number.phoneNumber);
  const common = {
    application,
    today: dayOf(now, operator.timeZone),
    plan: operator.plans.filter(isOnSale).find(({ code }) => code === planCode),
    optionsFit: optionCodes.every(fits),
    isNumberReadable: msisdn !== undefined,
    isNumberTaken: (msisdn ? await contractors.hasHolder(sql, now, msisdn) : false) || (await ordersWith('number')) > 0,
    limits: operator.orders,
  };
  if (contractor.kind === 'new') {
    return { ...common, isContractorKnown: true, subscriptions: await ordersWith('person') };
  }
  const { contractorId } = contractor;
  const known = await contractors.contractor(sql, contractorId);
  if (known === null) return { ...common, isContractorKnown: false, subscriptions: 0 };
  const { held, ordered } = await roomOf(deps, sql, contractorId, orderId);
  return { ...common, isContractorKnown: true, subscriptions: held + ordered };
}

async function insert(
  { clock, secrets }: OrdersDeps,
  sql: SqlRunner,
  application: Application,
  requestHash: Buffer,
): Promise<Order> {
  const orderId = newId();
  const { requestId, planCode, lineUserId, contractor } = application;
  const applicationCipher = sealApplication(secrets.show, orderId, application);
  const contractorId = contractor.kind === 'existing' ? contractor.contractorId : null;
  const order = { orderId, requestId, requestHash, applicationCipher, planCode, contractorId, lineUserId };
  const row = await drawNumber((orderNumber) => insertOrder(sql, clock.now(), { ...order, orderNumber }));
  return openOrder(secrets.show, row);
}
