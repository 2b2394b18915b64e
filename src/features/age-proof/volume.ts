import { accept, type Decision } from '../../base/refusal.ts';
import type { Data } from '../data/index.ts';
import { type AnswerDeps, answerAbout } from './answer-about.ts';
import type { Device } from './device.ts';
import type { Access } from './openid/bearer.ts';
import type { SubjectFault } from './rules/access.ts';
import { isAbove, type Volume, type VolumeCategory, volumeCategory } from './rules/volume.ts';

export interface VolumeDeps extends AnswerDeps {
  readonly data: Pick<Data, 'balance' | 'balances'>;
}

/** The range in which the data left of somebody lies. */
export function retrieveVolume(
  deps: VolumeDeps,
  access: Access,
  device: Device | undefined,
): Promise<Decision<VolumeCategory, SubjectFault>> {
  return answerAboutData(deps, access, device, (remaining) => {
    const category = volumeCategory(remaining);
    return { value: category, answer: category };
  });
}

/** Whether more data is left than this. */
export function checkVolume(
  deps: VolumeDeps,
  access: Access,
  question: { device?: Device | undefined; volumeToCheck: Volume },
): Promise<Decision<boolean, SubjectFault>> {
  return answerAboutData(deps, access, question.device, (remaining) => {
    const value = isAbove(remaining, question.volumeToCheck);
    return { value, answer: value ? 'true' : 'false' };
  });
}

function answerAboutData<Value>(
  deps: VolumeDeps,
  access: Access,
  device: Device | undefined,
  answer: (remainingBytes: number) => { value: Value; answer: VolumeCategory | 'true' | 'false' },
): Promise<Decision<Value, SubjectFault>> {
  const asked = { access, phoneNumber: device?.phoneNumber, hasOtherIdentifier: device !== undefined };
  return answerAbout(deps, asked, async ({ subscriptionId }, now) => {
    const { totalBytes } = await deps.data.balance(deps.sql, subscriptionId, now);
    const { value, answer: told } = answer(totalBytes);
    return accept({ value, recorded: { kind: 'data-volume', answer: told } });
  });
}
