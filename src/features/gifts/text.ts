import type { Words } from '../../base/language.ts';
import type { GiftState } from './rules/refusals.ts';

/** What gifts say, in both languages. Amounts and days come as words (`1.5GB`, `11月30日まで`). */
export const text = {
  someone: { ja: () => 'お友だち', en: () => 'A friend' },
  who: { ja: (name) => `${name}さん`, en: (name) => name } satisfies Words<[string]>,

  offeredTitle: {
    ja: (who, amount) => `${who}から${amount}のデータプレゼントが届いています`,
    en: (who, amount) => `${who} is giving you ${amount} of data`,
  } satisfies Words<[string, string]>,
  offeredBody: {
    ja: (until) => `${until}までに受け取ってください。`,
    en: (until) => `Please accept it by ${until}.`,
  } satisfies Words<[string]>,
  receivedTitle: {
    ja: (who, amount) => `${who}から${amount}のデータを受け取りました。`,
    en: (who, amount) => `You received ${amount} of data from ${who}.`,
  } satisfies Words<[string, string]>,
  wasReceivedTitle: {
    ja: (who, amount) => `${who}が${amount}のデータを受け取りました。`,
    en: (who, amount) => `${who} received your ${amount} of data.`,
  } satisfies Words<[string, string]>,
  cameBackTitle: {
    declined: {
      ja: (who, amount) => `${who}が${amount}のデータプレゼントを辞退しました。`,
      en: (who, amount) => `${who} declined your gift of ${amount}.`,
    } satisfies Words<[string, string]>,
    expired: {
      ja: (_who, amount) => `${amount}のデータプレゼントは、期限までに受け取られませんでした。`,
      en: (_who, amount) => `Your gift of ${amount} was not accepted in time.`,
    } satisfies Words<[string, string]>,
  },
  cameBack: {
    ja: (amount) => `${amount}をあなたの回線に戻しました。`,
    en: (amount) => `${amount} went back to your subscription.`,
  } satisfies Words<[string]>,
  cameBackEnded: {
    ja: () => 'もとのデータ量の期限が過ぎていたため、戻せませんでした。',
    en: () => 'It could not go back, because what it came from has ended.',
  },
  usableUntil: {
    ja: (until) => `使える期限：${until}`,
    en: (until) => `It can be used ${until}.`,
  } satisfies Words<[string]>,
  balance: { ja: (left) => `いまの残り：${left}`, en: (left) => `You now have ${left} left.` } satisfies Words<
    [string]
  >,

  accept: { ja: () => '受け取る', en: () => 'Accept' },
  decline: { ja: () => '辞退する', en: () => 'Decline' },
  takeBack: { ja: () => '取り消す', en: () => 'Take back' },
  giveData: { ja: () => 'データを贈る', en: () => 'Give data' },
  seeBalance: { ja: () => 'データ残量を見る', en: () => 'See my data' },
  history: { ja: () => '履歴を見る', en: () => 'See all gifts' },
  keep: { ja: () => 'やめる', en: () => 'Keep it' },
  openLink: { ja: () => 'リンクを送る', en: () => 'Send the link' },

  title: { ja: () => 'データプレゼント', en: () => 'Give data' },
  giveable: { ja: () => 'いま贈れる量', en: () => 'You can give' },
  leftOfLimit: { ja: () => '今月あと贈れる量', en: () => 'Left of this month’s limit' },
  from: { ja: () => '贈る回線', en: () => 'From' },
  free: {
    ja: () => '家族やお友だちに、無料でデータを贈れます。',
    en: () => 'Give data to family or friends, free of charge.',
  },
  tooLittle: {
    ja: (minimum) => `いま贈れるデータがありません。${minimum}から贈れます。`,
    en: (minimum) => `There is nothing to give now. It takes at least ${minimum}.`,
  } satisfies Words<[string]>,
  closed: {
    ja: () => 'いまはお休みの時間です。',
    en: () => 'Gifts are resting now.',
  },
  waitingTitle: {
    ja: (amount) => `${amount} 受け取り待ち`,
    en: (amount) => `${amount} waiting`,
  } satisfies Words<[string]>,
  by: { ja: () => '受け取り期限', en: () => 'Accept by' },
  to: { ja: () => '贈り先', en: () => 'For' },
  toCode: { ja: () => 'コードを伝えた方', en: () => 'Whoever has the code' },
  toNumber: { ja: () => '電話番号で指定した方', en: () => 'The phone number you entered' },
  openCode: { ja: () => 'コードを見る', en: () => 'See the code' },
  enterCode: { ja: () => 'ギフトコードを入力', en: () => 'Enter a gift code' },
  enterCodeHow: {
    ja: () => '贈った方から聞いた12桁のコードを入力すると、データを受け取れます。',
    en: () => 'Enter the 12 digits the sender told you to receive the data.',
  },
  toLink: { ja: () => 'リンクを送った方', en: () => 'Whoever has the link' },
  askTakeBack: {
    ja: (amount) => `${amount}のプレゼントを取り消しますか？ データ量はもとの回線に戻ります。`,
    en: (amount) => `Take back your gift of ${amount}? The data goes back to your subscription.`,
  } satisfies Words<[string]>,
  askDecline: {
    ja: (who, amount) => `${who}からの${amount}のプレゼントを辞退しますか？ あとから受け取ることはできません。`,
    en: (who, amount) => `Decline the gift of ${amount} from ${who}? You cannot accept it later.`,
  } satisfies Words<[string, string]>,
  takenBack: {
    ja: (amount) => `取り消しました。${amount}をもとの回線に戻しました。`,
    en: (amount) => `Taken back. ${amount} went back to your subscription.`,
  } satisfies Words<[string]>,
  claimed: {
    ja: () => 'プレゼントを受け取りました。すぐにお使いいただけます。',
    en: () => 'The gift is yours. You can use it at once.',
  },
  declined: { ja: () => 'プレゼントを辞退しました。', en: () => 'You declined the gift.' },
  unknown: { ja: () => 'そのプレゼントは見つかりませんでした。', en: () => 'There is no such gift.' },
  notLinkedTitle: {
    ja: () => '利用者連携をすると贈れます',
    en: () => 'Link your phone to give data',
  },
  notLinkedWhy: {
    ja: () =>
      'データプレゼントは、利用者連携をした回線どうしで使えます。契約者から受け取った利用コード（16桁）を入力してください。',
    en: () =>
      'Data is given between phones that are linked. All it takes is the 16-digit link code of your subscription.',
  },
  link: { ja: () => '利用者連携をする', en: () => 'Link my phone' },
} satisfies Record<string, Words | Words<[string]> | Words<[string, string]> | Record<string, Words<[string, string]>>>;

/** The states of a gift as its sender sees them. */
export const stateNames: Record<GiftState, Words> = {
  waiting: { ja: () => '受け取り待ち', en: () => 'Waiting' },
  claimed: { ja: () => '受け取り済み', en: () => 'Accepted' },
  declined: { ja: () => '辞退されました', en: () => 'Declined' },
  'taken-back': { ja: () => '取り消しました', en: () => 'Taken back' },
  expired: { ja: () => '期限切れ', en: () => 'Expired' },
};
