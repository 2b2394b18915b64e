import type { Language } from '../../base/language.ts';
import type { ActorKind } from './audit-store.ts';
import type { DecideFault } from './rules/four-eyes.ts';
import type { Role } from './rules/roles.ts';

interface StaffText {
  place: string;
  menu: string;
  places: string;
  closePlaces: string;
  signOut: string;
  cancel: string;
  roles: Record<Role, string>;
  signIn: {
    title: string;
    lead: string;
    loginId: string;
    password: string;
    next: string;
    missing: string;
    wrong: string;
    tooMany: (until: string) => string;
    codeTitle: string;
    codeLead: string;
    code: string;
    codeHint: string;
    submit: string;
    wrongCode: string;
    firstOver: string;
    again: string;
    startOver: string;
    passkey: string;
    passkeyFailed: string;
  };
  home: { title: string; lead: (name: string) => string; waiting: (count: number) => string };
  entries: Record<'home' | 'requests' | 'audit', string>;
  hints: Record<'requests' | 'audit', string>;
  requests: {
    title: string;
    none: string;
    waiting: string;
    decided: string;
    reason: string;
    askedBy: string;
    askedAt: string;
    decidedBy: string;
    note: string;
    noteHint: string;
    waits: string;
    open: string;
    approve: string;
    refuse: string;
    done: Record<'approved' | 'refused', string>;
    states: Record<'waiting' | 'approved' | 'refused', string>;
    faults: Record<DecideFault, string>;
  };
  audit: {
    title: string;
    lead: string;
    from: string;
    to: string;
    actor: string;
    anybody: string;
    action: string;
    actionHint: string;
    about: string;
    aboutHint: string;
    filter: string;
    caption: string;
    at: string;
    who: string;
    what: string;
    detail: string;
    chained: string;
    notYet: string;
    none: string;
    older: string;
    exportLead: (most: number) => string;
    export: string;
    contractor: string;
    subscription: string;
    actors: Record<ActorKind, string>;
  };
}

const ja: StaffText = {
  place: '管理画面',
  menu: '管理画面のメニュー',
  places: 'メニュー',
  closePlaces: '閉じる',
  signOut: 'ログアウト',
  cancel: 'やめる',
  roles: { agent: 'オペレーター', supervisor: '責任者', auditor: '監査', admin: '管理者' },
  signIn: {
    title: '管理画面にログイン',
    lead: '担当者のログインIDとパスワードを入力してください。次に、認証アプリのコードをうかがいます。',
    loginId: 'ログインID',
    password: 'パスワード',
    next: '次へ',
    missing: 'ログインIDとパスワードを入力してください。',
    wrong: 'ログインIDまたはパスワードが違います。もう一度ご確認ください。',
    tooMany: (until) => `お試しが続いたため、安全のため${until}までログインできません。`,
    codeTitle: '認証アプリのコード',
    codeLead: '認証アプリに表示されている6桁の数字を入力してください。',
    code: '6桁のコード',
    codeHint: '30秒ごとに変わります。同じコードは一度だけ使えます。',
    submit: 'ログイン',
    wrongCode: 'コードが違うか、もう使われています。次に表示されるコードを入力してください。',
    firstOver: '仮のパスワードの期限が過ぎました。管理者に、新しいものを頼んでください。',
    again: '時間がたちました。はじめからお試しください。',
    startOver: 'はじめからやり直す',
    passkey: 'パスキーでログイン',
    passkeyFailed: 'パスキーを確認できませんでした。もう一度お試しください。',
  },
  home: {
    title: '管理画面',
    lead: (name) => `${name} さん、おつかれさまです。`,
    waiting: (count) => `${count}件待っています`,
  },
  entries: { home: 'トップ', requests: '承認', audit: '監査ログ' },
  hints: {
    requests: '二人目の確認が必要な操作です。頼んだ人とは別の責任者が決めます。',
    audit: 'だれが、いつ、何をしたか。書き換えられないように鎖でつながれています。',
  },
  requests: {
    title: '承認',
    none: '承認を待っているものはありません。',
    waiting: '承認待ち',
    decided: '最近の決定',
    reason: '理由',
    askedBy: '頼んだ人',
    askedAt: '頼んだ日時',
    decidedBy: '決めた人',
    note: 'ひとこと',
    noteHint: '頼んだ人に伝わります。書かなくてもかまいません。',
    open: '内容を見る',
    approve: '承認する',
    refuse: '承認しない',
    done: { approved: '承認しました。', refused: '承認しませんでした。' },
    waits: '承認をお願いしました。別の責任者か管理者が決めます。',
    states: { waiting: '承認待ち', approved: '承認済み', refused: '承認されず' },
    faults: {
      'may-not-decide': '決められるのは責任者と管理者です。',
      'own-request': '自分で頼んだものは、自分では決められません。',
      'already-decided': 'すでに決まっています。',
    },
  },
  audit: {
    title: '監査ログ',
    lead: 'お客さま、担当者、システムがしたことの記録です。新しいものから順に並んでいます。',
    from: 'この日から',
    to: 'この日まで',
    actor: 'だれが',
    anybody: 'すべて',
    action: '操作',
    actionHint: 'はじめの文字。例：linking.',
    about: 'だれの',
    aboutHint: '契約者または回線のID',
    filter: 'しぼり込む',
    caption: '監査ログ',
    at: '日時',
    who: 'だれが',
    what: '操作',
    detail: 'くわしく',
    chained: '鎖',
    notYet: 'まもなく',
    none: 'あてはまる記録はありません。',
    older: 'もっと古い記録',
    exportLead: (most) =>
      `いまのしぼり込みのまま、新しいものから${most.toLocaleString('ja')}件までをCSVにします。書き出したことも監査ログに残ります。`,
    export: 'CSVに書き出す',
    contractor: '契約者',
    subscription: '回線',
    actors: {
      contractor: '契約者',
      'line-account': 'LINEアカウント',
      staff: '担当者',
      provisioning: '基幹システム',
      system: 'システム',
    },
  },
};

