import type { Words } from '../../../base/language.ts';
import type { LeaveRefusal } from '../rules/leave.ts';

type One = Words<[string]>;

/** What the pages of leaving say, in both languages. */
export const leaveText = {
  title: { ja: () => '解約・MNP転出', en: () => 'Leaving' } satisfies Words,
  lead: {
    ja: () =>
      'いまの番号のままほかの会社へ移るときは、MNP予約番号をおとりください。解約すると、電話番号も使えなくなります。どちらも、期限までは取り消せます。',
    en: () =>
      'To keep your number with another operator, take the number elsewhere. Cancelling gives the number up. Either can be taken back until its time comes.',
  } satisfies Words,
  nobody: {
    ja: () => 'ご利用中の回線がありません。',
    en: () => 'There is no subscription in service.',
  } satisfies Words,
  cancel: { ja: () => '解約する', en: () => 'Cancel this subscription' } satisfies Words,
  number: { ja: () => 'MNP予約番号をとる', en: () => 'Take the number elsewhere' } satisfies Words,
  ends: {
    ja: (until) => `解約の予定です。${until}使えます。`,
    en: (until) => `It ends: use it ${until}.`,
  } satisfies One,
  reserved: { ja: () => 'MNP予約番号', en: () => 'Reservation number' } satisfies Words,
  reservedHint: {
    ja: () =>
      '新しい携帯電話会社のお申し込みのときに、この番号を伝えてください。転出が終わるまでは、これまでどおり使えます。',
    en: () => 'Give it to your new operator when you apply. Until the number has moved you can use it as before.',
  } satisfies Words,
  hidden: {
    ja: () => '番号を表示するには、ご本人の確認が必要です。',
    en: () => 'To see the number, please prove that it is you.',
  } satisfies Words,
  prove: { ja: () => '確認して表示する', en: () => 'Prove and show it' } satisfies Words,
  takeBack: { ja: () => '取り消して使い続ける', en: () => 'Take it back and stay' } satisfies Words,
  done: {
    cancel: { ja: () => '解約を受け付けました。', en: () => 'The cancellation is noted.' },
    number: { ja: () => 'MNP予約番号を発行しました。', en: () => 'A reservation number was issued.' },
    stays: { ja: () => '取り消しました。これまでどおり使えます。', en: () => 'Taken back: it goes on as before.' },
  } satisfies Record<string, Words>,
  cancelTitle: { ja: () => '解約の確認', en: () => 'Cancel this subscription?' } satisfies Words,
  cancelLead: {
    ja: (until) => `この回線は${until}使えます。それまでは、このページで取り消せます。`,
    en: (until) => `It can be used ${until}. Until then you can take this back here.`,
  } satisfies One,
  numberTitle: { ja: () => 'MNP予約番号の発行', en: () => 'Take the number to another operator' } satisfies Words,
  numberLead: {
    ja: (days) =>
      `10桁の予約番号を発行します。有効期間は${days}日間です。新しい会社での手続きが終わると、この回線は自動で解約になります。`,
    en: (days) =>
      `You get a reservation number of ten digits, valid for ${days} days. When your new operator has taken the number over, this subscription ends by itself.`,
  } satisfies One,
  losesTitle: { ja: () => '終わると使えなくなるもの', en: () => 'What ends with it' } satisfies Words,
  losesData: {
    ja: (amount) => `残っているデータ（いま${amount}）`,
    en: (amount) => `Data left (now ${amount})`,
  } satisfies One,
  losesLinks: {
    ja: () => 'この回線の利用コードとLINE連携、受け取る前のプレゼント',
    en: () => 'Its link code and links, and gifts not yet received',
  } satisfies Words,
  losesNumber: { ja: (number) => `電話番号 ${number}`, en: (number) => `The phone number ${number}` } satisfies One,
  losesPlanChange: { ja: () => '予定しているプランの変更', en: () => 'A change of plan that waits' } satisfies Words,
  losesPoints: {
    ja: () => '最後の回線のため、ポイント（ご請求への利用をのぞく）',
    en: () => 'As it is the last one: points, but for paying the last bills',
  } satisfies Words,
  lastBill: {
    ja: () => '最後の月の料金は1か月分です。ご請求は、翌月1日に確定します。',
    en: () => 'The last month is charged in full; its bill is closed on the 1st of the next.',
  } satisfies Words,
  confirmCancel: { ja: () => '解約を申し込む', en: () => 'Cancel it' } satisfies Words,
  confirmNumber: { ja: () => '予約番号を発行する', en: () => 'Get the number' } satisfies Words,
};

/** Why a subscription cannot be left now, and what to do. */
export const leaveRefusalText: Record<LeaveRefusal, Words> = {
  'not-found': { ja: () => 'この回線のお手続きはできません。', en: () => 'This subscription is not yours to leave.' },
  ended: { ja: () => 'この回線の契約は、すでに終わっています。', en: () => 'This subscription has already ended.' },
  'not-open': {
    ja: () => 'この回線は、まだご利用が始まっていません。始まる前の取り消しは、お電話でご連絡ください。',
    en: () => 'This subscription has not begun. Please call us to undo it before it does.',
  },
  ending: {
    ja: () => 'この回線は、すでに終わる日が決まっています。変えたいときは、先に取り消してください。',
    en: () => 'The end of this subscription is set. Take that back first to do something else.',
  },
  'number-reserved': {
    ja: () => 'MNP予約番号を発行済みです。別の手続きをするときは、先に取り消してください。',
    en: () => 'A reservation number is waiting. Take it back first to do something else.',
  },
  'no-number-to-take': {
    ja: () => 'この回線はデータ専用のため、番号の持ち運び（MNP）はできません。',
    en: () => 'This subscription is for data only: it has no number to take along.',
  },
};
