import { createConversations } from '../../features/conversations/index.ts';
import { deedText } from '../../features/customers/index.ts';
import { createDisclosure } from '../../features/disclosure/index.ts';
import { createHelp } from '../../features/help/index.ts';
import { createMyPage } from '../../features/my-page/index.ts';
import {
  createNoticeTalk,
  createOfficialAccount,
  lineAccountsOf,
  menuLabelOf,
} from '../../features/official-account/index.ts';
import { loadFaq } from '../../operator-folder/load-faq.ts';
import type { Ground } from '../ground.ts';
import type { Amounts } from './amounts.ts';
import { disclosers } from './disclosers.ts';
import type { createJoining } from './joining.ts';
import type { createPartners } from './partners.ts';
import type { People } from './people.ts';
import { sharedBy } from './shared.ts';

type Others = People & Amounts & ReturnType<typeof createJoining> & ReturnType<typeof createPartners>;

/** Where people meet all the others: My Page, and the talk with its help and its staff. */
export function createSurfaces(ground: Ground, others: Others, { onSent }: { onSent: () => void }) {
  const { config, clock, log, db, operator, publicUrl, isSecure, secrets, sessions, limits, line } = ground;
  const { staff, contractors, linking, credentials, data, billing, points, gifts } = others;
  const { orders, invitations, applications, ageProof } = others;
  const shared = sharedBy(ground);
  const myPage = createMyPage({
    ...shared,
    tokens: secrets.tokens,
    lineLogin: ground.lineLogin,
    liff: ground.liff,
    contractors,
    linking,
    credentials,
    data,
    billing,
    points,
    orders,
    lineAccountsOf,
    canMail: ground.mail !== null,
    isSecure,
  });

  const conversations = createConversations({
    db,
    talkDb: ground.lanes.talk.db,
    clock,
    operator,
    publicUrl,
    menuLabelOf,
    linkStateOf: linking.linkStateOf,
    colleagues: staff.colleagues,
    publicNamesOf: staff.publicNamesOf,
    sessions,
    pictureKey: secrets.show,
    onSent,
  });

  const help = createHelp({
    ...shared,
    limits,
    source: { ...config.faq, read: () => loadFaq(config.faq.folder) },
    onFault: (err) => log.error({ err }, 'the FAQ on disk has a fault: the one before stays'),
    linkStateOf: linking.linkStateOf,
    facts: {
      'data-left': data.tellLeft,
      'link-code': linking.tellCodes,
      'gift-waiting': gifts.tellWaiting,
      'top-up': billing.tellTopUps,
    },
    askForStaff: (context) => conversations.talk.hear(context, { kind: 'word', word: 'operator' }),
  });

  const officialAccount = createOfficialAccount({
    db: ground.lanes.talk.db,
    clock,
    line,
    operator,
    publicUrl,
    handlers: [
      ...linking.talk,
      credentials.talk,
      data.talk,
      ...billing.talk,
      createNoticeTalk({
        kinds: [...data.noticeKinds, ...billing.noticeKinds, ...points.noticeKinds],
        linkStateOf: linking.linkStateOf,
      }),
      gifts.talk,
      ageProof.talk,
      help.talk,
      conversations.talk,
      points.talk,
      invitations.talk,
      orders.talk,
      applications.talk,
    ],
    linkStateOf: linking.linkStateOf,
    ears: conversations.ears,
    onQuestion: help.talk.answer,
    onAccountLink: linking.accountLinked,
  });

  const disclosure = createDisclosure({
    ...shared,
    limits,
    key: secrets.show,
    contractors,
    credentials,
    disclosers,
    deedText,
  });

  return { myPage, disclosure, conversations, help, officialAccount };
}