const en: StaffText = {
  place: 'console',
  menu: 'Console menu',
  places: 'Menu',
  closePlaces: 'Close',
  signOut: 'Sign out',
  cancel: 'Cancel',
  roles: { agent: 'Agent', supervisor: 'Supervisor', auditor: 'Auditor', admin: 'Admin' },
  signIn: {
    title: 'Sign in to the console',
    lead: 'Enter your staff login ID and password. Next we ask for the code of your authenticator app.',
    loginId: 'Login ID',
    password: 'Password',
    next: 'Next',
    missing: 'Enter your login ID and password.',
    wrong: 'The login ID or the password is wrong. Please check both.',
    tooMany: (until) => `After several tries signing in is closed until ${until}, to keep the account safe.`,
    codeTitle: 'Code of your authenticator app',
    codeLead: 'Enter the six digits your authenticator app shows.',
    code: 'Six-digit code',
    codeHint: 'It changes every 30 seconds. Each code works once.',
    submit: 'Sign in',
    wrongCode: 'The code is wrong or has been used. Please enter the next one shown.',
    firstOver: 'The one-time password is over. Ask an admin for a new one.',
    again: 'Time has run out. Please start again.',
    startOver: 'Start again',
    passkey: 'Sign in with a passkey',
    passkeyFailed: 'We could not confirm the passkey. Please try again.',
  },
  home: {
    title: 'Console',
    lead: (name) => `Hello, ${name}.`,
    waiting: (count) => `${count} waiting`,
  },
  entries: { home: 'Home', requests: 'Approvals', audit: 'Audit log' },
  hints: {
    requests: 'What needs a second person. Somebody other than who asked decides.',
    audit: 'Who did what, and when; chained so that nothing can be rewritten unseen.',
  },
  requests: {
    title: 'Approvals',
    none: 'Nothing waits for approval.',
    waiting: 'Waiting',
    decided: 'Decided lately',
    reason: 'Reason',
    askedBy: 'Asked by',
    askedAt: 'Asked on',
    decidedBy: 'Decided by',
    note: 'Note',
    noteHint: 'Whoever asked will read it. You may leave it empty.',
    open: 'See what it is',
    approve: 'Approve',
    refuse: 'Do not approve',
    done: { approved: 'Approved.', refused: 'Not approved.' },
    waits: 'Asked for. Another supervisor or admin decides.',
    states: { waiting: 'waiting', approved: 'approved', refused: 'not approved' },
    faults: {
      'may-not-decide': 'Supervisors and admins decide.',
      'own-request': 'You cannot decide what you asked for yourself.',
      'already-decided': 'This has been decided already.',
    },
  },
  audit: {
    title: 'Audit log',
    lead: 'What customers, staff and the system have done, newest first.',
    from: 'From this day',
    to: 'To this day',
    actor: 'Who',
    anybody: 'Anybody',
    action: 'Action',
    actionHint: 'Its beginning, such as linking.',
    about: 'Whose',
    aboutHint: 'ID of a contractor or subscription',
    filter: 'Filter',
    caption: 'Audit log',
    at: 'When',
    who: 'Who',
    what: 'Action',
    detail: 'Detail',
    chained: 'Chain',
    notYet: 'soon',
    none: 'No entry fits.',
    older: 'Older entries',
    exportLead: (most) =>
      `As CSV, as filtered now, the newest ${most.toLocaleString('en')} at most. That it was exported is in the audit log, too.`,
    export: 'Export as CSV',
    contractor: 'contractor',
    subscription: 'subscription',
    actors: {
      contractor: 'contractor',
      'line-account': 'LINE account',
      staff: 'staff',
      provisioning: 'back office',
      system: 'system',
    },
  },
};

const catalogue: Record<Language, StaffText> = { ja, en };

export function staffText(language: Language): StaffText {
  return catalogue[language];
}
