import { randomInt } from 'node:crypto';
import type { Filtering } from '../../base/filtering.ts';
import { type Db, runnerOf } from '../../infra/db/index.ts';
import type { Activation } from '../../infra/provisioning/provisioning.ts';
import { type ActivationRow, finishActivation, insertWelcome } from './activation-store.ts';
import { changeOrder } from './change.ts';
import { deliverDocument } from './contract-document.ts';
import type { OrdersDeps } from './deps.ts';
import { drawNumber } from './draw-number.ts';
import { type Order, sealText } from './order.ts';
import { type Application, wholeName } from './rules/application.ts';

/** The subscription cannot be opened; everything begun is undone, and the staff look at the order again. */
export class CannotOpen extends Error {
  readonly because: string;
  constructor(because: string) {
    super(`a subscription cannot be opened: ${because}`);
    this.name = 'CannotOpen';
    this.because = because;
  }
}

/**
 * The network has said that the SIM works: contractor, subscription with link code and first data, fee, and the order's end
 * are one transaction. The order's lock is held, and it is in progress.
 *
 * @throws CannotOpen when there can be no such subscription; the transaction is then of no use.
 */
export async function completeOrder(
  deps: OrdersDeps,
  tx: Db,
  order: Order,
  activation: ActivationRow,
  done: Extract<Activation, { state: 'completed' }>,
): Promise<void> {
  const sql = runnerOf(tx);
  const { show } = deps.secrets;
  const { orderId } = order;
  const { msisdn, iccid, esimActivationCode: esim } = done;
  const esimCipher = esim === null ? null : sealText(show, orderId, esim);
  await finishActivation(sql, activation, { msisdn, iccid, esimCipher });
  const { contractorId, firstPassword } = await contractorFor(deps, tx, order.application);
  const opened = await deps.contractors.createSubscription(
    {
      contractorId,
      msisdn: `+${done.msisdn}`,
      planCode: order.application.planCode,
      optionCodes: order.application.optionCodes,
      opensAt: deps.clock.now(),
      ...userOf(order.application),
    },
    tx,
  );
  if (!opened.ok) throw new CannotOpen(opened.code);
  const { subscriptionId } = opened.value;
  await insertWelcome(sql, orderId, firstPassword === null ? null : sealText(show, orderId, firstPassword));
  const changed = await changeOrder(deps, tx, order, {
    event: 'complete',
    actor: { kind: 'system' },
    patch: { contractorId, subscriptionId },
  });
  if (!changed.ok) throw new Error(`an order in progress could not be completed: ${changed.code}`);
  const completed = { ...changed.value, contractorId, subscriptionId };
  await deliverDocument(deps, tx, completed, done.msisdn);
  for (const hook of deps.onCompleted) await hook(tx, completed);
}

/** The contractor who applied, or a new one with a first password that they change. */
async function contractorFor(
  deps: OrdersDeps,
  tx: Db,
  { contractor, identity }: Application,
): Promise<{ contractorId: string; firstPassword: string | null }> {
  if (contractor.kind === 'existing') return { contractorId: contractor.contractorId, firstPassword: null };
  const firstPassword = makePassword();
  return drawNumber(async (digits) => {
    const made = await deps.contractors.createContractor(
      {
        loginId: `m${digits}`,
        password: firstPassword,
        mustChangePassword: true,
        name: wholeName(contractor.name),
        kana: wholeName(contractor.kana),
        birthDate: contractor.birthDate,
        email: contractor.mail,
        isIdentityVerified: identity?.outcome === 'success',
        home: { postalCode: contractor.postalCode, address: contractor.address, phone: contractor.phone },
      },
      tx,
    );
    if (made.ok) return { contractorId: made.value.contractorId, firstPassword };
    if (made.code !== 'login-id-taken') throw new Error(`a new contractor was refused: ${made.code}`);
    return null;
  });
}

/** Letters and digits nobody mistakes for each other. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** 20 letters, 99 bits, in groups that can be typed from paper. */
function makePassword(): string {
  const letters = Array.from({ length: 20 }, () => LETTERS[randomInt(LETTERS.length)] ?? '');
  return [0, 5, 10, 15].map((from) => letters.slice(from, from + 5).join('')).join('-');
}

function userOf({ user }: Application): { userName?: string; userBirthDate?: string; filtering?: Filtering } {
  if (user.kind === 'contractor') return {};
  const { name, birthDate, filtering } = user;
  return { userName: wholeName(name), userBirthDate: birthDate, filtering: filtering ? 'content' : 'off' };
}
