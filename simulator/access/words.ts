import type { Language } from '../contract.ts';

const ja = {
  loginTitle: 'どなたですか？',
  loginText: 'シミュレーターの中の人を選んでください。',
  consentTitle: (app: string) => `${app}に次の情報を渡しますか？`,
  consentAs: (name: string) => `${name}さんとして続けます。`,
  scopes: {
    profile: 'プロフィール（名前・画像）',
    openid: '内部の識別子',
    email: 'メールアドレス',
    'chat_message.write': 'トークへのメッセージの送信',
  },
  addFriend: (account: string) => `${account}を友だちに追加する`,
  allow: '許可する',
  deny: '拒否',
  linkedTitle: '連携の確認ができました',
  linkedText: 'トークに戻ると、続きが届いています。',
  backToTalk: 'トークに戻る',
  closedTitle: '閉じました',
  closedText: 'この画面は閉じて大丈夫です。',
  wrongPersonTitle: '連携できませんでした',
  wrongPersonText: 'このリンクは、ほかの人のトークで作られたものです。ご自分のトークから、もう一度はじめてください。',
  expiredTitle: 'このリンクは使えません',
  expiredText: '時間がたったか、すでに使われています。トークから、もう一度はじめてください。',
  badRequestTitle: 'このページは開けません',
  badRequestText: 'リンクの内容が正しくありません。',
  shareTitle: '送る相手を選んでください',
  shareSend: '送る',
};

const en: typeof ja = {
  loginTitle: 'Who are you?',
  loginText: 'Choose one of the people in the simulator.',
  consentTitle: (app) => `Share this with ${app}?`,
  consentAs: (name) => `You continue as ${name}.`,
  scopes: {
    profile: 'Your profile (name, picture)',
    openid: 'Your internal identifier',
    email: 'Your mail address',
    'chat_message.write': 'Sending messages to the talk',
  },
  addFriend: (account) => `Add ${account} as a friend`,
  allow: 'Allow',
  deny: 'Cancel',
  linkedTitle: 'Your account was checked',
  linkedText: 'Go back to the talk: the rest is waiting there.',
  backToTalk: 'Back to the talk',
  closedTitle: 'Closed',
  closedText: 'You can close this page now.',
  wrongPersonTitle: 'This could not be linked',
  wrongPersonText: "This link was made in another person's talk. Please start again from your own.",
  expiredTitle: 'This link does not work',
  expiredText: 'It has expired or was used already. Please start again from the talk.',
  badRequestTitle: 'This page cannot be opened',
  badRequestText: 'There is something wrong with the link.',
  shareTitle: 'Choose who to send it to',
  shareSend: 'Send',
};

export const words: Record<Language, typeof ja> = { ja, en };

export type Words = typeof ja;
