import { catalogue } from '../../base/language.ts';
import { menuLabels } from './rules/menu.ts';
import type { MenuReason } from './rules/routing.ts';

/** An empty name: LINE did not tell it. */
const called = (name: string) => (name ? `${name}さん、` : '');

const unreadJa = (what: string) =>
  `すみません。${what}は、自動では確認できません。ご用件を文字で送るか、下から選んでください。担当者に見てもらいたいときは「${menuLabels.help.ja}」をどうぞ。`;
const unreadEn = (what: string) =>
  `Sorry, this account cannot read ${what} by itself. Please write what you need, or choose below. If somebody should look at it, tap “${menuLabels.help.en}”.`;

const ja = {
  welcome: (name: string, operator: string) =>
    `${called(name)}友だち追加ありがとうございます。${operator}の公式アカウントです。`,
  welcomeBack: (name: string, operator: string) => `${called(name)}おかえりなさい。${operator}の公式アカウントです。`,
  linkingTitle: '連携すると、できること',
  contractorLinkBrings: '契約者連携：マイページをパスワードなしで開けます。',
  userLinkBrings: '利用者連携：データ残量の確認とプレゼントが、このトークでできます。',
  linkingLater: '連携は、いつでも解除できます。',
  linkedAlready: '連携はそのまま使えます。下のメニューからどうぞ。',
  /** Above the short menu, by the reason for it. */
  menuFor: {
    asked: 'ご用件を選んでください。',
    'not-understood': 'すみません、うまく聞き取れませんでした。ご用件を下から選んでください。',
    picture: unreadJa('写真や動画'),
    voice: unreadJa('音声'),
    place: unreadJa('位置情報'),
    file: unreadJa('ファイル'),
    sticker: 'ご連絡ありがとうございます。ご用件がありましたら、下から選ぶか、そのままお書きください。',
    greeted: 'ご連絡ありがとうございます。ご用件がありましたら、下から選ぶか、そのままお書きください。',
    thanked: 'どういたしまして。また、いつでもどうぞ。',
    'language-chosen': 'これからは日本語でご案内します。ご用件を選んでください。',
  } satisfies Record<MenuReason, string>,
  notInGroupsTitle: 'グループでは使えません',
  notInGroups:
    'ご契約の情報を、ほかの方に見られないようにするためです。1対1のトークでご利用ください。このグループからは退出します。',
  toOwnTalk: '1対1のトークを開く',
  failed: (phone: string) =>
    `申し訳ありません。うまく処理できませんでした。少し時間をおいて、もう一度お試しください。お急ぎのときは ${phone} までお電話ください。`,

  /** What stands on the bar under the talk; at most 14 characters. */
  chatBar: 'メニュー',
};

const en: typeof ja = {
  welcome: (name, operator) => `${name ? `${name}, thank` : 'Thank'} you for adding ${operator}.`,
  welcomeBack: (name, operator) => `${name ? `${name}, welcome` : 'Welcome'} back to ${operator}.`,
  linkingTitle: 'What linking brings',
  contractorLinkBrings: 'Link contract: My Page opens without a password.',
  userLinkBrings: 'Link my phone: see the data left and give data, right here.',
  linkingLater: 'You can undo a link at any time.',
  linkedAlready: 'Your links are as you left them. Choose from the menu below.',
  menuFor: {
    asked: 'What would you like to do?',
    'not-understood': "Sorry, I didn't understand that. Please choose below what you would like to do.",
    picture: unreadEn('photos and videos'),
    voice: unreadEn('voice messages'),
    place: unreadEn('places'),
    file: unreadEn('files'),
    sticker: 'Hello! If there is anything you need, choose below or write it in your own words.',
    greeted: 'Hello! If there is anything you need, choose below or write it in your own words.',
    thanked: "You're welcome. We are here whenever you need us.",
    'language-chosen': 'We answer in English from now on. What would you like to do?',
  },
  notInGroupsTitle: 'Not in groups',
  notInGroups: 'To keep your contract private, this account only talks one to one. It now leaves this group.',
  toOwnTalk: 'Open my own talk',
  failed: (phone) =>
    `Sorry, something went wrong on our side. Please try again in a little while, or call ${phone} if it is urgent.`,

  chatBar: 'Menu',
};

/** What the official account says by itself. */
export const accountText = catalogue(ja, en);
