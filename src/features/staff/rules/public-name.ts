import { firstBroken, type Rule } from '../../../base/refusal.ts';

export type PublicNameFault = 'too-long' | 'names-line';

/** What may stand above a message on LINE; both limits are LINE's. */
const rules: readonly Rule<string, PublicNameFault>[] = [
  {
    code: 'too-long',
    says: 'It has at most 20 characters, as UTF-16 counts them: 𠮷 is two.',
    broken: (name) => name.length > 20,
  },
  {
    code: 'names-line',
    says: '“LINE” is not in it.',
    broken: (name) => /line/i.test(name.normalize('NFKC')),
  },
];

/** Why a name cannot be shown to customers: the first rule broken, or undefined. */
export function publicNameFault(name: string): PublicNameFault | undefined {
  return firstBroken(rules, name);
}
