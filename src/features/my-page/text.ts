import type { Language } from '../../base/language.ts';
import type { Leaving } from '../billing/index.ts';
import type { ServiceState, UserFault } from '../contractors/index.ts';
import { en } from './text-en.ts';
import { ja } from './text-ja.ts';

/** Every sentence of My Page. A language that lacks one does not compile. */
export interface MyPageText {
  signIn: {
    title: string;
    lead: string;
    loginId: string;
    loginIdHint: string;
    password: string;
    submit: string;
    or: string;
    notLinked: string;
    missingLoginId: string;
    missingPassword: string;
    wrong: string;
    tooMany: (until: string) => string;
    forgotten: string;
  };
  passkey: { signIn: string; failed: string };
  signInCode: {
    title: string;
    lead: string;
    code: string;
    codeHint: string;
    submit: string;
    wrong: string;
    tooMany: (until: string) => string;
    stale: string;
    startOver: string;
  };
  lineSignIn: {
    title: string;
    cancelled: string;
    stale: string;
    unavailable: string;
    retry: string;
    withPassword: string;
  };
  liff: {
    title: string;
    waiting: string;
    failed: string;
  };
  landing: {
    title: string;
    lead: string;
    benefits: readonly string[];
    signInTitle: string;
    withPassword: string;
    applyTitle: string;
    apply: string;
    addTitle: string;
    addLead: string;
  };
  top: {
    title: (name: string) => string;
    titleForUser: string;
    left: string;
    endsFirst: (amount: string, day: string) => string;
    today: (amount: string) => string;
    bill: string;
    closes: (day: string) => string;
    pointsName: string;
    pointsNone: (day: number, isLinked: boolean) => string;
    asksFirst: string;
    news: string;
    isLittle: (name: string) => string;
    isSlow: (name: string) => string;
    topUpHint: string;
    notLinkedTitle: string;
    notLinked: string;
    leaves: Record<Leaving['kind'], (name: string, day: string) => string>;
    leavesHint: string;
    userMissing: (count: number) => string;
    userMissingHint: string;
    noUserLinkTitle: string;
    noUserLink: string;
    noSubscriptions: string;
    openTalk: string;
    more: string;
    signOut: string;
    signedInAs: string;
    actFor: (name: string) => string;
    contractorLinkHint: string;
  };
  state: Record<ServiceState, string>;
  opensAt: (at: string) => string;
  ends: Record<'with' | 'at', (when: string) => string>;
  ended: Record<'with' | 'at', (when: string) => string>;
  contract: {
    title: string;
    contractor: string;
    loginName: string;
    address: string;
    phone: string;
    email: string;
    user: string;
    number: string;
    plan: string;
    status: string;
    code: string;
    codeHint: string;
    none: string;
    show: string;
    reissue: string;
    reissued: string;
    proven: string;
    help: string;
    add: string;
    orders: string;
  };
  user: {
    title: string;
    change: string;
    self: string;
    born: (day: string) => string;
    birthDateUnknown: string;
    isSelf: string;
    isSelfHint: string;
    name: string;
    birthDate: string;
    birthDateHint: string;
    effectsTitle: string;
    effects: readonly string[];
    submit: string;
    done: string;
    faults: Record<UserFault, string>;
    told: (name: string, lastFour: string) => string;
  };
  email: {
    title: string;
    change: string;
    lead: string;
    present: string;
    label: string;
    submit: string;
    done: string;
    malformed: string;
    same: string;
    tooMany: (until: string) => string;
    cannotMail: (phone: string) => string;
    waiting: (email: string) => string;
    enterCode: string;
    code: {
      title: string;
      lead: (email: string) => string;
      label: string;
      until: (until: string) => string;
      submit: string;
      other: string;
      notThere: string;
      again: string;
      sentAgain: string;
      malformed: string;
      wrong: string;
      over: string;
    };
    told: string;
    mail: {
      codeSubject: (operator: string, code: string) => string;
      code: (code: string) => string;
      changedSubject: (operator: string) => string;
    };
  };
  notYou: (phone: string) => string;
  code: {
    title: string;
    forWhom: (name: string) => string;
    lead: string;
    secret: string;
    qrLabel: string;
    send: string;
    shareText: (operator: string, name: string, code: string) => string;
    missing: string;
  };
  reissue: {
    title: string;
    lead: string;
    undo: string;
    undoHint: string;
    confirm: string;
    refused: { ended: string; 'too-many-reissues': string };
    losesTitle: string;
    loses: readonly string[];
  };
  links: {
    title: string;
    lead: string;
    contractorTitle: string;
    contractorHint: string;
    userTitle: string;
    userHint: string;
    none: string;
    account: string;
    since: string;
    nameless: string;
    thisAccount: string;
    undo: string;
    undone: string;
    howTo: string;
  };
  undo: {
    contractorTitle: string;
    userTitle: string;
    account: (name: string) => string;
    contractorLoses: readonly string[];
    userLoses: readonly string[];
    again: string;
    confirm: string;
  };
  codeHelp: { title: string; lead: string; toContract: string };
  back: string;
}

const catalogue: Record<Language, MyPageText> = { ja, en };

export function myPageText(language: Language): MyPageText {
  return catalogue[language];
}
