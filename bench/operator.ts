import { resolve } from 'node:path';
import { megabytes } from '../src/base/bytes.ts';
import type { Operator } from '../src/base/operator.ts';
import { loadOperator } from '../src/operator-folder/load-operator.ts';

/**
 * The operator of the demo, with volumes large enough that no run reaches the monthly limit: a refusal is cheaper than a
 * gift.
 */
export const benchOperator: Operator = {
  ...loadOperator(resolve(import.meta.dirname, '../operator')),
  plans: [
    { code: 'large', name: { ja: '大', en: 'Large' }, monthlyBytes: 1e12, monthlyFeeYen: 1, hasVoice: false },
    { code: 'huge', name: { ja: '特大', en: 'Huge' }, monthlyBytes: 1e15, monthlyFeeYen: 1, hasVoice: false },
  ],
};

/** The amount of every gift of the bench. */
export const GIFT_BYTES = megabytes(500);
