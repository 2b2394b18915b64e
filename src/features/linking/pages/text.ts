import type { Language } from '../../../base/language.ts';
import type { LinkProofFault } from '../deps.ts';
import type { ContractorProofFault } from '../prove-contractor.ts';

/** The words of the link pages. Why a link code does not work is told by help.ts. */
export interface PageText {
  contractorTitle: string;
  userTitle: string;
  contractorLead: string;
  userLead: string;
  account: string;
  accountIs: (name: string) => string;
  unnamed: string;
  notYourAccount: string;
  loginId: string;
  password: string;
  code: string;
  codeHint: string;
  submit: string;
  undoTitle: string;
  canUndo: string;
  nextStep: string;
  forgotten: (phone: string, from: string, to: string) => string;
  forgottenLink: string;
  helpLink: string;
  helpTitle: string;
  helpLead: string;
  present: string;
  missing: { loginId: string; password: string };
  oneTimeCode: string;
  oneTimeCodeHint: string;
  contractorFault: Record<Exclude<ContractorProofFault, 'page-expired' | 'opened-elsewhere'>, string>;
  second: {
    title: string;
    lead: string;
    tap: string;
    tapLead: string;
    tapSubmit: string;
    tapAsked: string;
    tapGoOn: string;
    passkey: string;
    passkeySubmit: string;
    faults: Record<LinkProofFault, string>;
    otherwise: (phone: string) => string;
  };
  until: (moment: string) => string;
  from: (moment: string) => string;
  expiredTitle: string;
  elsewhereTitle: string;
  fresh: string;
  freshHint: string;
  contractorWord: string;
  userWord: string;
  doneTitle: { contractor: string; user: string };
  doneLead: { contractor: string; user: string };
  linkedCode: string;
  backToTalk: string;
  myPage: string;
  failedTitle: string;
}

const ja: PageText = {
  contractorTitle: '契約者連携',
  userTitle: '利用者連携',
  contractorLead: 'マイページのログインIDとパスワードを入力してください。',
  userLead: 'ご契約者から受け取った16桁の利用コードを入力してください。',
  account: '連携するLINE',
  accountIs: (name) => `${name}さん`,
  unnamed: 'このトークを開いた方のLINE',
  notYourAccount: 'ご自分のLINEでない場合は、入力せずにこのページを閉じてください。',
  loginId: 'ログインID',
  password: 'パスワード',
  code: '利用コード',
  codeHint: '16桁の数字です。空白やハイフンが入っていても、そのまま貼り付けられます。',
  submit: '連携する',
  undoTitle: 'いつでも解除できます',
  canUndo: 'トークで「解除」と送るか、マイページの「LINE連携」からどうぞ。',
  nextStep: '「連携する」を押すと、LINEの確認画面が開きます。確認が済むと連携が完了します。',
  forgotten: (phone, from, to) =>
    `ログインIDやパスワードがわからないときは、${phone}（${from}〜${to}）へお電話ください。`,
  forgottenLink: 'メールでパスワードを再設定する',
  helpLink: '利用コードが使えないとき',
  helpTitle: '利用コードが使えないとき',
  helpLead: '表示された内容に近いものをご覧ください。',
  present: 'このLINEと連携済みの利用コード',
  missing: { loginId: 'ログインIDを入力してください。', password: 'パスワードを入力してください。' },
  oneTimeCode: '認証アプリのコード',
  oneTimeCodeHint: '6桁の数字、または予備コードです。',
  contractorFault: {
    'wrong-id-or-password': 'ログインIDまたはパスワードが違います。',
    'too-many-tries': '間違いが続いたため、しばらく入力できません。',
    'linked-here-already': 'このご契約は、すでにこのLINEと連携されています。',
    'contractor-has-enough':
      'このご契約と連携できるLINEの数を超えています。マイページの「LINE連携」で、使わない連携を解除してください。',
    'line-account-has-enough':
      'このLINEで連携できるご契約の数を超えています。トークで「解除」と送り、使わない連携を解除してください。',
  },
  second: {
    title: 'もう一つの確認',
    lead: 'パスワードは正しく入力されました。ほかの人が連携できないように、もう一つ確認します。',
    tap: '連携しているLINEで確認',
    tapLead: 'すでに連携しているLINEのトークに「はい、わたしです」のボタンを送ります。',
    tapSubmit: 'トークに送る',
    tapAsked: 'すでに連携しているLINEのトークで「はい、わたしです」を押してから、ここで「つづける」を押してください。',
    tapGoOn: 'つづける',
    passkey: 'パスキーで確認',
    passkeySubmit: '指紋・顔・画面のロックで確認する',
    faults: {
      'not-yet': 'まだ「はい、わたしです」が押されていません。',
      'wrong-code': '確認できませんでした。コードが違うか、もう使われています。次に表示されるコードでお試しください。',
      'too-many-tries': 'お試しが続いたため、しばらく受け付けられません。',
    },
    otherwise: (phone) => `どれも使えないときは、${phone}へお電話ください。`,
  },
  until: (moment) => `${moment}以降に、もう一度お試しください。`,
  from: (moment) => `開通予定：${moment}`,
  expiredTitle: 'ページの有効時間が過ぎました',
  elsewhereTitle: 'この画面では連携できません',
  fresh: 'トークからもう一度はじめる',
  freshHint: 'トークが開いたら、入っている文字をそのまま送ってください。メニューから押しても同じです。',
  contractorWord: '契約者連携',
  userWord: '利用者連携',
  doneTitle: { contractor: '契約者連携が完了しました', user: '利用者連携が完了しました' },
  doneLead: {
    contractor: 'マイページが、メニューからパスワードなしで開くようになりました。',
    user: 'データ残量の確認とデータプレゼントが、トークでできるようになりました。',
  },
  linkedCode: '連携済み利用コード',
  backToTalk: 'トークにもどる',
  myPage: 'マイページをひらく',
  failedTitle: '連携できませんでした',
};

