import { catalogue } from '../../base/language.ts';
import type { PasswordFault } from '../../base/password-policy.ts';
import type { PublicNameFault } from './rules/public-name.ts';

const ja = {
  password: {
    wanted: '新しいパスワード',
    wantedHint: '8文字以上。ほかで使っていないものにしてください。',
    missing: '現在のパスワードと新しいパスワードを入力してください。',
    faults: {
      'password-too-short': 'パスワードは8文字以上にしてください。',
      'password-too-long': 'パスワードは200文字以内にしてください。',
      'password-like-login-id': 'ログインIDと同じもの、くり返したものは使えません。',
      'password-common':
        'よく使われる言葉や、それに数字や記号を足しただけのパスワードは、推測されやすいため使えません。',
    } satisfies Record<PasswordFault, string>,
  },
  codes: {
    scan: '認証アプリで、このQRコードを読み取ってください。',
    qrLabel: '認証アプリに登録するQRコード',
    typed: '読み取れないときは、この文字を認証アプリに入力してください。',
    submit: '登録する',
    wrong: 'コードが違います。認証アプリにいま表示されている6桁の数字を入力してください。',
  },
  first: {
    title: 'はじめてのログイン',
    lead: (name: string) =>
      `${name} さん、ようこそ。はじめに、ご自分のパスワードを決めてください。お渡しした仮のパスワードは使えなくなります。`,
    next: '次へ',
    over: '時間がたったか、仮のパスワードがもう使えません。はじめからお試しください。',
    stepTitle: '二つめの確認の準備',
    stepLead:
      '管理画面に入るには、パスワードのほかに、認証アプリのコードかパスキーが必要です。どちらかを登録してください。',
    codes: '認証アプリ',
    passkey: 'パスキー',
    passkeyLead: '指紋や顔、画面のロックで入れます。',
    passkeySubmit: 'パスキーを登録する',
  },
  confirm: {
    title: 'ご本人の確認',
    lead: '大切な変更の前に、もう一度確認します。',
    submit: '確認する',
    passkey: 'パスキーで確認',
  },
  account: {
    title: '自分のアカウント',
    hint: 'パスワード、認証アプリ、パスキー、ログイン中の端末。',
    loginId: 'ログインID',
    role: '役割',
    publicName: 'お客さまに見える名前',
    publicNameLead: 'お客さまとのトークで、あなたのことばの上に出ます。決めなければ「担当者」と出ます。',
    publicNameLabel: 'お客さまに見える名前',
    publicNameHint: '20文字まで。名字だけでも、あだ名でもかまいません。空にすると「担当者」になります。',
    savePublicName: '保存する',
    publicNameFaults: {
      'too-long': '20文字までで入力してください。',
      'names-line': '「LINE」を含む名前は、LINEでは使えません。',
    } satisfies Record<PublicNameFault, string>,
    password: 'パスワード',
    passwordLead: '変えると、ほかの端末はログアウトします。',
    changePassword: 'パスワードを変える',
    codes: '認証アプリ',
    codesOn: '登録してあります。スマートフォンを替えるときは、先に登録し直してください。',
    codesOff: '登録していません。パスキーだけでログインしています。',
    renewCodes: '登録し直す',
    setCodes: '登録する',
    passkeys: 'パスキー',
    passkeysLead: (count: number) => (count === 0 ? '登録していません。' : `${count}個登録してあります。`),
    managePasskeys: 'パスキーを見る',
    devices: 'ログイン中の端末',
    devicesLead: '心当たりのない端末があれば、ログアウトさせて、パスワードを変えてください。',
    thisDevice: 'この端末',
    lastSeen: '最後の利用',
    signedIn: 'ログイン',
    signOut: 'ログアウトさせる',
    signOutOthers: 'この端末以外をすべてログアウト',
    done: {
      password: 'パスワードを変えました。ほかの端末はログアウトしました。',
      codes: '認証アプリを登録しました。ほかの端末はログアウトしました。',
      'public-name': 'お客さまに見える名前を変えました。',
      'signed-out': 'ログアウトさせました。',
    },
  },
  changePassword: {
    title: 'パスワードを変える',
    lead: '変えると、ほかの端末はログアウトします。',
    present: '現在のパスワード',
    submit: '変える',
    wrong: '現在のパスワードが違います。',
  },
  changeCodes: {
    title: '認証アプリを登録する',
    lead: '登録すると、これまでの認証アプリのコードは使えなくなり、ほかの端末はログアウトします。',
  },
  passkeys: {
    lead: '指紋や顔、画面のロックで、管理画面にログインできます。',
    add: 'パスキーを追加する',
    remove: '削除する',
    added: '登録',
    used: '最後の利用',
    never: 'まだ使われていません',
    none: 'パスキーはまだありません。',
    cannot: '追加のボタンが出ないブラウザーでは、パスキーは使えません。',
    failed:
      '追加できませんでした。この端末のパスキーがすでにあれば、追加はいりません。なければ、もう一度お試しください。',
    done: '保存しました。',
    lastFactor:
      '最後のパスキーは、先に認証アプリを登録してから削除してください。このままではログインできなくなります。',
  },
};

