import { catalogue } from '../../../base/language.ts';
import type { IdentityMethod, IdentityRefusal, PersonField } from '../../../infra/identity/identity.ts';

/** What happened, and the way on. */
interface Told {
  readonly title: string;
  readonly next: string;
}

const ja = {
  call: '電話をかける',
  look: 'もう一度確かめる',
  goOn: '続きをする',
  silent: {
    title: '会社のページにつながりません',
    next: 'ここまでの入力は保存されています。少し待ってから、もう一度お試しください。あとで続けることもできます。',
  },
  waiting: {
    title: 'まだ結果が届いていません',
    next: '終わっていないときは、続きをしてください。終えたばかりのときは、少し待ってから確かめてください。',
  },
  tooMany: (phone: string) => ({
    title: 'これ以上お試しになれません',
    next: `お試しになれる回数を超えました。${phone}へお電話ください。担当者がご案内します。`,
  }),
  noBirthDate: (phone: string) => ({
    title: '生年月日が登録されていません',
    next: `ご契約に生年月日がないため、カードと照らし合わせられません。${phone}へお電話ください。登録したあと、ここから続けられます。`,
  }),
  identity: {
    lead: '音声通話のあるプランには、法律で決められた本人確認が必要です。',
    how: '本人確認の会社のページで、カードをスマートフォンにかざして確認します。終わると、ここに戻ります。',
    kept: '当社が受け取るのは、結果、方法、日時、証明書の番号だけです。カードの画像やマイナンバーは受け取りません。',
    again: 'お名前・生年月日・ご住所のどれかを変えたので、もう一度確認が必要です。',
    legend: '確認の方法',
    methods: {
      jpki: { label: 'マイナンバーカード', hint: '署名用のパスワード（英数字6〜16文字）を使います。' },
      'ic-chip': { label: 'ICチップの読み取り', hint: 'マイナンバーカードか運転免許証。暗証番号を使います。' },
    } satisfies Record<IdentityMethod, { label: string; hint: string }>,
    go: '本人確認のページへ',
    done: { title: '本人確認がすみました', next: 'このまま次へお進みください。' },
    doneNext: '次へ',
    mismatch: (fields: string) => ({
      title: `${fields}が、カードと違います`,
      next: '入力を直してから、もう一度確認してください。カードのほうが古いときは、先に市区町村の窓口で書き換えてください。',
    }),
    /** Of somebody who has a contract: there is nothing here to correct. */
    mismatchOfContract: (fields: string, phone: string) => ({
      title: `${fields}が、カードと違います`,
      next: `ご契約の内容と照らし合わせています。引っ越しなどで変わったときは、お電話でお知らせください（${phone}）。カードのほうが古いときは、先に市区町村の窓口で書き換えてください。`,
    }),
    fields: { name: 'お名前', 'birth-date': '生年月日', address: 'ご住所' } satisfies Record<PersonField, string>,
    correct: '入力を直す',
    refusal: {
      'certificate-expired': {
        title: '電子証明書の期限が切れています',
        next: '市区町村の窓口で更新できます。運転免許証など、別のカードでもお試しになれます。',
      },
      'certificate-revoked': {
        title: '電子証明書が使えません',
        next: '引っ越しなどで無効になることがあります。市区町村の窓口で新しくできます。別のカードでもお試しになれます。',
      },
      locked: {
        title: 'パスワードがロックされています',
        next: '続けて間違えると使えなくなります。市区町村の窓口やコンビニで解除できます。別の方法もお試しになれます。',
      },
      unreadable: {
        title: 'カードを読み取れませんでした',
        next: 'ケースを外し、カードの中央をスマートフォンの裏に当てたまま、動かさずにお待ちください。別のカードでもお試しになれます。',
      },
      'gave-up': { title: '本人確認はまだすんでいません', next: '途中でもどられました。いつでもやり直せます。' },
    } satisfies Record<IdentityRefusal, Told>,
    timeOut: { title: '時間切れになりました', next: 'もう一度、はじめからお試しください。' },
  },
  payment: {
    lead: 'お支払いはクレジットカードです。番号は決済会社のページで入力します。当社が受け取るのは、カード会社の名前、下4桁、有効期限だけです。',
    secure: '途中で、カード会社がご本人かどうかを確認します（3Dセキュア）。',
    go: '決済会社のページへ',
    other: '別のカードにする',
    again: 'もう一度登録する',
    done: 'カードが登録されています',
    doneNext: 'このカードで次へ',
  },
};

