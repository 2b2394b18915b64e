import type { Words } from '../../base/language.ts';
import type { GiftState } from './rules/refusals.ts';

/** What gifts say, in both languages. Amounts and days come as words (`1.5GB`, `11月30日まで`). */
export const text = {
  someone: { ja: () => 'お友だち', en: () => 'A friend' },
  who: { ja: (name) => `${name}さん`, en: (name) => name } as Words<[string]>,

  offeredTitle: {
    ja: (who, amount) => `${who}から${amount}のデータプレゼントが届いています`,
    en: (who, amount) => `${who} is giving you ${amount} of data`,
  } as Words<[string, string]>,
  offeredBody: {
    ja: (until) => `${until}までに受け取ってください。`,
    en: (until) => `Please accept it by ${until}.`,
  } as Words<[string]>,
  receivedTitle: {
    ja: (who, amount) => `${who}から${amount}のデータを受け取りました`,
    en: (who, amount) => `You received ${amount} of data from ${who}`,
  } as Words<[string, string]>,
  wasReceivedTitle: {
    ja: (who, amount) => `${who}が${amount}のデータを受け取りました`,
    en: (who, amount) => `${who} received your ${amount} of data`,
  } as Words<[string, string]>,
  cameBackTitle: {
    declined: {
      ja: (who, amount) => `${who}が${amount}のデータプレゼントを辞退しました`,
      en: (who, amount) => `${who} declined your gift of ${amount}`,
    } as Words<[string, string]>,
    expired: {
      ja: (_who, amount) => `${amount}のデータプレゼントは、期限までに受け取られませんでした`,
      en: (_who, amount) => `Your gift of ${amount} was not accepted in time`,
    } as Words<[string, string]>,
  },
  cameBack: {
    ja: (amount) => `${amount}をあなたの回線に戻しました。`,
    en: (amount) => `${amount} went back to your subscription.`,
  } as Words<[string]>,
  cameBackEnded: {
    ja: () => 'もとのデータ量の期限が過ぎていたため、戻せませんでした。',
    en: () => 'It could not go back, because what it came from has ended.',
  },
  usable: { ja: () => '使える期限', en: () => 'Use it' },
  balance: { ja: () => 'いまの残り', en: () => 'Data left now' },

  accept: { ja: () => '受け取る', en: () => 'Accept' },
  decline: { ja: () => '辞退する', en: () => 'Decline' },
  takeBack: { ja: () => '取り消す', en: () => 'Take back' },
  giveData: { ja: () => 'データを贈る', en: () => 'Give data' },
  seeBalance: { ja: () => 'データ残量を見る', en: () => 'See my data' },
} satisfies Record<string, Words | Words<[string]> | Words<[string, string]> | Record<string, Words<[string, string]>>>;

/** The states of a gift as its sender sees them. */
export const stateNames: Record<GiftState, Words> = {
  waiting: { ja: () => '受け取り待ち', en: () => 'Waiting' },
  claimed: { ja: () => '受け取り済み', en: () => 'Accepted' },
  declined: { ja: () => '辞退されました', en: () => 'Declined' },
  'taken-back': { ja: () => '取り消しました', en: () => 'Taken back' },
  expired: { ja: () => '期限切れ', en: () => 'Expired' },
};
