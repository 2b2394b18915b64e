import type { Words } from '../../../base/language.ts';

/** The words of paying by card, in both languages. */
export const cardText = {
  title: { ja: () => 'お支払い方法', en: () => 'Payment method' } satisfies Words,
  card: { ja: () => 'クレジットカード', en: () => 'Credit card' } satisfies Words,
  brand: { ja: () => 'カード会社', en: () => 'Brand' } satisfies Words,
  number: { ja: () => 'カード番号', en: () => 'Number' } satisfies Words,
  expires: { ja: () => '有効期限', en: () => 'Good until' } satisfies Words,
  none: {
    ja: () => 'お支払い方法が登録されていません。',
    en: () => 'No payment method is registered.',
  } satisfies Words,
  changed: { ja: () => '新しいカードを登録しました。', en: () => 'The new card is registered.' } satisfies Words,
  change: { ja: () => 'カードを変更する', en: () => 'Change the card' } satisfies Words,
  register: { ja: () => 'カードを登録する', en: () => 'Register a card' } satisfies Words,
  byPhone: {
    ja: (phone) => `カードの変更は、${phone}へお電話ください。`,
    en: (phone) => `To change the card, please call ${phone}.`,
  } satisfies Words<[string]>,
  lead: {
    ja: () =>
      'カードの番号は、決済会社のページで入力します。当社が受け取るのは、カード会社の名前、下4桁、有効期限だけです。',
    en: () =>
      'The number is entered on the page of the payment company. We receive the brand, the last four digits and the expiry, and nothing else.',
  } satisfies Words,
  secure: {
    ja: () => '途中で、カード会社がご本人かどうかを確認します（3Dセキュア）。',
    en: () => 'On the way, the issuer of the card checks that it is you (3-D Secure).',
  } satisfies Words,
  untilThen: {
    ja: () => '終わるまでは、今のカードがそのまま使われます。',
    en: () => 'Until it is done, your present card stays.',
  } satisfies Words,
  go: { ja: () => '決済会社のページへ', en: () => 'To the payment company' } satisfies Words,
  again: { ja: () => 'もう一度登録する', en: () => 'Try again' } satisfies Words,
  notNow: { ja: () => 'いまはしない', en: () => 'Not now' } satisfies Words,
  waitingTitle: {
    ja: () => 'まだ登録が終わっていません',
    en: () => 'The registration is not finished',
  } satisfies Words,
  waiting: {
    ja: () => '決済会社のページで、続きをしてください。終えたばかりのときは、少し待ってから確かめてください。',
    en: () =>
      'Please go on, on the page of the payment company. If you have just finished, wait a moment and look again.',
  } satisfies Words,
  goOn: { ja: () => '続きをする', en: () => 'Go on' } satisfies Words,
  look: { ja: () => 'もう一度確かめる', en: () => 'Look again' } satisfies Words,
  silentTitle: {
    ja: () => '決済会社につながりません',
    en: () => 'The payment company does not answer',
  } satisfies Words,
  silent: {
    ja: () => 'カードはまだ変わっていません。少し待ってから、もう一度お試しください。',
    en: () => 'Your card has not changed. Please try again in a little while.',
  } satisfies Words,
  tooMany: {
    ja: () => '今日は、これ以上お試しになれません。明日もう一度お試しください。',
    en: () => 'You have tried too often today. Please try again tomorrow.',
  } satisfies Words,
};
