import type { Language, Words } from '../../base/language.ts';

/** What can be asked for; each is a button and a card. */
export type Topic = 'linking' | 'link-code' | 'data-left' | 'gift' | 'unlink' | 'staff';

export const topics: readonly Topic[] = ['linking', 'link-code', 'data-left', 'gift', 'unlink', 'staff'];

export interface TopicWords {
  /** On the button, at most 20 characters. */
  readonly label: string;
  readonly title: string;
  readonly body: readonly string[];
}

export const topicWords: Record<Exclude<Topic, 'staff'>, Record<Language, TopicWords>> = {
  linking: {
    ja: {
      label: '連携のしかた',
      title: '連携のしかた',
      body: [
        '契約者の方：「契約者連携」を押し、ログインIDとパスワードを入れてください。マイページがパスワードなしで開けるようになります。',
        '利用者の方：「利用者連携」を押し、16桁の利用コードを入れてください。データ残量の確認とプレゼントができるようになります。',
        '利用コードは、契約者の方のマイページの「契約者情報」にあります。',
      ],
    },
    en: {
      label: 'How to link',
      title: 'How to link',
      body: [
        'If you hold the contract: press "Link contract" and sign in with your login ID and password. My Page then opens without a password.',
        'If you carry the phone: press "Link my phone" and enter the 16-digit link code. You can then see the data left and give data.',
        'The contractor finds the link code on My Page under "Contract information".',
      ],
    },
  },
  'link-code': {
    ja: {
      label: '利用コードが使えない',
      title: '利用コードが使えないとき',
      body: [
        '数字が16桁そろっているか、打ち間違いがないかをご確認ください。空白やハイフンは入っていてもかまいません。',
        '再発行すると、前の利用コードは使えなくなります。契約者の方に、今の利用コードをお確かめください。',
        '利用開始前の回線や、解約した回線には使えません。',
        'ほかのLINEアカウントと連携済みのときは、契約者の方に再発行をお願いしてください。',
        '何度も間違えると、しばらく受け付けなくなります。画面に出た時刻のあとで、もう一度お試しください。',
        '連携のページには期限があります。切れたときは「利用者連携」をもう一度押してください。',
      ],
    },
    en: {
      label: 'Code does not work',
      title: 'When a link code does not work',
      body: [
        'Please check that there are 16 digits and no slips. Spaces and hyphens do no harm.',
        'A code stops working once a new one is issued. Please ask the contractor for the present one.',
        'A code does not work before the phone number opens, or after it has ended.',
        'If it is linked to another LINE account already, please ask the contractor to re-issue the code.',
        'After several wrong tries we pause for a while. Try again after the time shown.',
        'The page for linking expires. If it has, press "Link my phone" once more.',
      ],
    },
  },
  'data-left': {
    ja: {
      label: 'データ残量の見かた',
      title: 'データ残量の見かた',
      body: [
        'メニューの「データ残量確認」を押すか、「残量」と送ってください。利用者連携または契約者連携が必要です。',
        'データは、前月繰越、プレゼント、基本データ量、追加購入の順に使われます。',
      ],
    },
    en: {
      label: 'Data left',
      title: 'How much data is left',
      body: [
        'Press "Data left" in the menu, or send "data". It needs one of the two links.',
        'Data is used in this order: carry-over, gifts, base, top-ups.',
      ],
    },
  },
  gift: {
    ja: {
      label: 'データプレゼント',
      title: 'データプレゼントについて',
      body: [
        'メニューの「データプレゼント」を押すか、「プレゼント」と送ってください。利用者連携が必要です。費用はかかりません。',
        'プレゼントできるのは、今月の基本データ量の残りです。受け取ったデータは、贈られた月の終わりまで使えます。',
      ],
    },
    en: {
      label: 'Giving data',
      title: 'Giving data',
      body: [
        'Press "Give data" in the menu, or send "gift". It needs the link of your phone, and it is free.',
        "You can give what is left of this month's base data. What is received can be used until the end of the month it was given in.",
      ],
    },
  },
  unlink: {
    ja: {
      label: '連携の解除',
      title: '連携の解除',
      body: [
        '連携は、いつでも解除できます。このトークで「解除」と送るか、マイページの「LINE連携」から解除してください。',
      ],
    },
    en: {
      label: 'Undo a link',
      title: 'Undoing a link',
      body: ['You can undo a link at any time: send "unlink" here, or use "LINE links" on My Page.'],
    },
  },
};

export const staffWords: Record<Language, (phone: string, from: string, to: string) => TopicWords> = {
  ja: (phone, from, to) => ({
    label: '担当者と話したい',
    title: '担当者と話したいとき',
    body: [
      `お電話で承ります。${phone}（${from}〜${to}）`,
      '申し訳ありません。このトークでの担当者への引き継ぎには、まだ対応していません。',
    ],
  }),
  en: (phone, from, to) => ({
    label: 'Talk to our staff',
    title: 'Talking to our staff',
    body: [
      `Please call ${phone}, ${from} to ${to} Japan time.`,
      'We are sorry: our staff cannot take over in this talk yet.',
    ],
  }),
};

export const words = {
  title: { ja: () => 'いつでもヘルプ', en: () => 'Help anytime' },
  ask: {
    ja: () => 'お困りのことを選んでください。自動でお答えします。',
    en: () => 'Please choose what you need. The answers are automatic.',
  },
  other: { ja: () => 'ほかの質問', en: () => 'Other questions' },
  call: { ja: () => '電話をかける', en: () => 'Call' },
  back: { ja: () => 'メニュー', en: () => 'Menu' },
} satisfies Record<string, Words>;