const en: PageText = {
  contractorTitle: 'Contractor link',
  userTitle: 'User link',
  contractorLead: 'Please enter the login ID and password of My Page.',
  userLead: 'Please enter the 16-digit link code you received from the contractor.',
  account: 'LINE account to be linked',
  accountIs: (name) => name,
  unnamed: 'the LINE account this talk belongs to',
  notYourAccount: 'If this is not your own LINE account, please enter nothing and close this page.',
  loginId: 'Login ID',
  password: 'Password',
  code: 'Link code',
  codeHint: '16 digits. You can paste it as it is, blanks and hyphens included.',
  submit: 'Link',
  undoTitle: 'You can undo it at any time',
  canUndo: 'Send "unlink" in the talk, or use "LINE links" on My Page.',
  nextStep: 'After "Link", LINE asks you to confirm. The link is made once you have.',
  forgotten: (phone, from, to) =>
    `If you do not know your login ID or password, please call ${phone} (${from} to ${to}).`,
  forgottenLink: 'Set a new password by mail',
  helpLink: 'When a link code does not work',
  helpTitle: 'When a link code does not work',
  helpLead: 'Find what comes closest to the message you saw.',
  present: 'Link codes linked to this LINE account',
  missing: { loginId: 'Enter your login ID.', password: 'Enter your password.' },
  oneTimeCode: 'Code of your authenticator app',
  oneTimeCodeHint: 'Six digits, or a recovery code.',
  contractorFault: {
    'wrong-id-or-password': 'The login ID or the password is wrong.',
    'too-many-tries': 'There were too many wrong tries, so none can be made for a while.',
    'linked-here-already': 'This contract is linked to this LINE account already.',
    'contractor-has-enough':
      'This contract has all the LINE accounts it can have. Please undo one you do not need under "LINE links" on My Page.',
    'line-account-has-enough':
      'This LINE account has all the contracts it can have. Send "unlink" in the talk and undo one you do not need.',
  },
  second: {
    title: 'One more check',
    lead: 'The password was right. So that nobody else can link your contract, please show once more that it is you.',
    tap: 'By the LINE account that is linked',
    tapLead: 'We send the button "Yes, it\'s me" into the talk that is linked already.',
    tapSubmit: 'Send it to the talk',
    tapAsked: 'Press "Yes, it\'s me" in the talk that is linked already, then "Continue" here.',
    tapGoOn: 'Continue',
    passkey: 'By a passkey',
    passkeySubmit: 'Use fingerprint, face or screen lock',
    faults: {
      'not-yet': '"Yes, it\'s me" has not been pressed yet.',
      'wrong-code': 'That did not work: the code is wrong or has been used. Please use the next code shown.',
      'too-many-tries': 'There were too many tries, so none can be made for a while.',
    },
    otherwise: (phone) => `If you have none of these any more, please call ${phone}.`,
  },
  until: (moment) => `Please try again after ${moment}.`,
  from: (moment) => `It opens on ${moment}.`,
  expiredTitle: 'The time of this page is over',
  elsewhereTitle: 'This page cannot link here',
  fresh: 'Start again from the talk',
  freshHint: 'When the talk opens, send the words that are filled in. The menu does the same.',
  contractorWord: 'contractor link',
  userWord: 'user link',
  doneTitle: { contractor: 'Contractor link complete', user: 'User link complete' },
  doneLead: {
    contractor: 'My Page now opens from the menu without a password.',
    user: 'You can now see the data left in the talk, and give and receive data.',
  },
  linkedCode: 'Linked link code',
  backToTalk: 'Back to the talk',
  myPage: 'Open My Page',
  failedTitle: 'Not linked',
};

export function pageText(language: Language): PageText {
  return language === 'ja' ? ja : en;
}
