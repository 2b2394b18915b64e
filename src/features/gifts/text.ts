import { catalogue } from '../../base/language.ts';
import type { GiftState } from './rules/refusals.ts';

const ja = {
  someone: 'お友だち',
  who: (name: string) => `${name}さん`,

  offeredTitle: (who: string, amount: string) => `${who}から${amount}のデータプレゼントが届いています`,
  offeredBody: (until: string) => `${until}までに受け取ってください。`,
  receivedTitle: (who: string, amount: string) => `${who}から${amount}のデータを受け取りました。`,
  wasReceivedTitle: (who: string, amount: string) => `${who}が${amount}のデータを受け取りました。`,
  cameBackTitle: {
    declined: (who: string, amount: string) => `${who}が${amount}のデータプレゼントを辞退しました。`,
    expired: (_who: string, amount: string) => `${amount}のデータプレゼントは、期限までに受け取られませんでした。`,
  },
  cameBack: (amount: string) => `${amount}をあなたの回線に戻しました。`,
  cameBackEnded: 'もとのデータ量の期限が過ぎていたため、戻せませんでした。',
  usableUntil: (until: string) => `使える期限：${until}`,
  balance: (left: string) => `いまの残り：${left}`,

  accept: '受け取る',
  decline: '辞退する',
  takeBack: '取り消す',
  giveData: 'データを贈る',
  seeBalance: 'データ残量を見る',
  history: '履歴を見る',
  keep: 'やめる',
  openLink: 'リンクを送る',

  title: 'データプレゼント',
  giveable: 'いま贈れる量',
  leftOfLimit: '今月あと贈れる量',
  from: '贈る回線',
  free: '家族やお友だちに、無料でデータを贈れます。',
  tooLittle: (minimum: string) => `いま贈れるデータがありません。${minimum}から贈れます。`,
  closed: 'いまはお休みの時間です。',
  waitingTitle: (amount: string) => `${amount} 受け取り待ち`,
  by: '受け取り期限',
  to: '贈り先',
  toCode: 'コードを伝えた方',
  toNumber: '電話番号で指定した方',
  openCode: 'コードを見る',
  enterCode: 'ギフトコードを入力',
  enterCodeHow: '贈った方から聞いた12桁のコードを入力すると、データを受け取れます。',
  toLink: 'リンクを送った方',
  askTakeBack: (amount: string) => `${amount}のプレゼントを取り消しますか？ データ量はもとの回線に戻ります。`,
  askDecline: (who: string, amount: string) =>
    `${who}からの${amount}のプレゼントを辞退しますか？ あとから受け取ることはできません。`,
  takenBack: (amount: string) => `取り消しました。${amount}をもとの回線に戻しました。`,
  claimed: 'プレゼントを受け取りました。すぐにお使いいただけます。',
  declined: 'プレゼントを辞退しました。',
  unknown: 'そのプレゼントは見つかりませんでした。',
  notLinkedTitle: '利用者連携をすると贈れます',
  notLinkedWhy:
    'データプレゼントは、利用者連携をした回線どうしで使えます。契約者から受け取った利用コード（16桁）を入力してください。',
  link: '利用者連携をする',

  /** The states of a gift as its sender sees them. */
  states: {
    waiting: '受け取り待ち',
    claimed: '受け取り済み',
    declined: '辞退されました',
    'taken-back': '取り消しました',
    expired: '期限切れ',
  } satisfies Record<GiftState, string>,
};

const en: typeof ja = {
  someone: 'A friend',
  who: (name) => name,

  offeredTitle: (who, amount) => `${who} is giving you ${amount} of data`,
  offeredBody: (until) => `Please accept it by ${until}.`,
  receivedTitle: (who, amount) => `You received ${amount} of data from ${who}.`,
  wasReceivedTitle: (who, amount) => `${who} received your ${amount} of data.`,
  cameBackTitle: {
    declined: (who, amount) => `${who} declined your gift of ${amount}.`,
    expired: (_who, amount) => `Your gift of ${amount} was not accepted in time.`,
  },
  cameBack: (amount) => `${amount} went back to your subscription.`,
  cameBackEnded: 'It could not go back, because what it came from has ended.',
  usableUntil: (until) => `It can be used ${until}.`,
  balance: (left) => `You now have ${left} left.`,

  accept: 'Accept',
  decline: 'Decline',
  takeBack: 'Take back',
  giveData: 'Give data',
  seeBalance: 'See my data',
  history: 'See all gifts',
  keep: 'Keep it',
  openLink: 'Send the link',

  title: 'Give data',
  giveable: 'You can give',
  leftOfLimit: 'Left of this month’s limit',
  from: 'From',
  free: 'Give data to family or friends, free of charge.',
  tooLittle: (minimum) => `There is nothing to give now. It takes at least ${minimum}.`,
  closed: 'Gifts are resting now.',
  waitingTitle: (amount) => `${amount} waiting`,
  by: 'Accept by',
  to: 'For',
  toCode: 'Whoever has the code',
  toNumber: 'The phone number you entered',
  openCode: 'See the code',
  enterCode: 'Enter a gift code',
  enterCodeHow: 'Enter the 12 digits the sender told you to receive the data.',
  toLink: 'Whoever has the link',
  askTakeBack: (amount) => `Take back your gift of ${amount}? The data goes back to your subscription.`,
  askDecline: (who, amount) => `Decline the gift of ${amount} from ${who}? You cannot accept it later.`,
  takenBack: (amount) => `Taken back. ${amount} went back to your subscription.`,
  claimed: 'The gift is yours. You can use it at once.',
  declined: 'You declined the gift.',
  unknown: 'There is no such gift.',
  notLinkedTitle: 'Link your phone to give data',
  notLinkedWhy:
    'Data is given between phones that are linked. All it takes is the 16-digit link code of your subscription.',
  link: 'Link my phone',

  states: {
    waiting: 'Waiting',
    claimed: 'Accepted',
    declined: 'Declined',
    'taken-back': 'Taken back',
    expired: 'Expired',
  },
};

/** What gifts say, in both languages. Amounts and days come as words (`1.5GB`, `11月30日まで`). */
export const giftText = catalogue(ja, en);
