import type { Clock } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { accept, type Decision } from '../../base/refusal.ts';
import type { SqlRunner } from '../../infra/db/index.ts';
import type { Contractors } from '../contractors/index.ts';
import type { Data } from '../data/index.ts';
import { insertAnswer } from './answer-store.ts';
import type { Device } from './device.ts';
import type { Access } from './openid/bearer.ts';
import type { SubjectFault } from './rules/access.ts';
import { isAbove, type Volume, type VolumeCategory, volumeCategory } from './rules/volume.ts';
import { findSubject } from './subject.ts';

export interface VolumeDeps {
  readonly sql: SqlRunner;
  readonly clock: Clock;
  readonly contractors: Pick<Contractors, 'subscriptions' | 'subscriptionOfMsisdn'>;
  readonly data: Pick<Data, 'balance' | 'balances'>;
}

/** The range in which the data left of somebody lies. */
export function retrieveVolume(
  deps: VolumeDeps,
  access: Access,
  device: Device | undefined,
): Promise<Decision<VolumeCategory, SubjectFault>> {
  return answerAbout(deps, access, device, (remaining) => {
    const category = volumeCategory(remaining);
    return { value: category, recorded: category };
  });
}

/** Whether more data is left than this. */
export function checkVolume(
  deps: VolumeDeps,
  access: Access,
  question: { device?: Device | undefined; volumeToCheck: Volume },
): Promise<Decision<boolean, SubjectFault>> {
  return answerAbout(deps, access, question.device, (remaining) => {
    const value = isAbove(remaining, question.volumeToCheck);
    return { value, recorded: value ? 'true' : 'false' };
  });
}

/** Finds whom it is about and what to answer, and answers once that is recorded. */
async function answerAbout<Value>(
  deps: VolumeDeps,
  access: Access,
  device: Device | undefined,
  answer: (remainingBytes: number) => { value: Value; recorded: VolumeCategory | 'true' | 'false' },
): Promise<Decision<Value, SubjectFault>> {
  const { sql } = deps;
  const subject = await findSubject(deps, sql, {
    access,
    phoneNumber: device?.phoneNumber,
    hasOtherIdentifier: device !== undefined,
  });
  if (!subject.ok) return subject;
  const { subscriptionId } = subject.value;
  const now = deps.clock.now();
  const { totalBytes } = await deps.data.balance(sql, subscriptionId, now);
  const { value, recorded } = answer(totalBytes);
  await insertAnswer(sql, now, {
    answerId: newId(),
    subscriptionId,
    partnerId: access.partner.partnerId,
    kind: 'data-volume',
    ageThreshold: null,
    answer: recorded,
  });
  return accept(value);
}
