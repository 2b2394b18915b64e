import { catalogue } from '../../base/language.ts';
import type { ContractorLinkFault } from './rules/contractor-link.ts';
import type { FoundFault } from './rules/redeem.ts';

/** Why a link that LINE reported was not made after all. */
export type BindFailure = 'other-account' | 'nonce-expired' | FoundFault | ContractorLinkFault;

/** What concerned people are told; each says what to do when it was not expected. */
export interface Notices {
  contractorLinked: (who: string) => string;
  contractorUnlinked: (who: string) => string;
  yourContractorUnlinked: string;
  userLinked: (subscription: string, who: string) => string;
  userUnlinked: (subscription: string, who: string) => string;
  yourUserUnlinked: (subscription: string) => string;
  replaced: (subscription: string) => string;
  codeReissued: (subscription: string) => string;
  codeRevealed: (subscription: string) => string;
  notYou: (phone: string) => string;
}

const ja = {
  contractorLink: '契約者連携',
  userLink: '利用者連携',
  unlink: '連携を解除する',
  myPage: 'マイページ',
  again: 'もう一度ひらく',
  keep: 'このままにする',
  kept: '連携はそのままです。',
  balance: 'データ残量確認',
  gifts: 'データプレゼント',
  /** A contractor has My Page, too. */
  canUndo: {
    contractor: '連携はいつでも解除できます。このトークで「解除」と送るか、マイページの「LINE連携」からどうぞ。',
    user: '連携はいつでも解除できます。このトークで「解除」と送ってください。',
  },
  chooseLink: {
    title: '連携',
    body: 'どちらの連携をしますか？\n\n契約者連携：ご契約者の方。マイページがパスワードなしで開きます。\n利用者連携：電話をお使いの方。残量の確認やプレゼントができます。',
  },
  openContractor: {
    alt: '契約者連携のページをひらきます。',
    title: '契約者連携',
    body: 'マイページのログインIDとパスワードで、このLINEとご契約を連携します。',
    button: '契約者連携をはじめる',
    minutes: 'ボタンは10分間使えます。過ぎたら、もう一度メニューから押してください。',
  },
  openUser: {
    alt: '利用者連携のページをひらきます。',
    title: '利用者連携',
    body: 'ご契約者から受け取った16桁の利用コードで、このLINEとお使いの回線を連携します。',
    button: '利用者連携をはじめる',
    minutes: 'ボタンは10分間使えます。過ぎたら、もう一度メニューから押してください。',
  },
  contractorLinked: {
    title: '契約者連携が完了しました',
    opened:
      'メニューの「マイページ」が、パスワードなしで開くようになりました。すべての回線のデータ残量も、このトークで見られます。',
  },
  contractorPresent: {
    title: '契約者連携は済んでいます',
    name: (name: string) => `${name} 様`,
    another: '別のご契約も連携する',
    full: (most: number) =>
      `1つのLINEで連携できるご契約は${most}件までです。別のご契約を連携するには、使わない連携を解除してください。`,
  },
  userLinked: {
    title: '利用者連携が完了しました',
    code: '連携済み利用コード',
    opened: 'このトークで、データ残量の確認とデータプレゼントができるようになりました。',
  },
  userPresent: {
    title: '連携済み',
    chosen: '選択中',
    choose: 'この回線を使う',
    another: '別の回線も連携する',
    full: (most: number) =>
      `1つのLINEで連携できる回線は${most}回線までです。別の回線を連携するには、使わない連携を解除してください。`,
  },
  chosen: (label: string) => `これからは「${label}」についてお答えします。`,
  notChosen: 'その回線は、このLINEと連携されていません。',
  notLinked: 'このLINEには、まだ連携がありません。',
  codeInTalk: '16桁の数字は、このトークに送っても使えません。利用コードは、次のボタンで開くページに入力してください。',
  unlinkList: {
    title: '連携の解除',
    body: '解除する連携を選んでください。',
    contractor: (name: string) => `契約者連携：${name}`,
    user: (whose: string) => `利用者連携：${whose}`,
  },
  sure: {
    contractor: '契約者連携を解除しますか？',
    user: '利用者連携を解除しますか？',
    loses: '解除すると、次のことができなくなります。',
    contractorLoses: ['マイページをパスワードなしで開くこと', 'ご契約についてのお知らせをこのLINEで受け取ること'],
    userLoses: [
      'データ残量をこのトークで見ること',
      'データプレゼントを贈る・受け取ること',
      'この回線について同意した年齢確認（同意は終わります）',
    ],
    yes: '解除する',
  },
  unlinked: {
    contractor: '契約者連携を解除しました。もう一度連携するときは、メニューの「契約者連携」からどうぞ。',
    user: '利用者連携を解除しました。もう一度連携するときは、メニューの「利用者連携」からどうぞ。',
  },
  failedTitle: '連携できませんでした',
  failure: {
    'other-account':
      '別の方のLINEでページが開かれたため、連携しませんでした。ご自分のトークのメニューから、もう一度はじめてください。ページのアドレスを人に送ったり、人から受け取ったりしないでください。',
    'nonce-expired': '時間が過ぎたため、連携しませんでした。もう一度メニューからはじめてください。',
    'unknown-or-superseded':
      '利用コードが再発行されたため、連携しませんでした。ご契約者に、いまの利用コードをお聞きください。',
    'not-open-yet': '回線がまだ開通していないため、連携しませんでした。開通後にもう一度お試しください。',
    ended: '回線のご利用が終了しているため、連携しませんでした。',
    'linked-here-already': 'この連携はすでに済んでいます。',
    'linked-elsewhere':
      'この回線は別のLINEと連携されています。ご契約者に利用コードの再発行をお願いし、新しいコードでお試しください。',
    'too-many-links': 'このLINEで連携できる回線の数を超えました。使わない連携を解除してから、もう一度お試しください。',
    'contractor-has-enough':
      'このご契約と連携できるLINEの数を超えました。マイページの「LINE連携」で使わない連携を解除してください。',
    'line-account-has-enough': 'このLINEで連携できるご契約の数を超えました。使わない連携を解除してください。',
  } satisfies Record<BindFailure, string>,
  subscription: (name: string, lastFour: string) => `${name} 様の回線（末尾${lastFour}）`,
  codeState: {
    linked: (code: string) => `このLINEは、利用コード ${code} で連携済みです。`,
    present: (whose: string, code: string, since: string) =>
      `${whose}のいまの利用コードは ${code}（${since}から）です。`,
  },
  somebody: 'どなたか',
  notice: {
    contractorLinked: (who: string) => `あなたのご契約に、${who}さんのLINEが契約者連携されました。`,
    contractorUnlinked: (who: string) => `あなたのご契約と${who}さんのLINEとの契約者連携が解除されました。`,
    yourContractorUnlinked: 'このLINEの契約者連携が解除されました。',
    userLinked: (subscription: string, who: string) => `${subscription}に、${who}さんのLINEが利用者連携されました。`,
    userUnlinked: (subscription: string, who: string) =>
      `${subscription}と${who}さんのLINEとの利用者連携が解除されました。`,
    yourUserUnlinked: (subscription: string) => `${subscription}との利用者連携が解除されました。`,
    replaced: (subscription: string) =>
      `${subscription}が新しい利用コードで別のLINEに連携されたため、このLINEとの利用者連携は終わりました。`,
    codeReissued: (subscription: string) =>
      `${subscription}の利用コードが再発行されました。前のコードはもう使えません。`,
    codeRevealed: (subscription: string) => `${subscription}の利用コードが、マイページで表示されました。`,
    notYou: (phone: string) => `お心当たりがない場合は、${phone} へご連絡ください。`,
  },
};

