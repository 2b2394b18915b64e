import { catalogue } from '../../base/language.ts';
import type { ProofPurpose } from '../../infra/http/session-rules.ts';

/** What can change about how a contractor signs in. */
export type Change =
  | 'password-changed'
  | 'password-reset'
  | 'code-on'
  | 'code-off'
  | 'recovery-renewed'
  | 'recovery-used'
  | 'passkey-added'
  | 'passkey-removed';

/** A LINE account was linked or unlinked: told by mail, since the talk may be the thief's. */
export type LinkChange = 'line-linked' | 'line-unlinked';

const ja = {
  changed: {
    'password-changed': 'マイページのパスワードが変更されました。ほかの端末はログアウトされています。',
    'password-reset': 'マイページのパスワードが再設定されました。すべての端末がログアウトされています。',
    'code-on': 'マイページに、認証アプリのコードが設定されました。',
    'code-off': 'マイページの、認証アプリのコードが解除されました。',
    'recovery-renewed': 'マイページの予備コードが作り直されました。前の予備コードはもう使えません。',
    'recovery-used': 'マイページの予備コードが1つ使われました。',
    'passkey-added': 'マイページにパスキーが追加されました。',
    'passkey-removed': 'マイページのパスキーが削除されました。',
  } satisfies Record<Change, string>,
  linkChanged: {
    'line-linked': (name) => `LINEアカウント「${name}」が、あなたのご契約と連携されました。`,
    'line-unlinked': (name) => `LINEアカウント「${name}」との連携が解除されました。`,
  } satisfies Record<LinkChange, (name: string) => string>,
  somebody: '名前なし',
  notYou: (phone: string) => `お心当たりがないときは、すぐに${phone}へお電話ください。`,
  mail: {
    frame: (name: string, body: string, operator: string) =>
      `${name} 様\n\n${body}\n\n${operator}\nこのメールには返信できません。`,
    changedSubject: (operator: string) => `【${operator}】ログインの設定が変わりました`,
    linkSubject: (operator: string) => `【${operator}】LINEとの連携が変わりました`,
    resetSubject: (operator: string) => `【${operator}】パスワードの再設定`,
    reset: (url: string) =>
      `パスワードを再設定するには、30分以内に次のリンクを開いてください。一度だけ使えます。\n\n${url}\n\nお心当たりがないときは、このメールは無視してください。何も変わりません。`,
    codeSubject: (operator: string, code: string) => `【${operator}】確認コード ${code}`,
    code: (code: string) =>
      `確認コードは ${code} です。5分以内に、いま開いているマイページの画面に入力してください。\n\nだれにも教えないでください。お心当たりがないときは、パスワードを知られているかもしれません。すぐに変更してください。`,
  },
  tap: {
    title: 'ご本人の確認',
    body: (what: string) => `マイページで、${what}をしようとしています。あなたですか？ 5分以内にお答えください。`,
    newLink: (name: string) => `LINEアカウント「${name}」との連携`,
    purposes: {
      'link-code': '利用コードの表示',
      contact: '利用者やメールアドレスの変更',
      'sign-in': 'ログイン方法の変更',
      leave: '解約・転出の手続き',
      links: 'LINE連携の解除',
      'new-link': '別のLINEアカウントとの連携',
      payment: 'お支払い方法の変更',
      money: '料金やポイントの手続き',
      'my-data': '保管しているデータの受け取り',
      other: '大切な操作',
    } satisfies Record<ProofPurpose, string>,
    yes: 'はい、わたしです',
    no: 'いいえ、ちがいます',
    thanks: 'ありがとうございます。マイページの画面に戻って「つづける」を押してください。',
    stopped:
      'その端末をログアウトしました。パスワードを知られているかもしれません。マイページの「パスワードをお忘れのとき」から、新しいパスワードにしてください。',
    stoppedLink:
      '連携しませんでした。パスワードを知られているかもしれません。マイページの「パスワードをお忘れのとき」から、新しいパスワードにしてください。',
    over: 'この確認は、もう終わっています。',
  },
};

const en: typeof ja = {
  changed: {
    'password-changed': 'Your My Page password was changed. Your other devices have been signed out.',
    'password-reset': 'Your My Page password was set anew. All your devices have been signed out.',
    'code-on': 'Codes of an authenticator app were turned on for My Page.',
    'code-off': 'Codes of an authenticator app were turned off for My Page.',
    'recovery-renewed': 'New recovery codes were made for My Page. The ones before no longer work.',
    'recovery-used': 'One of your recovery codes for My Page was used.',
    'passkey-added': 'A passkey was added to My Page.',
    'passkey-removed': 'A passkey was removed from My Page.',
  },
  linkChanged: {
    'line-linked': (name) => `The LINE account "${name}" was linked to your contract.`,
    'line-unlinked': (name) => `The LINE account "${name}" is no longer linked to your contract.`,
  },
  somebody: 'without a name',
  notYou: (phone) => `If this was not you, please call ${phone} at once.`,
  mail: {
    frame: (name, body, operator) => `Dear ${name},\n\n${body}\n\n${operator}\nPlease do not answer this mail.`,
    changedSubject: (operator) => `${operator}: how you sign in has changed`,
    linkSubject: (operator) => `${operator}: your LINE links have changed`,
    resetSubject: (operator) => `${operator}: set a new password`,
    reset: (url) =>
      `To set a new password, open this link within 30 minutes. It works once.\n\n${url}\n\nIf you did not ask for it, ignore this mail. Nothing changes.`,
    codeSubject: (operator, code) => `${operator}: your code is ${code}`,
    code: (code) =>
      `Your code is ${code}. Type it within 5 minutes on the My Page you have open.\n\nTell it to nobody. If you did not ask for it, somebody may know your password: please change it at once.`,
  },
  tap: {
    title: 'Is it you?',
    body: (what) => `Somebody is about to ${what} on My Page. Is it you? Please answer within 5 minutes.`,
    newLink: (name) => `link the LINE account "${name}"`,
    purposes: {
      'link-code': 'see a link code',
      contact: 'change a user or your mail address',
      'sign-in': 'change how you sign in',
      leave: 'cancel or take a number along',
      links: 'undo a LINE link',
      'new-link': 'link another LINE account',
      payment: 'change how you pay',
      money: 'see or change bills and points',
      'my-data': 'get what we keep about you',
      other: 'do something important',
    },
    yes: "Yes, it's me",
    no: 'No, not me',
    thanks: 'Thank you. Go back to My Page and press "Continue".',
    stopped:
      'That device has been signed out. Somebody may know your password: please set a new one by "Forgotten your password?" on My Page.',
    stoppedLink:
      'It was not linked. Somebody may know your password: please set a new one by "Forgotten your password?" on My Page.',
    over: 'This question is closed already.',
  },
};

export const noticeText = catalogue(ja, en);
