import type { Language } from '../../base/language.ts';
import type { RedeemFault } from './rules/redeem.ts';

export interface CodeHelp {
  readonly cause: string;
  readonly remedy: string;
}

/**
 * Why a link code does not work and what helps: the words of the link page, of the list 利用コードが使えないとき on My Page
 * and of the FAQ. One text per cause, so a cause without words does not compile.
 */
const help: Record<Language, Record<RedeemFault, CodeHelp>> = {
  ja: {
    'wrong-length': {
      cause: '利用コードが16桁ではありません。',
      remedy:
        '数字が抜けていないか、余分に入っていないかをご確認ください。全角の数字や、空白、ハイフンは入っていてもかまいません。',
    },
    'wrong-check-digit': {
      cause: '利用コードの数字がどこか違っています。',
      remedy:
        '1と7、6と0などの見まちがいや、隣の数字との入れちがいがないか、ご確認ください。この入力は回数に数えません。',
    },
    'unknown-or-superseded': {
      cause: 'この利用コードは使えません。',
      remedy:
        '再発行で新しいコードに変わった可能性があります。ご契約者に、いまの利用コードをお聞きください（マイページの「契約者情報」に表示されます）。',
    },
    'not-open-yet': {
      cause: '回線がまだ開通していません。',
      remedy: '開通の日時になってから、もう一度お試しください。',
    },
    ended: {
      cause: '回線のご利用が終了しています。',
      remedy: '別の回線をお使いの場合は、その回線の利用コードをご契約者にお聞きください。',
    },
    'linked-here-already': {
      cause: 'この回線は、すでにこのLINEと連携されています。',
      remedy: 'このままお使いいただけます。もう一度連携する必要はありません。',
    },
    'linked-elsewhere': {
      cause: 'この回線は、別のLINEと連携されています。',
      remedy:
        '機種変更などでLINEが変わった場合は、ご契約者に利用コードの再発行をお願いし、新しいコードでお試しください。',
    },
    'too-many-links': {
      cause: 'このLINEで連携できる回線の数を超えています。',
      remedy: 'トークで「解除」と送り、使わない連携を解除してから、もう一度お試しください。',
    },
    'too-many-tries': {
      cause: '利用コードの間違いが続いたため、しばらく入力できません。',
      remedy: '時間をおいてからお試しください。その間に、ご契約者に正しい利用コードをご確認ください。',
    },
    'page-expired': {
      cause: 'ページの有効時間（10分）が過ぎました。',
      remedy: 'トークのメニューから、もう一度はじめてください。',
    },
    'opened-elsewhere': {
      cause: '別の方のLINEや、別のブラウザーで開かれたページです。',
      remedy: '安全のため、最初に開いた画面でだけ使えます。ご自分のLINEのトークのメニューからはじめてください。',
    },
  },
  en: {
    'wrong-length': {
      cause: 'The link code does not have 16 digits.',
      remedy:
        'Please check whether a digit is missing or one too many. Full-width digits, blanks and hyphens are fine.',
    },
    'wrong-check-digit': {
      cause: 'A digit of the link code is wrong somewhere.',
      remedy:
        'Please check for look-alikes such as 1 and 7 or 6 and 0, and for neighbours that changed places. This does not count as a try.',
    },
    'unknown-or-superseded': {
      cause: 'This link code cannot be used.',
      remedy:
        'It may have been replaced by a newer one. Please ask the contractor for the present code (My Page, "Contract").',
    },
    'not-open-yet': {
      cause: 'The subscription is not open yet.',
      remedy: 'Please try again once it has opened.',
    },
    ended: {
      cause: 'The subscription has ended.',
      remedy: 'If you use another subscription, please ask the contractor for its link code.',
    },
    'linked-here-already': {
      cause: 'This subscription is linked to this LINE account already.',
      remedy: 'Nothing more is needed.',
    },
    'linked-elsewhere': {
      cause: 'This subscription is linked to another LINE account.',
      remedy:
        'If your LINE account has changed, please ask the contractor to re-issue the link code and use the new one.',
    },
    'too-many-links': {
      cause: 'This LINE account has all the user links it can have.',
      remedy: 'Send "unlink" in the talk, undo one you do not need, and try again.',
    },
    'too-many-tries': {
      cause: 'There were too many wrong link codes, so none can be entered for a while.',
      remedy: 'Please try again later, and check the right code with the contractor meanwhile.',
    },
    'page-expired': {
      cause: 'The time of the page (10 minutes) is over.',
      remedy: 'Please start again from the menu in the talk.',
    },
    'opened-elsewhere': {
      cause: "The page was opened in another person's LINE or in another browser.",
      remedy: 'To keep you safe it works only where it was opened first. Please start from the menu of your own talk.',
    },
  },
};

const LISTED: readonly RedeemFault[] = [
  'wrong-length',
  'wrong-check-digit',
  'unknown-or-superseded',
  'not-open-yet',
  'ended',
  'linked-elsewhere',
  'too-many-links',
  'too-many-tries',
  'page-expired',
  'opened-elsewhere',
];

/** Of one refusal the cause and the remedy; `linkCodeHelp` has those that are listed. */
export function codeHelpFor(language: Language, fault: RedeemFault): CodeHelp {
  return help[language][fault];
}

/** The whole list, for My Page, the FAQ and the link page. */
export function linkCodeHelp(language: Language): CodeHelp[] {
  return LISTED.map((fault) => help[language][fault]);
}
