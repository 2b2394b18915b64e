import type { z } from '@hono/zod-openapi';
import { newId } from '../../../base/ids.ts';
import type { Operator } from '../../../base/operator.ts';
import { type Accepted, accept, type Decision, type Refused, refuse } from '../../../base/refusal.ts';
import { faultsOf } from '../../../infra/http/api-shapes.ts';
import type { Application } from '../rules/application.ts';
import { externalRequest } from './bodies.ts';
import { type Answered, answeredShape, type OrderInput, type Wanted, wantedShape } from './shapes.ts';

export type InputFault =
  | 'actionNotSupported'
  | 'productMissing'
  | 'unknownOffering'
  | 'customerMissing'
  | 'characteristicInvalid';

/** With which part of it cannot be read. */
type Unread = Refused<InputFault> & { readonly message?: string };

/**
 * Reads an order of TMF622 as an application: one item with a product (the plan), others for its options, a customer who
 * is known or described. Without a number of the sender's own and without a key, each order is a new one.
 */
export function readOrder(
  operator: Operator,
  input: OrderInput,
  idempotencyKey: string | undefined,
): Accepted<Application> | Unread {
  const fault = (code: InputFault, message?: string): Unread => ({ ...refuse(code), ...(message ? { message } : {}) });
  const items = input.productOrderItem;
  if (items.some(({ action, quantity = 1 }) => action !== 'add' || quantity !== 1)) return fault('actionNotSupported');
  const [main, second] = items.filter(({ product }) => product !== undefined);
  if (!main?.product || second) return fault('productMissing');
  const options = items.filter((item) => item !== main).map(({ productOffering }) => productOffering.id);
  if (!operator.plans.some(({ code }) => code === main.productOffering.id)) {
    return fault('unknownOffering', main.productOffering.id);
  }
  const read = readWanted(main.product.productCharacteristic);
  if (!read.ok) return fault('characteristicInvalid', read.code);
  const wanted = read.value;
  const contractorId = input.relatedParty?.[0]?.id;
  const contractor = contractorId
    ? ({ kind: 'existing', contractorId } as const)
    : wanted.contractor && ({ kind: 'new', ...wanted.contractor } as const);
  if (!contractor || (contractorId && wanted.contractor)) return fault('customerMissing');
  return accept({
    requestId: requestIdOf(input, idempotencyKey),
    planCode: main.productOffering.id,
    optionCodes: options,
    simKind: wanted.simKind,
    number: wanted.number,
    contractor,
    user: wanted.user ? { kind: 'other', ...wanted.user } : { kind: 'contractor' },
    identity: wanted.identity ?? null,
    payment: wanted.payment ?? null,
    documents: wanted.documents,
    entryCode: wanted.entryCode ? wanted.entryCode.toUpperCase().replace(/[^0-9A-Z]/g, '') : null,
    invitation: wanted.invitation ?? null,
    lineUserId: null,
    language: wanted.language,
  });
}

function requestIdOf({ externalId }: OrderInput, idempotencyKey: string | undefined): string {
  if (externalId !== undefined) return externalRequest(externalId);
  return idempotencyKey === undefined ? `tmf622:u:${newId()}` : `tmf622:k:${idempotencyKey}`;
}

interface Characteristic {
  readonly name: string;
  readonly value?: unknown;
}

const readWanted = (characteristics: readonly Characteristic[]): Decision<Wanted, string> =>
  readByName(wantedShape, characteristics);

/** What an answer puts right; refused with what is wrong. */
export const readAnswer = (characteristics: readonly Characteristic[]): Decision<Answered, string> =>
  readByName(answeredShape, characteristics);

/** The characteristics by name; refused with what is wrong, and without repeating what was sent. */
function readByName<Shape extends z.ZodType>(
  shape: Shape,
  characteristics: readonly Characteristic[],
): Decision<z.infer<Shape>, string> {
  const names = characteristics.map(({ name }) => name);
  if (new Set(names).size < names.length) return refuse('a name stands twice');
  const read = shape.safeParse(Object.fromEntries(characteristics.map(({ name, value }) => [name, value])));
  return read.success ? accept(read.data) : refuse(faultsOf(read) ?? '');
}