const en: typeof ja = {
  password: {
    wanted: 'New password',
    wantedHint: 'At least 8 characters, and used nowhere else.',
    missing: 'Enter your present password and the new one.',
    faults: {
      'password-too-short': 'The password needs at least 8 characters.',
      'password-too-long': 'The password may have at most 200 characters.',
      'password-like-login-id': 'The login ID, also repeated, cannot be the password.',
      'password-common':
        'A well-known word, or one with just digits or signs added, is easily guessed: please choose something else.',
    },
  },
  codes: {
    scan: 'Scan this QR code with your authenticator app.',
    qrLabel: 'QR code for the authenticator app',
    typed: 'If you cannot scan it, type these letters into the app.',
    submit: 'Set up',
    wrong: 'The code is wrong. Enter the six digits the app shows now.',
  },
  first: {
    title: 'Your first sign-in',
    lead: (name) =>
      `Welcome, ${name}. First choose a password of your own; the one you were given then no longer works.`,
    next: 'Next',
    over: 'Time has run out, or the one-time password no longer works. Please start again.',
    stepTitle: 'Your second step',
    stepLead:
      'Besides the password the console asks for a code of an authenticator app, or a passkey. Please set up one of them.',
    codes: 'Authenticator app',
    passkey: 'Passkey',
    passkeyLead: 'Sign in by fingerprint, face or screen lock.',
    passkeySubmit: 'Set up a passkey',
  },
  confirm: {
    title: 'Is it you?',
    lead: 'Before something that matters we ask once more.',
    submit: 'Confirm',
    passkey: 'Confirm with a passkey',
  },
  account: {
    title: 'Your account',
    hint: 'Password, authenticator app, passkeys, signed-in devices.',
    loginId: 'Login ID',
    role: 'Role',
    publicName: 'Name shown to customers',
    publicNameLead: 'It stands above what you say in a talk. Without one it says “Our staff”.',
    publicNameLabel: 'Name shown to customers',
    publicNameHint: 'At most 20 characters; a first name or another name will do. Leave it empty for “Our staff”.',
    savePublicName: 'Save',
    publicNameFaults: {
      'too-long': 'Type at most 20 characters.',
      'names-line': 'LINE does not allow names with “LINE” in them.',
    },
    password: 'Password',
    passwordLead: 'Changing it signs out your other devices.',
    changePassword: 'Change the password',
    codes: 'Authenticator app',
    codesOn: 'Set up. Before you change your phone, set it up again here.',
    codesOff: 'Not set up. You sign in with a passkey only.',
    renewCodes: 'Set up again',
    setCodes: 'Set up',
    passkeys: 'Passkeys',
    passkeysLead: (count) =>
      count === 0 ? 'You have none.' : count === 1 ? 'You have one.' : `You have ${count} of them.`,
    managePasskeys: 'See passkeys',
    devices: 'Signed-in devices',
    devicesLead: 'If one is not yours, sign it out and change your password.',
    thisDevice: 'this device',
    lastSeen: 'Last used',
    signedIn: 'Signed in',
    signOut: 'Sign out',
    signOutOthers: 'Sign out all other devices',
    done: {
      password: 'Your password is changed. Your other devices are signed out.',
      codes: 'Your authenticator app is set up. Your other devices are signed out.',
      'public-name': 'The name shown to customers is changed.',
      'signed-out': 'Signed out.',
    },
  },
  changePassword: {
    title: 'Change the password',
    lead: 'Your other devices will be signed out.',
    present: 'Present password',
    submit: 'Change',
    wrong: 'The present password is wrong.',
  },
  changeCodes: {
    title: 'Set up an authenticator app',
    lead: 'Codes of the app you used until now will no longer work, and your other devices will be signed out.',
  },
  passkeys: {
    lead: 'Sign in to the console by fingerprint, face or screen lock.',
    add: 'Add a passkey',
    remove: 'Remove',
    added: 'Added',
    used: 'Last used',
    never: 'Not used yet',
    none: 'You have no passkey yet.',
    cannot: 'In a browser that shows no button to add one, passkeys cannot be used.',
    failed:
      'It could not be added. If this device has its passkey here already, it needs no other. If not, please try again.',
    done: 'Saved.',
    lastFactor: 'Set up an authenticator app before you remove the last passkey, or you could not sign in any more.',
  },
};

/** Words of the first sign-in, of confirming, and of one's own account. */
export const ownText = catalogue(ja, en);
