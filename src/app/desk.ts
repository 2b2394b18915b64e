import type { Hono } from 'hono';
import { partnerConsole } from '../features/age-proof/index.ts';
import { billItemsConsole } from '../features/billing/index.ts';
import { inboxConsole, measuresConsole } from '../features/conversations/index.ts';
import { customersConsole, personBeside } from '../features/customers/index.ts';
import { dataConsole } from '../features/data/index.ts';
import { helpConsole } from '../features/help/index.ts';
import { listenersConsole } from '../features/listeners/index.ts';
import { lineAccountsOf, messagesConsole } from '../features/official-account/index.ts';
import type { WebEnv } from '../infra/http/web-env.ts';
import type { Live } from '../infra/live/live.ts';
import { reconcile } from '../ledger/index.ts';
import type { Features } from './features/index.ts';
import type { Ground } from './ground.ts';
import { ledgerChecks } from './work.ts';

/** The console: each feature's pages for staff, and what two people decide, behind the one door. */
export function createDesk(ground: Ground, features: Features, live: Live): Hono<WebEnv> {
  const { db, clock, operator, publicUrl, secrets, line } = ground;
  const { staff, contractors, linking, data, conversations, help, gifts } = features;
  const desk = { db, clock, operator, staff, contractors, linking, data, lineAccountsOf };
  const ofOrders = features.orders.console({ staff, live });
  const ofPoints = features.points.console({ staff, contractors });
  const ofBills = billItemsConsole(desk);
  const ofData = dataConsole({
    ...desk,
    giftsUnderWay: gifts.underWayOf,
    lookAgain: () => reconcile(db, clock.now(), { more: ledgerChecks, from: 'last-look' }),
  });
  return staff.console({
    pages: [
      inboxConsole({
        ...desk,
        publicUrl,
        live,
        acts: conversations.staff,
        line,
        beside: personBeside(desk),
        tellLeft: data.tellLeft,
        pictureKey: secrets.show,
      }),
      customersConsole(desk),
      ofData.pages,
      ofOrders.pages,
      features.invitations.console(staff),
      linking.console(staff),
      features.disclosure.console(staff),
      ofPoints.pages,
      ofBills.pages,
      messagesConsole(desk),
      measuresConsole({ ...desk, questionsInTalk: help.questionsInTalk }),
      helpConsole({ ...desk, faq: help.faq }),
      partnerConsole({ ...desk, publicUrl }),
      listenersConsole(desk),
    ],
    kinds: [...ofData.kinds, ...ofOrders.kinds, ...ofPoints.kinds, ...ofBills.kinds],
  });
}
