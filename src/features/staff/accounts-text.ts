import { catalogue } from '../../base/language.ts';
import type { NewAccountFault } from './accounts.ts';
import type { AccountChange, AccountFault } from './rules/accounts.ts';
import type { Role } from './rules/roles.ts';

type ChangeKind = AccountChange['kind'];

const ja = {
  title: '担当者',
  hint: '担当者のアカウントを作る、役割を変える、ログインをやり直せるようにする、閉じる。',
  lead: '管理画面に入れる人の一覧です。変更はすべて監査ログに残ります。',
  caption: '担当者',
  name: '名前',
  loginId: 'ログインID',
  role: '役割',
  state: '状態',
  ways: '二つめの確認',
  seen: '最後の利用',
  never: 'まだありません',
  since: '登録',
  codes: '認証アプリ',
  passkeys: (count: number) => `パスキー${count}個`,
  noWay: 'まだありません',
  states: {
    open: '利用中',
    waiting: 'はじめてのログイン待ち',
    over: '仮のパスワードの期限切れ',
    closed: '閉鎖',
  },
  add: {
    title: '担当者を追加する',
    lead: '仮のパスワードを作ります。ご本人は、はじめてのログインで自分のパスワードと、認証アプリかパスキーを登録します。',
    loginIdHint: '半角の英小文字と数字、2文字以上。例：yamada',
    submit: '追加する',
    faults: {
      'login-id-malformed':
        'ログインIDは、半角の英小文字か数字で始まる2文字以上64文字以内にしてください（. _ - も使えます）。',
      'login-id-taken': 'このログインIDは、もう使われています。',
      'name-missing': '名前を入力してください。',
      'role-missing': '役割を選んでください。',
    } satisfies Record<NewAccountFault | 'role-missing', string>,
  },
  roleHints: {
    agent: 'お客さまの対応をします。',
    supervisor: '対応に加えて、ほかの人が頼んだ操作を承認します。',
    auditor: 'すべてを見ますが、何も変えません。監査ログを読みます。',
    admin: '責任者の仕事に加えて、担当者と提携先を管理します。',
  } satisfies Record<Role, string>,
  handedOver: {
    title: '仮のパスワード',
    lead: (until: string) => `ログインIDとは別の方法で、ご本人に渡してください。${until}まで使えます。`,
    once: 'この画面を離れると、もう表示できません。なくしたときは、ログインのやり直しで新しく作れます。',
  },
  change: {
    role: '役割を変える',
    roleSubmit: '役割を変える',
    signIn: 'ログイン',
    account: 'アカウント',
    titles: {
      close: 'アカウントを閉じる',
      reopen: 'アカウントをもう一度開く',
      reset: 'ログインをやり直せるようにする',
    } satisfies Record<Exclude<ChangeKind, 'role'>, string>,
    leads: {
      close: 'すぐにログアウトし、もう入れなくなります。これまでの記録は残ります。',
      reopen: '仮のパスワードを作ります。認証アプリやパスキーは、登録し直しになります。',
      reset:
        'スマートフォンをなくしたときや、パスワードを忘れたときに使います。いまのパスワード、認証アプリ、パスキーは使えなくなり、すぐにログアウトします。',
    } satisfies Record<Exclude<ChangeKind, 'role'>, string>,
    done: {
      added: '追加しました。',
      role: '役割を変えました。すぐに反映されます。',
      close: 'アカウントを閉じました。',
      reopen: 'アカウントをもう一度開きました。',
      reset: 'ログインをやり直せるようにしました。',
    } satisfies Record<ChangeKind | 'added', string>,
    faults: {
      'not-admin': '担当者のアカウントを変えられるのは管理者です。',
      'own-sign-in': '自分のログインは「自分のアカウント」で変えられます。',
      'nothing-changes': 'すでにそうなっています。',
      'is-closed': '閉じたアカウントは、もう一度開いてから変えてください。',
      'last-admin': 'ログインできる管理者が、ほかにいません。先に別の管理者を用意してください。',
    } satisfies Record<AccountFault, string>,
    own: '自分のアカウントです。パスワード、認証アプリ、パスキーは「自分のアカウント」で変えられます。',
  },
};

const en: typeof ja = {
  title: 'Staff',
  hint: 'Make accounts, change roles, let somebody sign in anew, close an account.',
  lead: 'Everybody who may enter the console. Every change is in the audit log.',
  caption: 'Staff',
  name: 'Name',
  loginId: 'Login ID',
  role: 'Role',
  state: 'State',
  ways: 'Second step',
  seen: 'Last seen',
  never: 'not yet',
  since: 'Added',
  codes: 'authenticator app',
  passkeys: (count) => (count === 1 ? '1 passkey' : `${count} passkeys`),
  noWay: 'none yet',
  states: { open: 'open', waiting: 'waits for the first sign-in', over: 'one-time password over', closed: 'closed' },
  add: {
    title: 'Add a member of staff',
    lead: 'A one-time password is made. At the first sign-in the person chooses a password and sets up an authenticator app or a passkey.',
    loginIdHint: 'Small letters and digits, at least two, such as yamada',
    submit: 'Add',
    faults: {
      'login-id-malformed':
        'A login ID begins with a small letter or digit and has 2 to 64 characters (. _ - are fine, too).',
      'login-id-taken': 'This login ID is in use already.',
      'name-missing': 'Enter the name.',
      'role-missing': 'Choose a role.',
    },
  },
  roleHints: {
    agent: 'Helps customers.',
    supervisor: 'Helps customers, and approves what somebody else asked for.',
    auditor: 'Sees everything and changes nothing; reads the audit log.',
    admin: 'Does what a supervisor does, and keeps staff and partners.',
  },
  handedOver: {
    title: 'One-time password',
    lead: (until) => `Hand it to the person by another way than the login ID. It works until ${until}.`,
    once: 'It is not shown again once you leave this page. If it is lost, let the person sign in anew: that makes another.',
  },
  change: {
    role: 'Change the role',
    roleSubmit: 'Change the role',
    signIn: 'Signing in',
    account: 'Account',
    titles: { close: 'Close the account', reopen: 'Open the account again', reset: 'Let the person sign in anew' },
    leads: {
      close: 'The person is signed out at once and cannot come in again. What they did stays on record.',
      reopen: 'A one-time password is made. Authenticator app and passkeys are set up anew.',
      reset:
        'For a lost phone or a forgotten password. The present password, authenticator app and passkeys no longer work, and the person is signed out at once.',
    },
    done: {
      added: 'Added.',
      role: 'The role is changed. It counts at once.',
      close: 'The account is closed.',
      reopen: 'The account is open again.',
      reset: 'The person can sign in anew.',
    },
    faults: {
      'not-admin': 'Accounts of staff are changed by admins.',
      'own-sign-in': 'You change how you sign in under “Your account”.',
      'nothing-changes': 'It is so already.',
      'is-closed': 'Open a closed account again before you change it.',
      'last-admin': 'No other admin could sign in. Have another admin first.',
    },
    own: 'This is your own account. You change password, authenticator app and passkeys under “Your account”.',
  },
};

/** Words of the pages where an admin keeps the accounts. */
export const accountsText = catalogue(ja, en);
