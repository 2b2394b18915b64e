import type { Words } from '../../base/language.ts';

/** An empty name: LINE did not tell it. */
const called = (name: string) => (name ? `${name}さん、` : '');

/** What the official account says by itself. */
export const words = {
  welcome: {
    ja: (name: string, operator: string) =>
      `${called(name)}友だち追加ありがとうございます。${operator}の公式アカウントです。`,
    en: (name: string, operator: string) => `${name ? `${name}, thank` : 'Thank'} you for adding ${operator}.`,
  },
  welcomeBack: {
    ja: (name: string, operator: string) => `${called(name)}おかえりなさい。${operator}の公式アカウントです。`,
    en: (name: string, operator: string) => `${name ? `${name}, welcome` : 'Welcome'} back to ${operator}.`,
  },
  linkingTitle: { ja: () => '連携すると、できること', en: () => 'What linking brings' },
  contractorLinkBrings: {
    ja: () => '契約者連携：マイページをパスワードなしで開けます。',
    en: () => 'Link contract: My Page opens without a password.',
  },
  userLinkBrings: {
    ja: () => '利用者連携：データ残量の確認とプレゼントが、このトークでできます。',
    en: () => 'Link my phone: see the data left and give data, right here.',
  },
  linkingLater: {
    ja: () => '連携は、いつでも解除できます。',
    en: () => 'You can undo a link at any time.',
  },
  linkedAlready: {
    ja: () => '連携はそのまま使えます。下のメニューからどうぞ。',
    en: () => 'Your links are as you left them. Choose from the menu below.',
  },
  shortMenu: { ja: () => 'ご用件を選んでください。', en: () => 'What would you like to do?' },
  languageChosen: {
    ja: () => 'これからは日本語でご案内します。ご用件を選んでください。',
    en: () => 'We answer in English from now on. What would you like to do?',
  },
  notUnderstood: {
    ja: () => 'すみません、うまく聞き取れませんでした。ご用件を下から選んでください。',
    en: () => "Sorry, I didn't understand that. Please choose below what you would like to do.",
  },
  greeted: {
    ja: () => 'ご連絡ありがとうございます。ご用件がありましたら、下から選ぶか、そのままお書きください。',
    en: () => 'Hello! If there is anything you need, choose below or write it in your own words.',
  },
  thanked: {
    ja: () => 'どういたしまして。また、いつでもどうぞ。',
    en: () => "You're welcome. We are here whenever you need us.",
  },
  notInGroupsTitle: { ja: () => 'グループではお答えできません', en: () => 'Not in groups' },
  notInGroups: {
    ja: () =>
      'ご契約の情報を、ほかの方に見られないようにするためです。1対1のトークでご利用ください。このグループからは退出します。',
    en: () => 'To keep your contract private, this account only talks one to one. It now leaves this group.',
  },
  toOwnTalk: { ja: () => '1対1のトークを開く', en: () => 'Open my own talk' },
  failed: {
    ja: (phone: string) =>
      `申し訳ありません。うまく処理できませんでした。少し時間をおいて、もう一度お試しください。お急ぎのときは ${phone} までお電話ください。`,
    en: (phone: string) =>
      `Sorry, something went wrong on our side. Please try again in a little while, or call ${phone} if it is urgent.`,
  },
} satisfies Record<string, Words | Words<[string]> | Words<[string, string]>>;

/** What stands on the bar under the talk; at most 14 characters. */
export const chatBarText = { ja: 'メニュー', en: 'Menu' } as const;
