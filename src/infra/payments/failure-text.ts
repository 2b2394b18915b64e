import { catalogue } from '../../base/language.ts';

const ja = {
  declined: {
    title: 'このカードは使えませんでした',
    next: 'カード会社に断られました。別のカードでお試しください。理由は、カード会社にお問い合わせください。',
  },
  'authentication-failed': {
    title: 'ご本人の確認ができませんでした',
    next: 'カード会社の確認（3Dセキュア）が済みませんでした。もう一度試すか、別のカードをお使いください。確認のための登録は、カード会社のサイトやアプリでできます。',
  },
  'gave-up': {
    title: 'カードは登録されていません',
    next: '途中でもどられました。いつでも、はじめからやり直せます。',
  },
  'time-out': {
    title: '時間切れになりました',
    next: 'カードは登録されていません。もう一度、はじめからお試しください。',
  },
};

const en: typeof ja = {
  declined: {
    title: 'This card was declined',
    next: 'Its issuer said no. Please try another card; only the issuer can say why.',
  },
  'authentication-failed': {
    title: 'The issuer could not confirm that it was you',
    next: 'The check by the issuer (3-D Secure) did not succeed. Try again or use another card. You can register for the check on the site or in the app of the issuer.',
  },
  'gave-up': {
    title: 'No card was registered',
    next: 'You came back before it was done. You can begin again at any time.',
  },
  'time-out': {
    title: 'The time ran out',
    next: 'No card was registered. Please begin again.',
  },
};

/** What happened, and the way on: the same words wherever a card is registered. */
export const cardFailureText = catalogue(ja, en);
