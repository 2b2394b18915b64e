import type { Words } from '../../../base/language.ts';
import type { CodeFault } from '../enter-code.ts';

type One = Words<[string]>;
type Two = Words<[string, string]>;

/** What the pages of gifts say. Amounts, days and names come as words. */
export const pageText = {
  newTitle: { ja: () => 'データを贈る', en: () => 'Give data' } satisfies Words,
  leadWithFee: {
    ja: () => '量と贈り方を選んでください。',
    en: () => 'Choose how much and how.',
  } satisfies Words,
  lead: {
    ja: () => '量と贈り方を選んでください。無料です。',
    en: () => 'Choose how much and how. It is free.',
  } satisfies Words,
  amount: { ja: () => '贈る量', en: () => 'How much' } satisfies Words,
  amountHint: {
    ja: (most, step) => `いま贈れるのは${most}まで、${step}ずつです。`,
    en: (most, step) => `Up to ${most} now, in steps of ${step}.`,
  } satisfies Two,
  amountMegabytes: { ja: () => '贈る量（MB）', en: () => 'How much (MB)' } satisfies Words,
  leftAfter: { ja: (left) => `贈ると残り${left}`, en: (left) => `leaves ${left}` } satisfies One,
  way: { ja: () => '贈り方', en: () => 'How' } satisfies Words,
  byLink: { ja: () => 'LINEでリンクを送る', en: () => 'Send a link with LINE' } satisfies Words,
  byLinkHint: {
    ja: () => 'LINEの友だちを選んで送れます。最初に受け取った方、おひとりに届きます。',
    en: () => 'Pick a friend on LINE. Whoever accepts first gets it.',
  } satisfies Words,
  byCode: { ja: () => 'ギフトコードを伝える', en: () => 'Read out a gift code' } satisfies Words,
  byCodeHint: {
    ja: () => '12桁の番号を、電話などで読み上げて伝えられます。最初に受け取った方、おひとりに届きます。',
    en: () => 'Twelve digits, by phone for instance. Whoever accepts first gets it.',
  } satisfies Words,
  byNumber: { ja: () => '電話番号で贈る', en: () => 'Give to a phone number' } satisfies Words,
  byNumberHint: {
    ja: () => '下の欄に、相手の電話番号を入力してください。',
    en: () => 'Enter the number in the field below.',
  } satisfies Words,
  number: { ja: () => '相手の電話番号', en: () => 'Phone number of the receiver' } satisfies Words,
  numberHint: {
    ja: () => '例：090-1234-5678',
    en: () => 'For example: 090-1234-5678',
  } satisfies Words,
  notANumber: {
    ja: () => '相手の電話番号を、090-1234-5678のように入力してください。',
    en: () => 'Please enter the phone number, like 090-1234-5678.',
  } satisfies Words,
  tooManyNumbers: {
    ja: (until) => `電話番号で贈れる回数をこえました。${until}以降に、もう一度お試しください。`,
    en: (until) => `That is all the phone numbers for now. Please try again after ${until}.`,
  } satisfies One,
  toPerson: { ja: (name) => `${name}さん`, en: (name) => name } satisfies One,
  toPersonHint: { ja: () => '同じ契約の回線', en: () => 'Same contract' } satisfies Words,
  toPersonNotLinked: {
    ja: () => '利用者連携がまだのため、贈れません',
    en: () => 'Not linked yet, so nothing can be given',
  } satisfies Words,
  give: { ja: () => '贈る', en: () => 'Give' } satisfies Words,
  chooseAmount: { ja: () => '贈る量を選んでください。', en: () => 'Please choose how much.' } satisfies Words,
  chooseWay: { ja: () => '贈り方を選んでください。', en: () => 'Please choose how.' } satisfies Words,
  alreadySent: {
    ja: () => 'この画面の内容はすでに受け付けました。続けて贈る場合は、もう一度お選びください。',
    en: () => 'What this page held was already taken. To give more, please choose again.',
  } satisfies Words,
  otherSubscription: { ja: () => 'ほかの回線から贈る', en: () => 'Give from another subscription' } satisfies Words,
  rules: { ja: () => 'データプレゼントについて', en: () => 'About gifts' } satisfies Words,
  ruleFee: {
    ja: (fee) =>
      `1回につき${fee}（税込）が、契約者の方のご請求に加わります。受け取られずに戻ったときは、かかりません。`,
    en: (fee) => `Each gift costs ${fee} with tax, on the contractor's bill; nothing, if it comes back unclaimed.`,
  } satisfies Words<[string]>,
  ruleReturn: {
    ja: (hours) => `${hours}時間以内、またはその月のうちに受け取られなかったときは、もとの回線に戻ります。`,
    en: (hours) => `What is not accepted within ${hours} hours, or within the month, goes back to you.`,
  } satisfies One,
  ruleCodeDays: {
    ja: (days) => `12桁のコードは、発行した日を含めて${days}日目の終わりまで使えます。`,
    en: (days) => `A 12-digit code works to the end of day ${days}, the day it is made being the first.`,
  } satisfies One,
  ruleMonthEnd: {
    ja: () => '受け取ったデータは、その月の末日まで使えます。',
    en: () => 'What is received can be used to the end of the month.',
  } satisfies Words,
  ruleNextMonthEnd: {
    ja: () => '受け取ったデータは、翌月の末日まで使えます。',
    en: () => 'What is received can be used to the end of the next month.',
  } satisfies Words,
  ruleOriginalEnd: {
    ja: () => '受け取ったデータは、贈った方のデータの期限まで使えます。',
    en: () => 'What is received can be used as long as the giver could have used it.',
  } satisfies Words,
  ruleDays: {
    ja: (days) => `受け取ったデータは、受け取った日から${days}日後の終わりまで使えます。`,
    en: (days) => `What is received can be used to the end of the day ${days} days later.`,
  } satisfies One,
  ruleKeep: {
    ja: (amount) => `${amount}は手元に残り、贈ることはできません。`,
    en: (amount) => `${amount} stays with you and cannot be given.`,
  } satisfies One,
  ruleGiftsPerDay: {
    ja: (count) => `プレゼントは1日に${count}回までです。`,
    en: (count) => `You can give at most ${count} times a day.`,
  } satisfies One,
  ruleGiftsPerMonth: {
    ja: (count) => `プレゼントは1か月に${count}回までです。`,
    en: (count) => `You can give at most ${count} times a month.`,
  } satisfies One,
  ruleNoRegift: {
    ja: () => '受け取ったデータを、ほかの方に贈ることはできません。',
    en: () => 'What is received cannot be given on.',
  } satisfies Words,

  listTitle: { ja: () => 'データプレゼント', en: () => 'Gifts' } satisfies Words,
  waitingForYou: { ja: () => '届いているプレゼント', en: () => 'Waiting for you' } satisfies Words,
  sent: { ja: () => '贈ったプレゼント', en: () => 'Sent' } satisfies Words,
  received: { ja: () => '受け取ったプレゼント', en: () => 'Received' } satisfies Words,
  none: { ja: () => 'まだありません。', en: () => 'None yet.' } satisfies Words,
  day: { ja: () => '日付', en: () => 'Date' } satisfies Words,
  who: { ja: () => '相手', en: () => 'Who' } satisfies Words,
  howMuch: { ja: () => '量', en: () => 'Amount' } satisfies Words,
  state: { ja: () => '状態', en: () => 'State' } satisfies Words,
  until: { ja: () => '受け取り期限', en: () => 'Accept by' } satisfies Words,
  details: { ja: () => 'くわしく', en: () => 'Details' } satisfies Words,

  sentTitle: { ja: (amount) => `${amount}のプレゼント`, en: (amount) => `Your gift of ${amount}` } satisfies One,
  setAside: {
    ja: (amount) => `${amount}を取り分けました。リンクを送ってください。`,
    en: (amount) => `${amount} is set aside. Now send the link.`,
  } satisfies One,
  setAsideCode: {
    ja: (amount) => `${amount}を取り分けました。コードを相手に伝えてください。`,
    en: (amount) => `${amount} is set aside. Now tell them the code.`,
  } satisfies One,
  setAsideNumber: {
    ja: (amount) => `${amount}を取り分けました。この番号で受け取れる場合は、相手にお知らせが届きます。`,
    en: (amount) => `${amount} is set aside. If this number can receive it, its user will be told.`,
  } satisfies One,
  codeCard: { ja: () => 'ギフトコード', en: () => 'Gift code' } satisfies Words,
  codeOnce: {
    ja: () =>
      '受け取る方は、データプレゼントの「ギフトコードを入力」から受け取れます。このコードを知っている方なら、どなたでも一度だけ受け取れます。',
    en: () => 'The receiver chooses “Enter a gift code” under Gifts. Anybody who has this code can accept it, once.',
  } satisfies Words,
  told: {
    ja: (who) => `${who}にお知らせしました。受け取りをお待ちください。`,
    en: (who) => `${who} has been told. Please wait until it is accepted.`,
  } satisfies One,
  share: { ja: () => 'LINEで送る', en: () => 'Send with LINE' } satisfies Words,
  shareText: {
    ja: (amount, until) => `${amount}のデータをプレゼントします。${until}までに、こちらから受け取ってください。`,
    en: (amount, until) => `Here is ${amount} of data for you. Please accept it by ${until}:`,
  } satisfies Two,
  linkOnce: {
    ja: () => 'このリンクを知っている方なら、どなたでも一度だけ受け取れます。',
    en: () => 'Anybody who has this link can accept it, once.',
  } satisfies Words,
  takeBackTitle: { ja: () => 'プレゼントを取り消す', en: () => 'Take the gift back' } satisfies Words,
  takeBackHint: {
    ja: () => '受け取られる前なら、取り消してもとの回線に戻せます。',
    en: () => 'Until it is accepted you can take it back.',
  } satisfies Words,
  wasTakenBack: {
    ja: () => '取り消しました。データ量はもとの回線に戻りました。',
    en: () => 'Taken back. The data is on your subscription again.',
  } satisfies Words,
  came: {
    ja: (who) => `${who}が受け取りました。`,
    en: (who) => `${who} accepted it.`,
  } satisfies One,

  codeTitle: { ja: () => 'ギフトコードを入力', en: () => 'Enter a gift code' } satisfies Words,
  codeLead: {
    ja: () => '贈った方から聞いたコードを入力してください。次の画面で、内容を見てから受け取れます。',
    en: () => 'Enter the code the sender told you. You see the gift before you accept it.',
  } satisfies Words,
  codeLabel: { ja: () => 'ギフトコード（12桁）', en: () => 'Gift code (12 digits)' } satisfies Words,
  codeHint: { ja: () => '例：1234 5678 9012', en: () => 'For example: 1234 5678 9012' } satisfies Words,
  codeNext: { ja: () => '次へ', en: () => 'Next' } satisfies Words,

  claimTitle: { ja: (who) => `${who}からのプレゼント`, en: (who) => `A gift from ${who}` } satisfies One,
  usable: { ja: () => '使える期限', en: () => 'Use it' } satisfies Words,
  whichSubscription: { ja: () => '受け取る回線', en: () => 'Receive on' } satisfies Words,
  chooseSubscription: { ja: () => '受け取る回線を選んでください。', en: () => 'Please choose where.' } satisfies Words,
  claimed: {
    ja: () => 'データを受け取りました。すぐにお使いいただけます。',
    en: () => 'The data is yours. You can use it at once.',
  } satisfies Words,
  claimedAmount: {
    ja: (amount) => `${amount}のデータを受け取りました。すぐにお使いいただけます。`,
    en: (amount) => `You received ${amount} of data. You can use it at once.`,
  } satisfies Words<[string]>,
  declineTitle: { ja: () => 'プレゼントを辞退する', en: () => 'Decline the gift' } satisfies Words,
  declined: { ja: () => 'プレゼントを辞退しました。', en: () => 'You declined the gift.' } satisfies Words,
  yours: {
    ja: () => 'これはあなたが贈ったプレゼントです。受け取る方にお伝えください。',
    en: () => 'This is a gift of yours. Pass it on to the one who is to have it.',
  } satisfies Words,
  needLink: {
    ja: () => '受け取るには「利用者連携」が必要です',
    en: () => 'To accept it, link your phone first',
  } satisfies Words,
  needLinkHow: {
    ja: () =>
      '公式アカウントのトークで「利用者連携」を選び、契約者から受け取った利用コード（16桁）を入力してください。連携のあと、もう一度このページを開くと受け取れます。',
    en: () =>
      'Open the official account’s talk, choose “Link my phone” and enter the 16-digit link code of your subscription. Then open this page again.',
  } satisfies Words,
  openTalk: { ja: () => 'トークを開く', en: () => 'Open the talk' } satisfies Words,
  seeData: { ja: () => 'データ残量を見る', en: () => 'See my data' } satisfies Words,
};

/** Why a gift code does not open a gift, and what to do. The time is that from which it can be tried again. */
export const codeFaults: Record<CodeFault, One> = {
  'wrong-length': {
    ja: () => 'ギフトコードは12桁の数字です。もう一度ご確認ください。',
    en: () => 'A gift code is 12 digits. Please check it.',
  },
  'wrong-check-digit': {
    ja: () => '打ち間違いがあるようです。数字をもう一度ご確認ください。',
    en: () => 'There seems to be a slip in the digits. Please check them.',
  },
  'unknown-or-ended': {
    ja: () =>
      'このコードで受け取れるプレゼントはありません。すでに受け取られたか、期限が過ぎた場合もあります。贈った方にご確認ください。',
    en: () =>
      'There is no gift to receive with this code. It may have been accepted already, or its time may be over. Please ask the sender.',
  },
  'too-many-tries': {
    ja: (until) => `入力の回数をこえました。${until}以降に、もう一度お試しください。`,
    en: (until) => `Too many tries. Please try again after ${until}.`,
  },
};
