import type { Words } from '../../base/language.ts';
import type { CardFailure } from './payments.ts';

/** What happened, and the way on: the same words wherever a card is registered. */
export const cardFailureText: Record<CardFailure, { title: Words; next: Words }> = {
  declined: {
    title: { ja: () => 'このカードは使えませんでした', en: () => 'This card was declined' },
    next: {
      ja: () => 'カード会社に断られました。別のカードでお試しください。理由は、カード会社にお問い合わせください。',
      en: () => 'Its issuer said no. Please try another card; only the issuer can say why.',
    },
  },
  'authentication-failed': {
    title: { ja: () => 'ご本人の確認ができませんでした', en: () => 'The issuer could not confirm that it was you' },
    next: {
      ja: () =>
        'カード会社の確認（3Dセキュア）が済みませんでした。もう一度試すか、別のカードをお使いください。確認のための登録は、カード会社のサイトやアプリでできます。',
      en: () =>
        'The check by the issuer (3-D Secure) did not succeed. Try again or use another card. You can register for the check on the site or in the app of the issuer.',
    },
  },
  'gave-up': {
    title: { ja: () => 'カードは登録されていません', en: () => 'No card was registered' },
    next: {
      ja: () => '途中でもどられました。いつでも、はじめからやり直せます。',
      en: () => 'You came back before it was done. You can begin again at any time.',
    },
  },
  'time-out': {
    title: { ja: () => '時間切れになりました', en: () => 'The time ran out' },
    next: {
      ja: () => 'カードは登録されていません。もう一度、はじめからお試しください。',
      en: () => 'No card was registered. Please begin again.',
    },
  },
};
