import type { Language } from '../../base/language.ts';
import type { PasswordFault } from '../contractors/index.ts';
import type { Browser, Device } from './rules/device.ts';
import { en } from './text-en.ts';
import { ja } from './text-ja.ts';

/** Every sentence of the security pages. A language that lacks one does not compile. */
export interface CredentialsText {
  security: {
    title: string;
    lead: string;
    password: string;
    passwordLead: string;
    change: string;
    codes: string;
    codesOn: (recoveryLeft: number) => string;
    codesOff: string;
    turnOn: string;
    turnOff: string;
    renewRecovery: string;
    devices: string;
    devicesLead: string;
    thisDevice: string;
    device: Record<Device, string>;
    browser: Record<Browser, string>;
    on: (device: string, browser: string) => string;
    lastSeen: string;
    signedIn: string;
    how: string;
    methods: Record<'password' | 'line-login' | 'passkey', string>;
    signOut: string;
    signOutOthers: string;
    advice: string;
    history: string;
    historyLead: string;
    when: string;
    what: string;
    refused: string;
    done: Record<'signed-out' | 'password' | 'codes-off' | 'passkey-added' | 'passkey-removed', string>;
  };
  password: {
    title: string;
    lead: string;
    present: string;
    wanted: string;
    wantedHint: (least: number) => string;
    submit: string;
    forgotten: string;
    missing: string;
    wrong: string;
    tooMany: string;
    faults: Record<PasswordFault, string>;
  };
  codes: {
    title: string;
    lead: string;
    scan: string;
    qrLabel: string;
    typed: string;
    code: string;
    codeHint: string;
    submit: string;
    wrong: string;
    stale: string;
    onTitle: string;
    onLead: string;
    onRecovery: string;
    onOnce: string;
    goOn: string;
    offTitle: string;
    offLead: string;
    offLoses: readonly string[];
    offPassword: string;
    offSubmit: string;
    renewTitle: string;
    renewLead: string;
    renewSubmit: string;
  };
  proof: {
    title: string;
    lead: string;
    line: string;
    lineLead: string;
    tap: string;
    tapLead: string;
    tapSubmit: string;
    tapAsked: string;
    tapGoOn: string;
    tapNotYet: string;
    code: string;
    codeLead: string;
    codeField: string;
    codeHint: string;
    mail: string;
    mailLead: (address: string) => string;
    mailSubmit: string;
    mailSent: (address: string) => string;
    mailField: string;
    mailAgain: string;
    submit: string;
    wrong: string;
    tooMany: (until: string) => string;
    none: (phone: string) => string;
  };
  forgotten: {
    title: string;
    lead: string;
    loginId: string;
    submit: string;
    missing: string;
    tooMany: (until: string) => string;
    sentTitle: string;
    sent: string;
    notCome: (phone: string) => string;
    noMail: (phone: string) => string;
    resetTitle: string;
    resetLead: string;
    resetSubmit: string;
    over: string;
    again: string;
    doneTitle: string;
    done: string;
    toSignIn: string;
  };
  back: string;
}

const catalogue: Record<Language, CredentialsText> = { ja, en };

export function credentialsText(language: Language): CredentialsText {
  return catalogue[language];
}
