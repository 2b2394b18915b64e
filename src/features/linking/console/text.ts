import type { Language } from '../../../base/language.ts';
import type { UnlinkedFrom } from '../store.ts';
import type { CodeHistory } from './history-store.ts';

interface ConsoleText {
  title: string;
  back: string;
  links: string;
  kind: string;
  who: string;
  since: string;
  state: string;
  undone: (moment: string) => string;
  live: string;
  none: string;
  undo: string;
  contractorLink: string;
  userLink: (whose: string) => string;
  from: Record<UnlinkedFrom, string>;
  unnamed: string;
  codes: string;
  code: string;
  issued: string;
  valid: string;
  deadSince: (moment: string) => string;
  subscription: string;
  by: string;
  why: string;
  issuers: Record<CodeHistory['issuedBy'], string>;
  reissue: (whose: string) => string;
  whose: (userName: string, lastFour: string) => string;
  reason: string;
  reasonHint: string;
  missing: string;
  undoPage: { title: string; lead: Record<'contractor' | 'user', string>; submit: string; done: string };
  codePage: {
    title: string;
    lead: string;
    undoLink: string;
    undoLinkHint: string;
    submit: string;
    done: string;
    faults: Record<'ended' | 'too-many-reissues', string>;
  };
}

const ja: ConsoleText = {
  title: '連携と利用コード',
  back: 'お客さまのページへ',
  links: '連携',
  kind: '種類',
  who: 'LINEの名前',
  since: '連携した日時',
  state: '状態',
  undone: (moment) => `${moment}に解除`,
  live: '連携中',
  none: '連携したことがありません。',
  undo: '解除する',
  contractorLink: '契約者連携',
  userLink: (whose) => `利用者連携 ${whose}`,
  from: {
    talk: 'トークから',
    'my-page': 'マイページから',
    console: '管理画面から',
    're-issue': '再発行とともに',
    replaced: '新しい連携と交代',
    'account-deleted': 'LINEアカウントの削除',
    ended: '契約の終わり',
  },
  unnamed: '名前のわからないLINEアカウント',
  codes: '利用コードの履歴',
  code: '末尾',
  issued: '発行した日時',
  valid: '有効',
  deadSince: (moment) => `${moment}まで`,
  subscription: '回線',
  by: 'だれが',
  why: '理由',
  issuers: { opened: '開通のとき', contractor: '契約者', staff: '担当者', provisioning: '基幹システム' },
  reissue: (whose) => `${whose}の利用コードを再発行する`,
  whose: (userName, lastFour) => `${userName}（末尾${lastFour}）`,
  reason: '理由',
  reasonHint: '例：スマホをなくしたとの電話。本人確認済み',
  missing: '理由を5文字以上で入力してください。',
  undoPage: {
    title: '連携を解除しますか？',
    lead: {
      contractor:
        '解除すると、このLINEからはマイページも請求もポイントも使えなくなります。本人と、ほかの契約者連携の方にお知らせします。',
      user: '解除すると、このLINEでは残量の確認もデータプレゼントもできなくなります。本人と契約者にお知らせします。',
    },
    submit: '解除する',
    done: '連携を解除しました。',
  },
  codePage: {
    title: '利用コードの再発行',
    lead: '新しい利用コードができ、いまのコードはすぐに使えなくなります。新しいコードはここには表示されません。契約者がマイページで確かめます。',
    undoLink: 'いまの利用者連携も解除する',
    undoLinkHint: 'スマホをなくした、ほかの人が持っているとき',
    submit: '再発行する',
    done: '利用コードを再発行しました。契約者はマイページで確かめられます。',
    faults: {
      ended: 'この回線の契約は終わっているため、再発行できません。',
      'too-many-reissues': '再発行は1日5回までです。明日もう一度お試しください。',
    },
  },
};

const en: ConsoleText = {
  title: 'Links and link codes',
  back: 'The customer’s page',
  links: 'Links',
  kind: 'Kind',
  who: 'Name on LINE',
  since: 'Linked on',
  state: 'State',
  undone: (moment) => `undone on ${moment}`,
  live: 'linked',
  none: 'Never linked.',
  undo: 'Undo',
  contractorLink: 'contractor link',
  userLink: (whose) => `user link, ${whose}`,
  from: {
    talk: 'in the talk',
    'my-page': 'on My Page',
    console: 'in the console',
    're-issue': 'with a re-issue',
    replaced: 'by a newer link',
    'account-deleted': 'LINE account deleted',
    ended: 'with the contract’s end',
  },
  unnamed: 'a LINE account without a known name',
  codes: 'Link codes so far',
  code: 'Ends in',
  issued: 'Issued on',
  valid: 'valid',
  deadSince: (moment) => `dead since ${moment}`,
  subscription: 'Subscription',
  by: 'By',
  why: 'Reason',
  issuers: { opened: 'at the opening', contractor: 'contractor', staff: 'staff', provisioning: 'back office' },
  reissue: (whose) => `Re-issue the link code of ${whose}`,
  whose: (userName, lastFour) => `${userName} (…${lastFour})`,
  reason: 'Reason',
  reasonHint: 'For example: called about a lost phone, identity checked',
  missing: 'Type a reason of at least five characters.',
  undoPage: {
    title: 'Undo this link?',
    lead: {
      contractor:
        'This LINE account then loses My Page, bills and points. It is told, and so are the contractor’s other accounts.',
      user: 'This LINE account can then see no data left and give none. It is told, and so is the contractor.',
    },
    submit: 'Undo the link',
    done: 'The link is undone.',
  },
  codePage: {
    title: 'Re-issue the link code',
    lead: 'There will be a new link code, and the present one stops working at once. The new one is not shown here: the contractor sees it on My Page.',
    undoLink: 'Also undo the present user link',
    undoLinkHint: 'When the phone is lost or somebody else has it',
    submit: 'Re-issue',
    done: 'The link code is re-issued. The contractor sees it on My Page.',
    faults: {
      ended: 'This subscription has ended: there is no new code.',
      'too-many-reissues': 'At most five re-issues a day. Please try again tomorrow.',
    },
  },
};

const catalogue: Record<Language, ConsoleText> = { ja, en };

export function linksText(language: Language): ConsoleText {
  return catalogue[language];
}
