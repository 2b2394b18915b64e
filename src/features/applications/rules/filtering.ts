import type { Typed } from './draft.ts';
import { type FieldRule, faultsIn } from './fault.ts';
import { readLine } from './typed.ts';

export const filteringFields = ['filtering', 'guardianName', 'guardianAgrees', 'guardianDeclines'];

export interface FilteringFacts {
  /** On unless a guardian turns it off. */
  readonly filtering: string;
  readonly guardianName: string;
  /** The guardian has read what filtering is and agrees to the contract. */
  readonly hasWord: boolean;
  /** The guardian declares that no filtering is wanted. */
  readonly declines: boolean;
}

export function readFiltering(typed: Typed | null): FilteringFacts {
  return {
    filtering: typed?.filtering ?? '',
    guardianName: readLine(typed?.guardianName),
    hasWord: typed?.guardianAgrees === 'yes',
    declines: typed?.guardianDeclines === 'yes',
  };
}

const LONGEST_NAME = 100;

export const filteringRules = [
  {
    field: 'filtering',
    code: 'filtering-missing',
    says: 'For a user under 18 filtering is on, or a guardian turns it off.',
    broken: ({ filtering }) => filtering !== 'on' && filtering !== 'off',
  },
  {
    field: 'guardianDeclines',
    code: 'refusal-missing',
    says: 'Filtering is off only with the guardian’s declaration.',
    broken: ({ filtering, declines }) => filtering === 'off' && !declines,
  },
  {
    field: 'guardianName',
    code: 'guardian-name-missing',
    says: 'The guardian of a user under 18 is known by name.',
    broken: ({ guardianName }) => guardianName === '' || guardianName.length > LONGEST_NAME,
  },
  {
    field: 'guardianAgrees',
    code: 'guardian-word-missing',
    says: 'The guardian of a user under 18 has been told of filtering and agrees.',
    broken: ({ hasWord }) => !hasWord,
  },
] as const satisfies readonly FieldRule<FilteringFacts, string>[];
export type FilteringFault = (typeof filteringRules)[number]['code'];

export const filteringFaults = (facts: FilteringFacts) =>
  faultsIn<FilteringFacts, FilteringFault>(filteringRules, facts);
