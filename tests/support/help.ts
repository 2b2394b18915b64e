import { resolve } from 'node:path';
import { createAdjustableClock } from '../../src/base/clock.ts';
import type { LinkState } from '../../src/base/link-state.ts';
import { createHelp, type Help } from '../../src/features/help/index.ts';
import type { Db } from '../../src/infra/db/index.ts';
import { createTryLimits } from '../../src/infra/db/try-limits.ts';
import { text } from '../../src/infra/line/flex.ts';
import { makeKeys, parseKeys } from '../../src/infra/secrets.ts';
import { loadFaq } from '../../src/operator-folder/load-faq.ts';
import { testOperator } from './operator.ts';

export const demoFaqFolder = resolve('operator/faq');
export const demoFaq = loadFaq(demoFaqFolder);

/** Help with the demo operator's FAQ, for people whose links are as said and who have one line of facts of each kind. */
export function testHelp(db: Db, linkState: LinkState = 'nobody'): Help {
  const clock = createAdjustableClock('2026-11-18T14:00:00+09:00');
  return createHelp({
    db,
    clock,
    limits: createTryLimits({ clock, key: parseKeys(makeKeys()).limits }),
    operator: testOperator,
    publicUrl: 'https://renkei.example',
    source: { folder: demoFaqFolder, first: demoFaq, read: () => demoFaq },
    onFault(error) {
      throw error;
    },
    linkStateOf: async () => linkState,
    askForStaff: async () => [text('担当者におつなぎします')],
    facts: {
      'data-left': async () => ['残り1.5GBです。'],
      'link-code': async () => ['利用コードは **** 1234 です。'],
      'gift-waiting': async () => ['1GBが届いています。'],
      'top-up': async () => ['あと9回買えます。'],
    },
  });
}