const en: typeof ja = {
  call: 'Call',
  look: 'Look again',
  goOn: 'Go on there',
  silent: {
    title: 'The page of the company cannot be reached',
    next: 'What you entered is kept. Please try again in a little while, or go on later.',
  },
  waiting: {
    title: 'There is no result yet',
    next: 'If you are not done there, please go on. If you have just finished, wait a moment and look again.',
  },
  tooMany: (phone) => ({
    title: 'You cannot try any more',
    next: `You have tried as often as is possible. Please call ${phone}; our staff will help you.`,
  }),
  noBirthDate: (phone) => ({
    title: 'We do not know your birth date',
    next: `Your contract has no birth date to compare a card with. Please call ${phone}; once we have it, you can go on here.`,
  }),
  identity: {
    lead: 'For a plan with calls, the law asks us to know who you are.',
    how: 'On the page of a company for identity checks you hold your card to the phone. Then you come back here.',
    kept: 'We receive the result, the method, the time and the number of the certificate. No picture of the card, and no My Number.',
    again: 'You changed your name, birth date or address, so please confirm once more.',
    legend: 'How to confirm',
    methods: {
      jpki: { label: 'My Number card', hint: 'with its signature password (6 to 16 letters and digits)' },
      'ic-chip': { label: 'Reading a chip', hint: 'My Number card or driving licence, with its PIN' },
    },
    go: 'To the identity check',
    done: { title: 'We know who you are', next: 'Please go on.' },
    doneNext: 'Next',
    mismatch: (fields) => ({
      title: `The card says otherwise: ${fields}`,
      next: 'Correct what you entered and confirm again. If it is the card that is out of date, have it changed at your city office first.',
    }),
    mismatchOfContract: (fields, phone) => ({
      title: `The card says otherwise: ${fields}`,
      next: `It is compared with your contract. If you have moved or changed your name, please call us (${phone}). If it is the card that is out of date, have it changed at your city office first.`,
    }),
    fields: { name: 'name', 'birth-date': 'birth date', address: 'address' },
    correct: 'Correct what I entered',
    refusal: {
      'certificate-expired': {
        title: 'The certificate of the card has expired',
        next: 'It is renewed at your city office. You can also try another card, such as a driving licence.',
      },
      'certificate-revoked': {
        title: 'The certificate of the card is no longer valid',
        next: 'This happens after moving, for example. Your city office makes a new one. You can also try another card.',
      },
      locked: {
        title: 'The password is locked',
        next: 'It locks after several wrong tries. Your city office or a convenience store unlocks it. You can also try another way.',
      },
      unreadable: {
        title: 'The card could not be read',
        next: 'Take the phone out of its case, hold the middle of the card to its back and keep still. You can also try another card.',
      },
      'gave-up': {
        title: 'Your identity is not confirmed yet',
        next: 'You came back before it was done. Try again at any time.',
      },
    },
    timeOut: { title: 'The time ran out', next: 'Please begin again.' },
  },
  payment: {
    lead: 'You pay by credit card. The number is entered on the page of the payment company; we receive the brand, the last four digits and the expiry, and nothing else.',
    secure: 'On the way, the issuer of the card checks that it is you (3-D Secure).',
    go: 'To the payment company',
    other: 'Use another card',
    again: 'Try again',
    done: 'A card is registered',
    doneNext: 'Next, with this card',
  },
};

/** What the steps say that another company does. */
export const outsideText = catalogue(ja, en);
