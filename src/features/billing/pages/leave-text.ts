import { catalogue } from '../../../base/language.ts';
import type { LeaveRefusal } from '../rules/leave.ts';

const ja = {
  title: '解約・MNP転出',
  lead: 'いまの番号のままほかの会社へ移るときは、MNP予約番号をおとりください。解約すると、電話番号も使えなくなります。どちらも、期限までは取り消せます。',
  nobody: 'ご利用中の回線がありません。',
  cancel: '解約する',
  number: 'MNP予約番号をとる',
  ends: (until: string) => `解約の予定です。${until}使えます。`,
  reserved: 'MNP予約番号',
  reservedHint:
    '新しい携帯電話会社のお申し込みのときに、この番号を伝えてください。転出が終わるまでは、これまでどおり使えます。',
  hidden: '番号を表示するには、ご本人の確認が必要です。',
  prove: '確認して表示する',
  takeBack: '取り消して使い続ける',
  done: {
    cancel: '解約を受け付けました。',
    number: 'MNP予約番号を発行しました。',
    stays: '取り消しました。これまでどおり使えます。',
  },
  cancelTitle: '解約の確認',
  cancelLead: (until: string) => `この回線は${until}使えます。それまでは、このページで取り消せます。`,
  numberTitle: 'MNP予約番号の発行',
  numberLead: (days: string) =>
    `10桁の予約番号を発行します。有効期間は${days}日間です。新しい会社での手続きが終わると、この回線は自動で解約になります。`,
  losesTitle: '終わると使えなくなるもの',
  losesData: (amount: string) => `残っているデータ（いま${amount}）`,
  losesLinks: 'この回線の利用コードとLINE連携、受け取る前のプレゼント',
  losesNumber: (number: string) => `電話番号 ${number}`,
  losesPlanChange: '予定しているプランの変更',
  losesPoints: '最後の回線のため、ポイント（ご請求への利用をのぞく）',
  lastBill: '最後の月の料金は1か月分です。ご請求は、翌月1日に確定します。',
  confirmCancel: '解約を申し込む',
  confirmNumber: '予約番号を発行する',

  /** Why a subscription cannot be left now, and what to do. */
  refusals: {
    'not-found': 'この回線のお手続きはできません。',
    ended: 'この回線の契約は、すでに終わっています。',
    'not-open': 'この回線は、まだご利用が始まっていません。始まる前の取り消しは、お電話でご連絡ください。',
    ending: 'この回線は、すでに終わる日が決まっています。変えたいときは、先に取り消してください。',
    'number-reserved': 'MNP予約番号を発行済みです。別の手続きをするときは、先に取り消してください。',
    'no-number-to-take': 'この回線はデータ専用のため、番号の持ち運び（MNP）はできません。',
  } satisfies Record<LeaveRefusal, string>,
};

const en: typeof ja = {
  title: 'Leaving',
  lead: 'To keep your number with another operator, take the number elsewhere. Cancelling gives the number up. Either can be taken back until its time comes.',
  nobody: 'There is no subscription in service.',
  cancel: 'Cancel this subscription',
  number: 'Take the number elsewhere',
  ends: (until) => `It ends: use it ${until}.`,
  reserved: 'Reservation number',
  reservedHint: 'Give it to your new operator when you apply. Until the number has moved you can use it as before.',
  hidden: 'To see the number, please prove that it is you.',
  prove: 'Prove and show it',
  takeBack: 'Take it back and stay',
  done: {
    cancel: 'The cancellation is noted.',
    number: 'A reservation number was issued.',
    stays: 'Taken back: it goes on as before.',
  },
  cancelTitle: 'Cancel this subscription?',
  cancelLead: (until) => `It can be used ${until}. Until then you can take this back here.`,
  numberTitle: 'Take the number to another operator',
  numberLead: (days) =>
    `You get a reservation number of ten digits, valid for ${days} days. When your new operator has taken the number over, this subscription ends by itself.`,
  losesTitle: 'What ends with it',
  losesData: (amount) => `Data left (now ${amount})`,
  losesLinks: 'Its link code and links, and gifts not yet received',
  losesNumber: (number) => `The phone number ${number}`,
  losesPlanChange: 'A change of plan that waits',
  losesPoints: 'As it is the last one: points, but for paying the last bills',
  lastBill: 'The last month is charged in full; its bill is closed on the 1st of the next.',
  confirmCancel: 'Cancel it',
  confirmNumber: 'Get the number',

  refusals: {
    'not-found': 'This subscription is not yours to leave.',
    ended: 'This subscription has already ended.',
    'not-open': 'This subscription has not begun. Please call us to undo it before it does.',
    ending: 'The end of this subscription is set. Take that back first to do something else.',
    'number-reserved': 'A reservation number is waiting. Take it back first to do something else.',
    'no-number-to-take': 'This subscription is for data only: it has no number to take along.',
  },
};

/** What the pages of leaving say, in both languages. */
export const leaveText = catalogue(ja, en);