const en: typeof ja = {
  contractorLink: 'Contractor link',
  userLink: 'User link',
  unlink: 'Undo a link',
  myPage: 'My Page',
  again: 'Open again',
  keep: 'Keep it',
  kept: 'The link stays as it is.',
  balance: 'Data left',
  gifts: 'Data gifts',
  canUndo: {
    contractor: 'You can undo the link at any time: send "unlink" here, or use "LINE links" on My Page.',
    user: 'You can undo the link at any time: send "unlink" here.',
  },
  chooseLink: {
    title: 'Linking',
    body: 'Which link would you like?\n\nContractor link: for the person who holds the contract. Opens My Page without a password.\nUser link: for the person who carries the phone. Shows the data left and lets you give data.',
  },
  openContractor: {
    alt: 'Opens the page for the contractor link.',
    title: 'Contractor link',
    body: 'Link this LINE account to your contract with your My Page login ID and password.',
    button: 'Start',
    minutes: 'The button works for 10 minutes. After that, tap the menu again.',
  },
  openUser: {
    alt: 'Opens the page for the user link.',
    title: 'User link',
    body: 'Link this LINE account to your subscription with the 16-digit link code from the contractor.',
    button: 'Start',
    minutes: 'The button works for 10 minutes. After that, tap the menu again.',
  },
  contractorLinked: {
    title: 'Contractor link complete',
    opened:
      'My Page in the menu now opens without a password, and this talk shows the data left of all your subscriptions.',
  },
  contractorPresent: {
    title: 'Contractor link is in place',
    name: (name) => name,
    another: 'Link another one',
    full: (most) =>
      `One LINE account can be linked to ${most} contracts. To link another, undo a link you do not need.`,
  },
  userLinked: {
    title: 'User link complete',
    code: 'Linked link code',
    opened: 'You can now see the data left in this talk, and give and receive data.',
  },
  userPresent: {
    title: 'Linked',
    chosen: 'chosen',
    choose: 'Use this one',
    another: 'Link another one',
    full: (most) =>
      `One LINE account can be linked to ${most} subscriptions. To link another, undo a link you do not need.`,
  },
  chosen: (label) => `From now on we answer for "${label}".`,
  notChosen: 'That subscription is not linked to this LINE account.',
  notLinked: 'This LINE account has no link yet.',
  codeInTalk:
    'Sixteen digits sent in this talk do nothing. Please enter a link code on the page that the next button opens.',
  unlinkList: {
    title: 'Undo a link',
    body: 'Which link shall be undone?',
    contractor: (name) => `Contract: ${name}`,
    user: (whose) => `User link: ${whose}`,
  },
  sure: {
    contractor: 'Undo the contractor link?',
    user: 'Undo the user link?',
    loses: 'You will lose:',
    contractorLoses: ['opening My Page without a password', 'notices about your contract in this talk'],
    userLoses: [
      'seeing the data left in this talk',
      'giving and receiving data',
      'the age proofs you agreed to for this subscription (your consents end)',
    ],
    yes: 'Undo the link',
  },
  unlinked: {
    contractor: 'The contractor link is undone. To link again, tap "Contractor link" in the menu.',
    user: 'The user link is undone. To link again, tap "User link" in the menu.',
  },
  failedTitle: 'Not linked',
  failure: {
    'other-account':
      "The page was opened in another person's LINE, so nothing was linked. Please start again from the menu of your own talk, and never pass the page's address on.",
    'nonce-expired': 'The time was over, so nothing was linked. Please start again from the menu.',
    'unknown-or-superseded':
      'The link code has been re-issued, so nothing was linked. Please ask the contractor for the present code.',
    'not-open-yet': 'The subscription is not open yet. Please try again once it is.',
    ended: 'The subscription has ended, so nothing was linked.',
    'linked-here-already': 'This link is already in place.',
    'linked-elsewhere':
      'The subscription is linked to another LINE account. Please ask the contractor to re-issue the link code and use the new one.',
    'too-many-links': 'This LINE account has all the user links it can have. Please undo one first.',
    'contractor-has-enough':
      'The contract has all the LINE accounts it can have. Please undo one under "LINE links" on My Page.',
    'line-account-has-enough': 'This LINE account has all the contracts it can have. Please undo one first.',
  },
  subscription: (name, lastFour) => `${name}'s subscription (ending ${lastFour})`,
  codeState: {
    linked: (code) => `This LINE account is linked with the link code ${code}.`,
    present: (whose, code, since) => `The present link code of ${whose} is ${code} (since ${since}).`,
  },
  somebody: 'somebody',
  notice: {
    contractorLinked: (who) => `The LINE account of ${who} has been linked to your contract.`,
    contractorUnlinked: (who) =>
      `The contractor link between your contract and the LINE account of ${who} has been undone.`,
    yourContractorUnlinked: 'The contractor link of this LINE account has been undone.',
    userLinked: (subscription, who) => `The LINE account of ${who} has been linked to ${subscription}.`,
    userUnlinked: (subscription, who) =>
      `The user link between ${subscription} and the LINE account of ${who} has been undone.`,
    yourUserUnlinked: (subscription) => `The user link to ${subscription} has been undone.`,
    replaced: (subscription) =>
      `${subscription} has been linked to another LINE account with a new link code, so the user link of this account has ended.`,
    codeReissued: (subscription) =>
      `The link code of ${subscription} has been re-issued. The old code no longer works.`,
    codeRevealed: (subscription) => `The link code of ${subscription} was shown on My Page.`,
    notYou: (phone) => `If you did not expect this, please call ${phone}.`,
  },
};

export type TalkText = typeof ja;

/** What linking says in a talk. Pages have their own words. */
export const talkText = catalogue(ja, en);

/** Whether a stored failure is one we have words for. */
export function isBindFailure(failure: string): failure is BindFailure {
  return Object.hasOwn(ja.failure, failure);
}
